/* SPDX-License-Identifier: MIT */
/* A C interface to the part of Google Benchmark that a sweep needs. A run is registered as a
 * benchmark with manual time, and each repetition as an iteration. Our engine has already measured
 * the repetitions. Google Benchmark only aggregates and reports them. Its "time" is the time of one
 * item. */
#ifndef BENCH_SWEEP_GBENCH_SHIM_H
#define BENCH_SWEEP_GBENCH_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gbench_state;

/* A callback that reports a repetition's figures by calling the functions below. */
typedef void gbench_body(struct gbench_state *state, void *arg);

/* Removes Google Benchmark's flags from argv. The library does not know the arguments that
 * remain. */
void gbench_init(int *argc, char **argv);

/* Adds an entry to the context of each output. Must be called only once per name. */
void gbench_add_context(const char *name, const char *value);

/* `body` is called once for each repetition. */
void gbench_register(const char *name, int repetitions, gbench_body *body, void *arg);

/* Sets the wall and CPU seconds of one item; 0 if unknown. */
void gbench_set_time(struct gbench_state *state, double wall, double cpu);
void gbench_set_counter(struct gbench_state *state, const char *name, double value);
void gbench_set_label(struct gbench_state *state, const char *label);

/* Reports the repetition as failed for this reason. */
void gbench_fail(struct gbench_state *state, const char *reason);

/* CSV is missing on purpose: in the library's CSV all runs must have the same counters, and a
 * failed run has none. */
enum gbench_format { GBENCH_JSON, GBENCH_CONSOLE };

/* An output, in one format, of everything that was reported. */
struct gbench_output {
	enum gbench_format format;
	int aggregates_only; /* leave out repetitions */
	/* Called once with the complete content. */
	void (*save)(void *arg, const char *text, size_t size);
	void *arg;
};

/* What is printed on stdout, in the format of --benchmark_format. The console gets only figures
 * that fit on a line. */
enum gbench_display { GBENCH_NOTHING, GBENCH_AGGREGATES, GBENCH_ALL };

/* Reports everything that was registered. */
void gbench_run(
    enum gbench_display display, const struct gbench_output *outputs, size_t nr_outputs);

#ifdef __cplusplus
}
#endif

#endif
