/* SPDX-License-Identifier: MIT */
/* A C interface to the part of Google Benchmark that a sweep needs. A run is registered as one
 * benchmark with manual time, and a repetition is one iteration. Our engine has already measured
 * it; Google Benchmark aggregates and reports. The "time" is that of one item. */
#ifndef BENCH_SWEEP_GBENCH_SHIM_H
#define BENCH_SWEEP_GBENCH_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gbench_state;

/* Reports what a repetition measured by calling the functions below. */
typedef void gbench_body(struct gbench_state *state, void *arg);

/* Removes Google Benchmark's flags from argv. Arguments that remain are unknown to the library. */
void gbench_init(int *argc, char **argv);

/* Adds an entry to the context of each output. Call it once per name. */
void gbench_add_context(const char *name, const char *value);

/* `body` is called once for each repetition. */
void gbench_register(const char *name, int repetitions, gbench_body *body, void *arg);

/* Sets the wall and CPU seconds of one item; 0 if unknown. */
void gbench_set_time(struct gbench_state *state, double wall, double cpu);
void gbench_set_counter(struct gbench_state *state, const char *name, double value);
void gbench_set_label(struct gbench_state *state, const char *label);

/* Reports the repetition as failed for this reason. */
void gbench_fail(struct gbench_state *state, const char *reason);

/* CSV is missing on purpose: the library's CSV requires the same counters in each run, and a
 * failed run has none. */
enum gbench_format { GBENCH_JSON, GBENCH_CONSOLE };

/* An output of everything that was reported, in one format. */
struct gbench_output {
	enum gbench_format format;
	int aggregates_only; /* leave out the single repetitions */
	/* Called once with the whole content. */
	void (*save)(void *arg, const char *text, size_t size);
	void *arg;
};

/* The output on stdout, in the format of --benchmark_format. The console gets only what fits on a
 * line. */
enum gbench_display { GBENCH_NOTHING, GBENCH_AGGREGATES, GBENCH_ALL };

/* Reports everything that was registered. */
void gbench_run(
    enum gbench_display display, const struct gbench_output *outputs, size_t nr_outputs);

#ifdef __cplusplus
}
#endif

#endif
