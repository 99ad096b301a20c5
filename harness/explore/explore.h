/* SPDX-License-Identifier: MIT */
/* Explores one implementation in one scenario under one memory model. */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/check/hang_traces.h"
#include "harness/error.h"
#include "harness/explore/family.h"
#include "harness/explore/generate.h"
#include "harness/explore/scenario.h"

struct explore_options {
	enum memory_model model;
	bool no_reduction;
	bool write_once;         /* claim C6: store dev->driver with WRITE_ONCE() */
	double budget;           /* time limit in seconds; 0: none */
	uint64_t max_executions; /* 0: no limit */

	/* An execution is abandoned if an operation repeats a step this often; 0: default, 8. */
	unsigned int spin_bound;

	/*
	 * explore_parallel() only: if no execution ends for this many seconds, the implementation
	 * is reported as hanging. One execution takes far less. 0: the default, 30.
	 */
	double hangs;

	/*
	 * Splits the search. `first`: explore only executions that begin with a thread in this bit
	 * set; 0: all. `asleep`: threads whose executions another part of the search explores.
	 */
	uint8_t first, asleep;

	/* The following pointers may be NULL. */
	volatile uint64_t *progress; /* executions judged so far; updated every 1024 executions */
	volatile uint64_t *turns;    /* incremented before each execution */
	void (*outcome)(void *arg, const struct machine *m, unsigned int faults);
	void *outcome_arg;
	struct lockorder *replayed; /* explore_replay() stores here which locks it saw in use */
};

/* A schedule: the process that moves at each step of an execution. `detail`, `freed` (see
 * machine_frees()) and `plain` (bytes to which plain accesses are steps, see data_race.h) say which
 * optional steps the execution has. */
struct schedule {
	int n;
	enum detail detail;
	bool freed[MAX_ARENA];
	bool plain[MAX_BYTES];
	uint8_t procs[MAX_EVENTS];
	uint8_t picks[MAX_EVENTS]; /* choice that each step makes, see machine_picks() */
};

struct explore_result {
	unsigned int faults;
	enum impl_class class;
	/* Every execution was explored, none was abandoned, and `locks` has room for all locks. */
	bool exhausted;
	uint64_t executions, cut, asleep; /* executions judged, abandoned, pruned as redundant */
	double seconds;
	/* An example of each fault, indexed by its bit number; n == 0: none. */
	struct schedule examples[MAX_FAULTS];
	struct lockorder locks;                /* lock use in all executions */
	const struct source_location *dead_at; /* where freed memory was used; NULL: nowhere */
	struct data_race race;
	char hung[HANG_TRACES_MAX]; /* explore_parallel(): where it hung, see hang_traces() */
};

/* The result of exploring generated programs, see explore_programs(). */
struct programs_result {
	struct explore_result all;      /* of all programs together */
	uint64_t programs, exhausted;   /* programs explored, and those whose executions all were */
	struct program_bounds complete; /* every program of this size was exhausted */
	char shows[MAX_FAULTS][MAX_PROGRAM_TEXT]; /* the first program with each fault of `all`;
	                                             "": several programs together */
};

/* Explores the scenario. Returns 0 with *result filled in, or -1 with an error. */
int explore(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result, struct error *err);

/*
 * Explores all programs up to a size, the smallest first (see generate.h), until a fault has this
 * class or a worse one; CLASS_NONE: never. options->budget and max_executions are for all of them.
 * `text` is set to each program before it is explored. Returns 0 with *result filled in, or -1 with
 * an error.
 */
int explore_programs(const struct explored *impl, const struct program_bounds *bounds,
    enum impl_class until, const struct explore_options *options, char text[MAX_PROGRAM_TEXT],
    struct programs_result *result, struct error *err);

/*
 * Runs one schedule and passes each step to `observe` (may be NULL). options->model and
 * options->write_once must be those the schedule was recorded with. Stores in *faults the faults of
 * the operations in the order in which they ran. Returns 0, or -1 with an error.
 */
int explore_replay(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, const struct schedule *schedule, observer *observe,
    unsigned int *faults, struct error *err);

/* Adds the result of another part of the same search to `into`. */
void explore_merge(
    const struct explored *impl, struct explore_result *into, const struct explore_result *part);

/* Returns the faults in the recorded lock use, as bits of enum fault. */
unsigned int explore_lock_faults(const struct lockorder *locks);

/* Returns true if the faults contradict the class that the implementation declares: under RC11
 * its class by C11's happens-before, otherwise its class by real time. */
bool explore_contradicts(const struct explored *impl, enum memory_model model, unsigned int faults);

#endif
