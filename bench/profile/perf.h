/* SPDX-License-Identifier: MIT */
/* perf, beside one run and afterwards. */
#ifndef BENCH_PROFILE_PERF_H
#define BENCH_PROFILE_PERF_H

#include <signal.h>
#include <stdio.h>

#include "harness/measure/run.h"
#include "harness/process/child.h"

enum perf_end { PERF_DONE, PERF_FAILED, PERF_INTERRUPTED };

/* perf's arguments, log, and patience. */
struct perf_request {
	const char *const *command; /* "perf", "record", .. up to a NULL: what it is to do */
	const char *const *options; /* how, up to a NULL: go behind --pid and --control */
	const char *log;            /* file for what it prints */
	double answer_timeout;      /* seconds for it to attach, to enable and to disable */
	double end_timeout;         /* and to write its data when the run has ended */
	double run_timeout;
};

/*
 * Runs `spec` in processes of its own, with perf attached and its events enabled in the window
 * alone. What becomes of the run is in the result, as with run_isolated(). PERF_FAILED: the error
 * says what perf did. Afterwards neither the run nor perf is there any more, in any case.
 */
enum perf_end perf_beside(const struct perf_request *request, const struct run_spec *spec,
    struct run_result *result, const volatile sig_atomic_t *stop, struct error *err);

/* perf with its output to be read; its messages are appended to the log. NULL with the error set.
 */
struct perf_reader {
	FILE *out;
	struct child child;
};
int perf_open(
    struct perf_reader *reader, const char *const *argv, const char *log, struct error *err);

/* 0, or -1 with an error if perf failed; `log` as before. */
int perf_close(struct perf_reader *reader, const char *log, struct error *err);

#endif
