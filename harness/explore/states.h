/* SPDX-License-Identifier: MIT */
/*
 * Searches the states of a scenario instead of its executions: from each state all processes move
 * in turn, and a state that was visited before is not continued. Many executions lead through the
 * same states, so this ends where a search by executions (search.h) would take far too long. A
 * search by executions finds faults sooner and explains them better, so it comes first.
 *
 * A fault is reported as the moves that lead to it. The caller replays them as an execution, and
 * judges that.
 *
 * RC11 is not supported: its old messages stay readable, so no state would ever repeat.
 */
#ifndef EXPLORE_STATES_H
#define EXPLORE_STATES_H

#include "harness/check/spec.h"
#include "harness/explore/machine_state.h"

struct states;

enum states_end {
	STATES_ALL,     /* all states were visited */
	STATES_FAULT,   /* the events of the machine lead to a fault that is not known yet */
	STATES_AGAIN,   /* the search made a wrong assumption: call states_search() again */
	STATES_ENDED,   /* a move has set m->ending */
	STATES_STOPPED, /* go_on() returned false */
	STATES_FULL,    /* a table is too small */
};

/* What the search asks its caller for. */
struct states_calls {
	bool (*go_on)(void *arg, uint64_t states);
	/* Returns the faults of the final state of an execution, see explore_family. */
	unsigned int (*faults_at_rest)(void *arg);
	void *arg;
};

/* Returns whether programs of this family can be searched by states. */
bool states_possible(const struct explore_family *family, enum memory_model model);

/* `start` is the state of the specification in which every execution begins. Returns NULL if out of
 * memory. Free with states_free(), which accepts NULL. */
struct states *states_new(struct machine *m, struct spec_state start);
void states_free(struct states *s);

/* Runs random executions. They reveal most of the facts that would otherwise force the search to
 * restart. Returns true if other accesses are steps now, so a search by executions must restart,
 * too. */
bool states_run_at_random(struct states *s);

/* Searches, and ignores the faults in `known`, a mask of enum fault. After STATES_STOPPED, goes on
 * where the last call stopped, unless there are other faults in `known` or m->must_restart is set.
 */
enum states_end states_search(
    struct states *s, unsigned int known, const struct states_calls *calls);

/* Returns the number of states that were visited since the search last began. */
uint64_t states_visited(const struct states *s);

#endif
