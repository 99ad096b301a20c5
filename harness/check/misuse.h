/* SPDX-License-Identifier: MIT */
/*
 * Misuse: calls that break a rule of impl.h, one rule at a time, and their effect on the group.
 * According to impl.h, such a call returns -EINVAL and changes nothing. One thread makes all calls,
 * on a new group of two devices.
 */
#ifndef HARNESS_CHECK_MISUSE_H
#define HARNESS_CHECK_MISUSE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "impl.h"

/*
 * `before`, `act` and `after` are calls, separated by blanks:
 *
 *	probe:D remove:D      the bus binds or unbinds a driver of device D, and updates dev->driver
 *	use:D unuse:D         only the operation, as if called by a driver that never bound device D
 *	forget:D              clears dev->driver without calling the implementation
 *	claim release         by user A, for the whole group
 *	claim:D release:D     by user A, through device D
 *
 * `rival` is a competing owner, which must be refused as long as `before` leaves a holder:
 *
 *	driver:D              a driver probes device D
 *	user                  user B claims the group
 *
 * `after` releases what is still held, so that nobody owns the group.
 */
struct misuse {
	const char *name;
	const char *summary;
	const char *before, *act;
	const char *rival; /* NULL: `before` leaves no holder */
	const char *after;
	bool by_rule; /* `act` may return 0: the mistake is a missing call, so no call is illegal */
};

extern const struct misuse misuses[];
extern const size_t nr_misuses;

/* The state of the group after `act`. */
enum misuse_state {
	MISUSE_INTACT, /* not changed by `act`, and idle after all releases */
	MISUSE_LEAKED, /* still owned after all releases */
	MISUSE_OPEN,   /* a rival was granted the group although it was held */
};

struct misuse_outcome {
	bool detected; /* `act` returned an error */
	bool refused;  /* a call in `before` was refused, so `act` was not called */
	bool late;     /* a call in `after` returned an error although it is legal */
	enum misuse_state state;
};

/* Returns the misuse with this name, or NULL if there is none. */
const struct misuse *misuse_find(const char *name);

const char *misuse_state_name(enum misuse_state state);

/* Makes the calls of the misuse. The calling thread must be registered with the implementation.
 * Returns 0, or -1 with the error set if the calls could not be made. */
int misuse_commit(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

/* Like misuse_commit(), but in a child process, which also sets up the implementation. Returns -1
 * with the error set also if the implementation crashes or hangs. */
int misuse_commit_isolated(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

#endif
