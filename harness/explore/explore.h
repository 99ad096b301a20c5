/* SPDX-License-Identifier: MIT */
/* Explores one implementation in one scenario under one memory model. */
#ifndef EXPLORE_EXPLORE_H
#define EXPLORE_EXPLORE_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/error.h"
#include "harness/explore/family.h"
#include "harness/explore/scenario.h"

struct explore_options {
	enum memory_model model;
	bool no_reduction;
	bool write_once;         /* claim C6: dev->driver is stored to with WRITE_ONCE() */
	double budget;           /* seconds; 0: none */
	uint64_t max_executions; /* 0: no limit */
	unsigned int spin_bound; /* how often an operation may repeat a step; 0: the default */

	/* Of explore_parallel(): seconds without an execution that ends, which takes far less than
	 * one, behind which it hangs; 0: 30. */
	double hangs;

	/* Explores only the executions that begin with one of the threads in `first`; 0: all. Those
	 * that begin with a thread in `asleep` count as explored elsewhere. */
	uint8_t first, asleep;

	/* All may be NULL. */
	volatile uint64_t *progress; /* executions so far */
	volatile uint64_t *turns;    /* changes with each that ends, however it does */
	void (*outcome)(void *arg, const struct machine *m, unsigned int faults);
	void *outcome_arg;
	struct lockorder *replayed; /* what explore_replay() saw of locks */
};

/* Which process moves at each step, and what is a step beside the usual: see machine_frees(). */
struct schedule {
	int n;
	enum detail detail;
	bool freed[MAX_ARENA];
	uint8_t procs[MAX_EVENTS];
	uint8_t picks[MAX_EVENTS]; /* what each does; see machine_picks() */
};

struct explore_result {
	unsigned int faults;
	enum impl_class class;
	bool exhausted; /* nothing is left to explore, nothing was cut, all locks were looked at */
	uint64_t executions, cut, asleep;
	double seconds;
	struct schedule examples[MAX_FAULTS];  /* by the bit of the fault; n 0: none */
	struct lockorder locks;                /* of all executions; to be told and merged */
	const struct source_location *dead_at; /* where what was freed was used; NULL: nowhere */
};

int explore(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result, struct error *err);

/* Runs one schedule, each step shown to `observe` (may be NULL). Its faults are those of the
 * order in which it ran. Of the options, model and write_once are those that it was found with. */
int explore_replay(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, const struct schedule *schedule, observer *observe,
    unsigned int *faults, struct error *err);

/* Adds the result of another part of the same search. */
void explore_merge(
    const struct explored *impl, struct explore_result *into, const struct explore_result *part);

/* What the use of locks shows, in executions of one or of several explorations, merged. */
unsigned int explore_lock_faults(const struct lockorder *locks);

/* Whether the faults contradict the class that the implementation declares: under RC11 that by
 * C11's happens-before, otherwise that by real time. */
bool explore_contradicts(const struct explored *impl, enum memory_model model, unsigned int faults);

#endif
