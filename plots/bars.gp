# SPDX-License-Identifier: MIT
# Draws a bar for each implementation, and the ceiling as a line across them:
# gnuplot -c bars.gp DATA OUTPUT TITLE ROWS FOOTER XLABEL CEILING FORMAT
# DATA has a row for each bar, from top to bottom: name, value, text at the bar's end. CEILING is the ceiling's value, or
# 0 if there is no ceiling.
footer = ARG5 # saved, because `load` overwrites the ARG variables
load system("dirname '".ARG0."'")."/style.gp"
rows = int(ARG4)
ceiling = real(ARG7)
set title ARG3
set xlabel ARG6 offset 0,0.3
unset key
set grid noytics xtics
set border 1
set ytics scale 0 noenhanced
set yrange [rows - 0.4:-0.6]
set xrange [0:*]
set offsets 0, graph 0.14, 0, 0
set format x ARG8
set boxwidth 0.7
set style fill solid 0.85 noborder
if (ceiling > 0) {
    set arrow 1 from ceiling, graph 0 to ceiling, graph 1 nohead lc rgb "#777777" lw 1.8 dt 2 front
    set label 2 "ceiling" at ceiling, graph 1.02 center noenhanced font ",11" tc rgb "#777777"
}
do for [type in "svg png"] {
    eval terminal(type, 900, 190 + 34 * rows)
    set bmargin at screen 95.0 / (190 + 34 * rows)
    set label 1 at screen 0.015, 14.0 / (190 + 34 * rows)
    set output ARG2.".".type
    plot ARG1 using (0):0:(0):2:($0-0.34):($0+0.34):($0+2):ytic(1) with boxxyerror lc variable, \
         "" using 2:0:3 with labels left offset 0.6,0 noenhanced
    unset output
}
