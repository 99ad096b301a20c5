/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_SHOW_PLOT_GNUPLOT_H
#define HARNESS_SHOW_PLOT_GNUPLOT_H

#include "harness/error.h"

/* Runs a script of the folder with arguments, up to a NULL, at most 9. 0, or -1 with the error set.
 */
int gnuplot_draw(
    const char *scripts, const char *script, const char *const *arguments, struct error *err);

#endif
