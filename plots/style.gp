# SPDX-License-Identifier: MIT
# The common style of all pictures. The caller sets `footer` before it loads this file. Defines 40 distinct line types: 9
# colours that colour-blind people can distinguish (Okabe and Ito, and two more), 13 markers, and another dash for each
# cycle of colours. Line type 1, grey and dashed, is for the ceiling.
set encoding utf8
set key noenhanced outside right top vertical maxcols 1 Left reverse samplen 3 spacing 1.0 font ",11"
set title noenhanced
set grid ytics lc rgb "#dddddd" lt 1 lw 0.5
set border 3 lc rgb "#555555"
set tics nomirror out
array colour[9] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8b4513", "#6a3d9a"]
array marker[13] = [7, 5, 9, 11, 13, 4, 6, 8, 10, 12, 15, 14, 2]
array dash[5] = [1, 4, 3, 5, 2]
set linetype 1 lc rgb "#777777" lw 1.8 pt 1 ps 0.9 dt 2
do for [i=0:38] {
    set linetype i+2 lc rgb colour[1 + i % 9] lw 1.8 pt marker[1 + i % 13] ps 0.9 dt dash[1 + i / 9]
}
# The footer below the picture names the machine, and the implementations that are not drawn.
set label 1 footer at screen 0.015, 0.025 left noenhanced font ",10" tc rgb "#555555"
set bmargin at screen 0.17
# Returns a command for `eval` that sets the terminal. `type` is "svg" or "png"; the size is in pixels of the SVG.
terminal(type, width, height) = type eq "svg" ? \
    sprintf('set terminal svg size %d,%d dynamic enhanced font "Helvetica,13" background "white"', width, height) : \
    sprintf('set terminal pngcairo size %d,%d enhanced font "Sans,13" background "white" fontscale 1.1', 1.5 * width, 1.5 * height)
