/* SPDX-License-Identifier: MIT */
/*
 * Google Benchmark, as much of it as a sweep needs, for C.
 *
 * One registered run is one benchmark of one iteration with manual time: our engine measures,
 * Google Benchmark repeats, interleaves, aggregates and reports. Its "time" is that of one item.
 */
#ifndef BENCH_GBENCH_SHIM_H
#define BENCH_GBENCH_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gbench_state;

/* Runs one repetition and says what came of it through the functions below. */
typedef void gbench_body(struct gbench_state *state, void *arg);

/* Takes Google Benchmark's own flags out of argv; what it leaves, it does not know. */
void gbench_init(int *argc, char **argv);

/* Goes into the context of each file that is written from then on. Once for each name. */
void gbench_add_context(const char *name, const char *value);

void gbench_register(const char *name, gbench_body *body, void *arg);

/* Wall and CPU seconds of one item; 0 where there was none. */
void gbench_set_time(struct gbench_state *state, double wall, double cpu);
void gbench_set_counter(struct gbench_state *state, const char *name, double value);
void gbench_set_label(struct gbench_state *state, const char *label);

/* The repetition is reported as failed with this reason. */
void gbench_fail(struct gbench_state *state, const char *reason);

/* The repetition is not reported at all: it did not take place. */
void gbench_skip(struct gbench_state *state);

/* Its CSV wants the same counters in each run, which a failed one has not. */
enum gbench_format { GBENCH_JSON, GBENCH_CONSOLE };

/* One file of all that was reported so far, in one format. */
struct gbench_output {
	enum gbench_format format;
	int aggregates_only; /* of runs that were repeated */
	/* Called with the whole content when an eighth has come to it, and at the end. */
	void (*save)(void *arg, const char *text, size_t size);
	void *arg;
};

/*
 * Runs all that is registered. The names of the runs of implementation `ceiling` are those that
 * counter "ceiling_ratio" refers to. A console shows repetitions one by one if `show_all`.
 * `before_last` is called before the outputs are saved for the last time: it may add to the
 * context.
 */
void gbench_run(const char *ceiling, int show_all, const struct gbench_output *outputs,
    size_t nr_outputs, void (*before_last)(void *arg), void *arg);

#ifdef __cplusplus
}
#endif

#endif
