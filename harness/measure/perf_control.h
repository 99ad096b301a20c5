/* SPDX-License-Identifier: MIT */
/*
 * Controls a running perf through perf record --control=fd:CTL,ACK. perf acknowledges each command
 * after it has executed it. Pipes are used instead of FIFOs: they leave no files behind, and they
 * show whether perf has died or is only slow.
 */
#ifndef HARNESS_MEASURE_PERF_CONTROL_H
#define HARNESS_MEASURE_PERF_CONTROL_H

#include "harness/error.h"

struct perf_control {
	int command[2]; /* [0] is perf's end */
	int answer[2];  /* [1] is perf's end */
	double timeout; /* longest wait for an answer, in seconds */
};

/* Creates the pipes, with close-on-exec. Returns 0, or -1 with the error set and all ends -1. */
int perf_control_create(struct perf_control *control, double timeout, struct error *err);

/* perf_control_close_perfs() closes perf's ends in this process; while they are open, an exit of
 * perf goes unnoticed. perf_control_close() closes all ends. Closed ends are -1. */
void perf_control_close_perfs(struct perf_control *control);
void perf_control_close(struct perf_control *control);

/* Sends "ping", "enable" or "disable", and waits for the acknowledgement. Returns 0, or -1 with the
 * error set. The caller must ignore SIGPIPE. */
int perf_control_send(struct perf_control *control, const char *command, struct error *err);

#endif
