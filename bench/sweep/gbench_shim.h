/* SPDX-License-Identifier: MIT */
/*
 * Google Benchmark, as much of it as a sweep needs, for C.
 *
 * One registered run is one benchmark with manual time, and a repetition is one iteration: our
 * engine has measured it, Google Benchmark aggregates and reports. Its "time" is that of one item.
 */
#ifndef BENCH_SWEEP_GBENCH_SHIM_H
#define BENCH_SWEEP_GBENCH_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gbench_state;

/* Says what a repetition measured, through the functions below. */
typedef void gbench_body(struct gbench_state *state, void *arg);

/* Takes Google Benchmark's own flags out of argv; what it leaves, it does not know. */
void gbench_init(int *argc, char **argv);

/* Goes into the context of each output. Once for each name. */
void gbench_add_context(const char *name, const char *value);

/* `body` is called once for each repetition. */
void gbench_register(const char *name, int repetitions, gbench_body *body, void *arg);

/* Wall and CPU seconds of one item; 0 where there was none. */
void gbench_set_time(struct gbench_state *state, double wall, double cpu);
void gbench_set_counter(struct gbench_state *state, const char *name, double value);
void gbench_set_label(struct gbench_state *state, const char *label);

/* The repetition is reported as failed with this reason. */
void gbench_fail(struct gbench_state *state, const char *reason);

/* Its CSV wants the same counters in each run, which a failed one has not. */
enum gbench_format { GBENCH_JSON, GBENCH_CONSOLE };

/* One output of all that was reported, in one format. */
struct gbench_output {
	enum gbench_format format;
	int aggregates_only; /* of runs that were repeated */
	/* Called with the whole content. */
	void (*save)(void *arg, const char *text, size_t size);
	void *arg;
};

/* What goes to stdout, in the format of --benchmark_format. A console has only what fits a line. */
enum gbench_display { GBENCH_NOTHING, GBENCH_AGGREGATES, GBENCH_ALL };

/* Reports all that is registered. */
void gbench_run(
    enum gbench_display display, const struct gbench_output *outputs, size_t nr_outputs);

#ifdef __cplusplus
}
#endif

#endif
