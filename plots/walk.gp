# SPDX-License-Identifier: MIT
# Draws claim C2: the cost of a remove that walks the group, relative to one that counts, against the size of the group;
# and below it the number of real groups of each size:
# gnuplot -c walk.gp DATA GROUPS OUTPUT TITLE FOOTER LIMIT
# DATA has rows of size, then ratio, low and high with warm caches, then with cold caches. GROUPS has rows of size and
# number of groups.
footer = ARG5 # saved, because `load` overwrites the ARG variables
load system("dirname '".ARG0."'")."/style.gp"
limit = real(ARG6)
set logscale x 2
set xrange [0.8:5000]
set lmargin 9
set rmargin 22
do for [type in "svg png"] {
    eval terminal(type, 900, 640)
    set output ARG3.".".type
    set multiplot
    set origin 0,0.36
    set size 1,0.64
    set bmargin 2
    unset label 1
    set title ARG4
    set ylabel "walking remove / counting remove" offset -0.5,0
    set xlabel ""
    set logscale y
    set format y "%g"
    set yrange [0.5:*]
    plot ARG1 using 1:2:3:4 with yerrorlines lt 2 title "warm caches", \
         "" using 1:5:6:7 with yerrorlines lt 3 title "cold caches", \
         limit with lines lt 1 title sprintf("%g times", limit)
    set origin 0,0
    set size 1,0.38
    set bmargin 5
    set title "groups of real machines"
    set ylabel "groups" offset -0.5,0
    set xlabel "devices per group" offset 0,0.3
    set yrange [0.8:*]
    set label 1 footer at screen 0.015, 0.025 left noenhanced font ",10" tc rgb "#555555"
    plot ARG2 using 1:2 with impulses lt 4 lw 6 title "groups"
    unset multiplot
    unset output
}
