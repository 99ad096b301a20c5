/* SPDX-License-Identifier: MIT */
/* Locates the files that the program reads at run time, in plots/, results/topologies/ and
 * impl/. */
#ifndef BENCH_REPORT_DATA_DIR_H
#define BENCH_REPORT_DATA_DIR_H

#include <limits.h>

struct data_path {
	char s[PATH_MAX];
};

/* Returns the path of `name`, e.g. "plots", in the installed tree if the program is installed, and
 * otherwise in the source tree. For "" it returns the path of the tree itself. The path need not
 * exist. */
struct data_path data_path(const char *name);

#endif
