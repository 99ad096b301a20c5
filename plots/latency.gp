# SPDX-License-Identifier: MIT
# Draws latency by percentile, a curve for each implementation:
# gnuplot -c latency.gp DATA OUTPUT TITLE SERIES FOOTER COLOURS
# DATA has a block for each series: its name, then rows of 1 / (1 - q) and the q-quantile in nanoseconds. COLOURS are the
# line types of the series.
footer = ARG5 # saved, because `load` overwrites the ARG variables
load system("dirname '".ARG0."'")."/style.gp"
set title ARG3
set xlabel "percentile" offset 0,0.3
set ylabel "latency" offset -0.5,0
set logscale xy
set ytics ("1 ns" 1e-9, "10 ns" 1e-8, "100 ns" 1e-7, "1 µs" 1e-6, "10 µs" 1e-5, "100 µs" 1e-4, "1 ms" 1e-3, \
           "10 ms" 1e-2, "100 ms" 0.1, "1 s" 1, "10 s" 10, "100 s" 100)
set xtics ("0" 1, "50" 2, "90" 10, "99" 100, "99.9" 1e3, "99.99" 1e4, "99.999" 1e5, "99.9999" 1e6, \
           "99.99999" 1e7, "99.999999" 1e8, "99.9999999" 1e9)
set xrange [1:*]
set grid xtics ytics lc rgb "#dddddd" lt 1 lw 0.5
series = int(ARG4)
do for [type in "svg png"] {
    eval terminal(type, 900, 520)
    set output ARG2.".".type
    plot for [i=1:series] ARG1 index i-1 using 1:($2*1e-9) with lines lt int(word(ARG6, i)) title columnheader(1)
    unset output
}
