/* SPDX-License-Identifier: MIT */
/* Runs perf on a measured run, and reads perf's output afterwards. */
#ifndef BENCH_PROFILE_PERF_H
#define BENCH_PROFILE_PERF_H

#include <signal.h>
#include <stdio.h>

#include "harness/measure/run.h"
#include "harness/process/child.h"

enum perf_end { PERF_DONE, PERF_FAILED, PERF_INTERRUPTED };

/* The arguments of perf, and how long to wait for it. */
struct perf_request {
	const char *const *command; /* "perf" and its subcommand, ended by NULL */
	const char *const *options; /* options placed after --pid and --control, ended by NULL */
	const char *log;            /* file to which perf's messages are appended */
	double answer_timeout; /* seconds that perf may take to attach, and to enable or disable its
	                          events */
	double end_timeout;    /* seconds that perf may take to write its data after the run */
	double run_timeout;
};

/* Runs `spec` in processes of its own with perf attached. perf's events are enabled only within the
 * window. The result has the run's outcome, as after run_isolated(). With PERF_FAILED the error
 * describes perf's failure. When this returns, the run and perf have ended. */
enum perf_end perf_beside(const struct perf_request *request, const struct run_spec *spec,
    struct run_result *result, const volatile sig_atomic_t *stop, struct error *err);

/* Starts perf with its output in reader->out. perf's messages are appended to the log. Returns 0,
 * or -1 with the error set. */
struct perf_reader {
	FILE *out;
	struct child child;
};
int perf_open(
    struct perf_reader *reader, const char *const *argv, const char *log, struct error *err);

/* Waits for perf to exit. Returns 0, or -1 with the error set if perf failed. `log` is the file
 * passed to perf_open(). */
int perf_close(struct perf_reader *reader, const char *log, struct error *err);

#endif
