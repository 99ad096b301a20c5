/* SPDX-License-Identifier: MIT */
/*
 * perf's control descriptors (perf record --control): commands go to perf, each is answered when
 * it is done. Over pipes instead of the fifos, so that nothing is left behind in the file system
 * and a perf that has died is told from one that is slow.
 */
#ifndef HARNESS_MEASURE_PERF_CONTROL_H
#define HARNESS_MEASURE_PERF_CONTROL_H

#include "harness/error.h"

struct perf_control {
	int command[2]; /* [0] is perf's end */
	int answer[2];  /* [1] is perf's end */
	double timeout; /* seconds for an answer */
};

/* All are closed on exec, -1 where closed. 0, or -1 with the error set. */
int perf_control_create(struct perf_control *control, double timeout, struct error *err);

/* Closes perf's ends, without which an end of perf would not be seen; or all. */
void perf_control_close_perfs(struct perf_control *control);
void perf_control_close(struct perf_control *control);

/* "ping", "enable", "disable": 0 when perf has done it; -1 with the error set. The caller ignores
 * SIGPIPE. */
int perf_control_send(struct perf_control *control, const char *command, struct error *err);

#endif
