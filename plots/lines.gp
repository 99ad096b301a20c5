# SPDX-License-Identifier: MIT
# Draws throughput against one axis, a curve for each implementation with the interval of each point:
# gnuplot -c lines.gp DATA OUTPUT TITLE SERIES FOOTER XLABEL YLABEL COLOURS
# DATA has a block for each series: its name, then rows of x, median, low, high. COLOURS are the line types of the series.
footer = ARG5 # saved, because `load` overwrites the ARG variables
load system("dirname '".ARG0."'")."/style.gp"
set title ARG3
set xlabel ARG6 offset 0,0.3
set ylabel ARG7 offset -0.5,0
set logscale x 2
set logscale y
set format y "%.0s %c"
set offsets graph 0.04, graph 0.04, 0, 0
series = int(ARG4)
do for [type in "svg png"] {
    eval terminal(type, 900, 520)
    set output ARG2.".".type
    plot for [i=1:series] ARG1 index i-1 using 1:2:3:4:xtic(1) with yerrorlines lt int(word(ARG8, i)) \
        title columnheader(1)
    unset output
}
