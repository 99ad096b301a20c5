/* SPDX-License-Identifier: MIT */
/*
 * Runs explorations side by side, each in a child process: on several CPUs, and isolated from
 * implementations that crash or hang.
 */
#ifndef EXPLORE_PARTS_H
#define EXPLORE_PARTS_H

#include "harness/explore/explore.h"
#include "harness/process/child.h"

/* One exploration, in memory that is shared with the child process that explores it. */
struct part {
	const struct explored *impl;
	const struct scenario *scenario; /* NULL: explore generated programs up to `bounds` */
	struct program_bounds bounds;
	struct explore_options options; /* `progress`, `turns` and `stop` are set here */

	/*
	 * If an exploration ends with a fault of the class options.until, or fails, the others of
	 * the same group are not needed. They end without a result, but those before it that run
	 * now may go on to the end of their turn.
	 */
	unsigned int group;
	/* The part gets 1/(1 + behind) as much time as a part whose `behind` is 0. */
	unsigned int behind;

	/* The result, valid if `done` and not `failed`. `found.all` is that of a scenario. */
	struct programs_result found;
	bool done; /* the exploration returned */
	int failed;
	struct error err; /* if `failed`; a crash or a hang is an error, too */

	/* The rest belongs to parts_explore(). */
	struct child child;
	enum { PART_NEW, PART_RUNNING, PART_PAUSED, PART_ENDED } state;
	char what[MAX_PROGRAM_TEXT];         /* the scenario or program explored now */
	volatile uint64_t executions, turns; /* as in explore_options */
	volatile bool stop;
	bool needless;     /* its result is not needed */
	double ran, began; /* seconds that it ran in earlier turns; time when this turn began */
	uint64_t seen;     /* last value of `turns` that was seen */
	double moved;      /* seconds that it had run when `turns` changed last */
	bool hangs;        /* no execution ended in time */
};

/* Maps zeroed parts. Returns NULL with errno set. */
struct part *parts_map(int n);
void parts_unmap(struct part *parts, int n);

/*
 * Explores all parts, up to `processes` at a time, and returns after about `seconds` (0: no limit).
 * With a limit, parts take turns: next comes the part that has run for the shortest time (times
 * 1 + behind). Its turn is a quarter of the time that it has run. So every part runs, some 1024
 * executions at least, the small ones are exhausted first, and the large ones share the time that
 * is left. Without a limit, each part runs to its end, in the order of the array. `show` (may be
 * NULL) is called a few times a second with the number of executions so far. Returns 0, or -1 with
 * an error if no process can be started; failures of parts are in the parts.
 */
int parts_explore(struct part *parts, int n, unsigned int processes, double seconds,
    void (*show)(uint64_t executions), struct error *err);

#endif
