# SPDX-License-Identifier: MIT
# Draws the Universal Scalability Law, a panel for each implementation, all with the same axes:
# gnuplot -c scaling.gp DATA OUTPUT TITLE PANELS FOOTER YLABEL RANGES
# DATA has four blocks for each panel: the fitted points (threads, median, low, high), the law within their range (threads,
# value, low, high), the law beyond it, and the points that are not fitted. Each block has a heading and an invisible row.
# RANGES is the largest fitted number of threads, then the range of threads and the range of rates.
footer = ARG5 # saved, because `load` overwrites the ARG variables
load system("dirname '".ARG0."'")."/style.gp"
panels = int(ARG4)
columns = panels < 3 ? panels : 3
rows = (panels + columns - 1) / columns
most = real(word(ARG7, 1))
set logscale xy
set xrange [0.8 * real(word(ARG7, 2)) : 1.1 * real(word(ARG7, 3))]
set yrange [0.3 * real(word(ARG7, 4)) : 1.7 * real(word(ARG7, 5))]
set format y "%.0s %c"
set xtics 1,4 font ",10"
set ytics font ",10"
set mxtics 1
set mytics 1
set key noenhanced at graph 0,1.03 left bottom vertical maxrows 4 Left reverse samplen 1.6 spacing 0.95 \
    font ",11" noautotitle
set object 1 rectangle from most, graph 0 to graph 1, graph 1 fc rgb "#eeeeee" fs solid noborder behind
set label 2 "model" at graph 0.985, 0.05 right font ",10" tc rgb "#555555"
width = 970
pitch = 930.0 / columns
height = 90 + 290 * rows
do for [type in "svg png"] {
    eval terminal(type, width, height)
    set output ARG2.".".type
    unset label 1
    unset bmargin
    set multiplot
    set label 3 ARG3 at screen 0.5, 1 - 20.0 / height center noenhanced front
    set label 1 footer at screen 0.015, 14.0 / height left noenhanced font ",10" tc rgb "#555555"
    do for [i=0:panels-1] {
        column = i % columns
        row = i / columns
        set lmargin at screen (70.0 + pitch * column) / width
        set rmargin at screen (70.0 + pitch * column + pitch - 75) / width
        set tmargin at screen 1 - (40.0 + 290 * row + 85) / height
        set bmargin at screen 1 - (40.0 + 290 * row + 250) / height
        if (column == 0) { set ylabel ARG6 offset 0.8,0 font ",11" } else { unset ylabel }
        if (i + columns >= panels) { set xlabel "threads" offset 0,0.5 font ",11" } else { unset xlabel }
        plot ARG1 index 4*i+2 using 1:3:4 skip 1 with filledcurves fc rgb "#0072b2" fs transparent solid 0.2 noborder, \
             "" index 4*i+1 using 1:3:4 skip 1 with filledcurves fc rgb "#0072b2" fs transparent solid 0.2 noborder, \
             "" index 4*i using 1:2:3:4 with yerrorbars lc rgb "#000000" pt 7 ps 0.6 lw 1.2 title columnheader(1), \
             for [j=1:3] "" index 4*i+j every :::0::0 using 1:2 with points pt -1 lc rgb "#ffffff" title columnheader(1), \
             "" index 4*i+1 using 1:2 skip 1 with lines lc rgb "#0072b2" lw 2, \
             "" index 4*i+2 using 1:2 skip 1 with lines lc rgb "#0072b2" lw 2 dt 2, \
             "" index 4*i+3 using 1:2:3:4 skip 1 with yerrorbars lc rgb "#000000" pt 6 ps 0.6 lw 1.2
        unset label 3
        unset label 1
    }
    unset multiplot
    unset output
}
