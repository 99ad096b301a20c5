/* SPDX-License-Identifier: MIT */
/* Explores an implementation in one scenario under one memory model. */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "harness/explore/family.h"
#include "harness/explore/generate.h"
#include "harness/explore/scenario.h"

/* What an exploration searches (search.h, states.h). EXPLORE_BOTH: in turn, until one of the
 * searches is complete. */
enum explore_by { EXPLORE_BOTH, EXPLORE_EXECUTIONS, EXPLORE_STATES };

struct explore_options {
	enum memory_model model;
	enum explore_by by;
	/* EXPLORE_BOTH: limit of the first turn of each search, in executions and in states. 0: a
	 * limit that is large enough for most scenarios. */
	uint64_t first_turn;
	bool no_reduction;
	bool write_once;         /* store dev->driver with WRITE_ONCE() (claim C6) */
	double budget;           /* limit of CPU time in seconds; 0: none */
	uint64_t max_executions; /* maximum number, states included; 0: no limit */

	/* The exploration ends when a fault has this class or a worse one. CLASS_EXACT, CLASS_NONE:
	 * it does not. */
	enum impl_class until;

	/* An execution is abandoned when an operation has repeated a step this often. 0: 8
	 * times. */
	unsigned int spin_bound;

	/* Only in child processes (parts.h): reports a hang if no execution ends for this many
	 * seconds, which is far longer than one execution takes. 0: 30 seconds. */
	double hangs;

	/*
	 * These split the search between processes, as bit masks of threads. `first`: explore only
	 * executions that begin with one of these threads; 0: all. `asleep`: skip executions that
	 * begin with these threads; another process explores them.
	 */
	uint8_t first, asleep;

	/* Each of these pointers may be NULL. */
	volatile uint64_t *progress; /* executions judged and states visited, from time to time */
	volatile uint64_t *turns;    /* incremented before each execution and every 1024 moves */
	volatile bool *stop;         /* if set, the exploration ends within 1024 executions */
	void (*outcome)(void *arg, const struct machine *m, unsigned int faults);
	void *outcome_arg;
	struct lockorder *replayed; /* explore_replay() stores the recorded lock orders here */
};

/* A schedule: which process takes each step of an execution. `detail`, `freed` (see
 * machine_frees()) and `plain` (see data_race.h) determine which accesses are steps. */
struct schedule {
	int n;
	enum detail detail;
	bool freed[MAX_ARENA];
	bool plain[MAX_BYTES];
	uint8_t procs[MAX_EVENTS];
	uint8_t picks[MAX_EVENTS]; /* each step's choice, see machine_picks() */
};

struct explore_result {
	unsigned int faults;
	enum impl_class class;
	/* All executions were explored and none was abandoned, or all states were visited; and
	 * `locks` did not overflow. */
	bool exhausted;
	uint64_t executions, cut, asleep; /* numbers of executions: judged, abandoned, pruned */
	uint64_t states; /* visited by the last search by states (states.h); 0: none ran */
	double seconds;
	/* An example of each fault, indexed by the fault's bit number. n == 0: none. */
	struct schedule examples[MAX_FAULTS];
	struct lockorder locks; /* lock orders and reports of all executions */
	/* The last use of freed memory: dead_at is its source line, or NULL if there was none. If
	 * it was a plain access, dead_pc is its return address, and dead_at has no line. */
	const struct source_location *dead_at;
	const void *dead_pc;
	struct data_race race;
	char hung[HANG_TRACES_MAX]; /* only in child processes: call traces of a hang */
};

/* The result of explore_programs(). */
struct programs_result {
	struct explore_result all;      /* all programs together */
	uint64_t programs, exhausted;   /* number of programs: explored, and explored completely */
	struct program_bounds complete; /* all programs of this size were explored completely */
	/* The first program with each fault of `all`. "": no single program has it. */
	char shows[MAX_FAULTS][MAX_PROGRAM_TEXT];
};

/* Explores a scenario. Returns 0 with *result filled in, or -1 with an error. */
int explore(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result, struct error *err);

/*
 * Explores all programs up to a size, smallest first (see generate.h). options->budget and
 * options->max_executions apply to all programs together. `text` is set to each program before it
 * is explored. Returns 0 with *result filled in, or -1 with an error.
 */
int explore_programs(const struct explored *impl, const struct program_bounds *bounds,
    const struct explore_options *options, char text[MAX_PROGRAM_TEXT],
    struct programs_result *result, struct error *err);

/*
 * Runs one schedule and passes each step to `observe`, which may be NULL. options->model and
 * options->write_once must be the same as when the schedule was recorded. Judges the operations in
 * the order in which they ran, and stores the faults in *faults. Returns 0, or -1 with an error.
 */
int explore_replay(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, const struct schedule *schedule, observer *observe,
    unsigned int *faults, struct error *err);

/* Adds a partial result of the same search to `into`. */
void explore_merge(
    const struct explored *impl, struct explore_result *into, const struct explore_result *part);

/* Returns whether the result so far has a fault that ends the exploration, see `until`. */
bool explore_is_enough(const struct explored *impl, const struct explore_options *options,
    const struct explore_result *result);

/* Returns the faults in the recorded lock orders, as a mask of enum fault. */
unsigned int explore_lock_faults(const struct lockorder *locks);

/* Returns true if the faults contradict the implementation's declared class: by happens-before
 * under RC11, and by real time under the other models. */
bool explore_contradicts(const struct explored *impl, enum memory_model model, unsigned int faults);

#endif
