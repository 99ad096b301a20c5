/* SPDX-License-Identifier: MIT */
/* Files that the program reads at run time: plots/, results/topologies/, impl/. */
#ifndef BENCH_REPORT_DATA_DIR_H
#define BENCH_REPORT_DATA_DIR_H

#include <limits.h>

struct data_path {
	char s[PATH_MAX];
};

/*
 * Where `name`, as "plots", is: where `cmake --install` put it, seen from the program; else in the
 * sources. "" is the directory of all. Whether it is there shows when it is read.
 */
struct data_path data_path(const char *name);

#endif
