/* SPDX-License-Identifier: MIT */
/*
 * Misuse: callers that break the rules of impl.h, one act each, and what becomes of the group. The
 * table of section "The problem" says that such a call is reported and changes nothing. All is done
 * by one thread, in a fresh group of two devices.
 */
#ifndef HARNESS_CHECK_MISUSE_H
#define HARNESS_CHECK_MISUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "impl.h"

/*
 * `before`, `act` and `after` are calls with a blank between them:
 *
 *	probe:D remove:D      a driver of device D as the bus does it, dev->driver and all
 *	use:D unuse:D         the operation alone, as of a device that is driven without being bound
 *	forget:D              dev->driver is cleared, and nobody is told
 *	claim release         user A, the whole group
 *	claim:D release:D     user A, through device D
 *
 * and in `rival`, who must not come in while the holder of `before` holds:
 *
 *	driver:D              a driver probes device D
 *	user                  user B claims the group
 *
 * In the end `after` lets go what was held; nobody then owns the group.
 */
struct misuse {
	const char *name;
	const char *summary;
	const char *before, *act;
	const char *rival; /* NULL: nobody holds */
	const char *after;
	bool by_rule; /* `act` is a right call that is answered, or one that is missing */
};

extern const struct misuse misuses[];
extern const size_t nr_misuses;

/* What became of the group. */
enum misuse_state {
	MISUSE_INTACT, /* as before the act, and idle when all have let go */
	MISUSE_LEAKED, /* owned after all have let go */
	MISUSE_OPEN,   /* a rival came in while the holder held */
};

struct misuse_outcome {
	bool detected; /* the act was answered with an error */
	bool refused;  /* `before` was refused: the rest was not done */
	bool late;     /* an error was answered to a call of `after`, which is right */
	enum misuse_state state;
};

/* NULL: none of that name. */
const struct misuse *misuse_find(const char *name);

const char *misuse_state_name(enum misuse_state state);

/* The calling thread is registered with the implementation. -1: it could not be done. */
int misuse_commit(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

/* The same in a process of its own, which sets the implementation up; it may crash or hang, and
 * that is the error. */
int misuse_commit_isolated(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

#endif
