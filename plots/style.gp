# SPDX-License-Identifier: MIT
# What all pictures share; `footer` is set before. Colours that colour-blind people can tell apart (Okabe and Ito), each with a
# marker of its own; series 1 is the ceiling, grey and dashed.
set encoding utf8
set key noenhanced outside right top vertical Left reverse samplen 3 spacing 1.2
set title noenhanced
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set border 3 lc rgb "#555555"
set tics nomirror out
array colour[10] = ["#777777", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", \
                    "#000000", "#8b4513", "#6a3d9a"]
array marker[10] = [1, 7, 5, 9, 11, 13, 4, 6, 8, 10]
do for [i=1:40] {
    j = i == 1 ? 1 : 2 + (i - 2) % 9
    d = i == 1 ? 2 : i > 10 ? 4 : 1
    set linetype i lc rgb colour[j] lw 1.8 pt marker[j] ps 0.9 dt d
}
# The machine, and what is not drawn, below the picture.
set label 1 footer at screen 0.015, 0.025 left noenhanced font ",10" tc rgb "#555555"
set bmargin at screen 0.17
