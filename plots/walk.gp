# SPDX-License-Identifier: MIT
# Claim C2: a remove that walks over one that counts, against the size of the group, and below it how
# many groups of real machines are of that size:
# gnuplot -c walk.gp DATA GROUPS OUTPUT TITLE FOOTER LIMIT
# DATA: size, then ratio, lowest, highest with warm caches, and the same with cold. GROUPS: size, groups.
footer = ARG5 # a loaded script has arguments of its own
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
    set ylabel "times the count's remove" offset -0.5,0
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
    set xlabel "devices of a group" offset 0,0.3
    set yrange [0.8:*]
    set label 1 footer at screen 0.015, 0.025 left noenhanced font ",10" tc rgb "#555555"
    plot ARG2 using 1:2 with impulses lt 4 lw 6 title "groups"
    unset multiplot
    unset output
}
