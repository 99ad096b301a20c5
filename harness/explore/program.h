/* SPDX-License-Identifier: MIT */
/* The program that is explored: a scenario over one implementation, with the driver core's steps.
 */
#ifndef EXPLORE_PROGRAM_H
#define EXPLORE_PROGRAM_H

#include "harness/explore/machine.h"
#include "harness/explore/registry.h"
#include "harness/explore/scenario.h"
#include "impl.h"

enum { NR_OWNERS = 4 };

struct claim {
	int device; /* -1: of the group */
	int owner;
};

struct program {
	const struct impl_ops *ops;
	struct script plan;
	bool write_once; /* stores to dev->driver are relaxed, as the kernel's WRITE_ONCE() */
	struct driver dma, managed;
	struct group *group;
	struct device *devices[MAX_DEVICES];
	struct lock *device_locks[MAX_DEVICES];
	struct lockorder *locks; /* the machine's */
	char *owners;            /* their addresses are the tokens; the last is the checker's own */

	/* Of the current execution. */
	struct {
		bool bound[MAX_DEVICES]; /* by this thread */
		struct claim claims[MAX_ACTIONS];
		int n_claims;
	} threads[MAX_THREADS];
};

int program_init(
    struct program *p, struct machine *m, const struct explored *impl, struct error *err);

/* What an execution left behind, judged when nothing runs any more. */
bool program_holds(const struct program *p);
bool program_claimed(struct program *p);   /* what claimed() says */
bool program_probeable(struct program *p); /* whether a probe succeeds; it is taken back */
bool program_claimable(struct program *p); /* whether a claim succeeds; changes the state */

#endif
