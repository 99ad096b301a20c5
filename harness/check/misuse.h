/* SPDX-License-Identifier: MIT */
/*
 * Misuse: calls that break the rules of impl.h, one at a time, and their effect on the group. By
 * the contract in impl.h, such a call returns -EINVAL and changes nothing. One thread makes all
 * calls, on a new group of two devices.
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
 *	probe:D remove:D      the bus binds or unbinds a driver of device D, dev->driver included
 *	use:D unuse:D         only the operation, as if by a driver that never bound device D
 *	forget:D              dev->driver is cleared without a call of the implementation
 *	claim release         user A, the whole group
 *	claim:D release:D     user A, through device D
 *
 * `rival` is a competing owner, which must be refused while the holder of `before` holds the group:
 *
 *	driver:D              a driver probes device D
 *	user                  user B claims the group
 *
 * `after` releases what is held. Nobody owns the group then.
 */
struct misuse {
	const char *name;
	const char *summary;
	const char *before, *act;
	const char *rival; /* NULL: nobody holds the group */
	const char *after;
	bool by_rule; /* `act` may return 0, because its calls are legal and one is missing */
};

extern const struct misuse misuses[];
extern const size_t nr_misuses;

/* The state of the group after the act. */
enum misuse_state {
	MISUSE_INTACT, /* unchanged by the act, and idle after all releases */
	MISUSE_LEAKED, /* still owned after all releases */
	MISUSE_OPEN,   /* a rival was granted the group while the holder held it */
};

struct misuse_outcome {
	bool detected; /* the act returned an error */
	bool refused;  /* a call of `before` was refused, so the misuse was not committed */
	bool late;     /* a call of `after` returned an error, although it is legal */
	enum misuse_state state;
};

/* Returns the misuse with this name, or NULL if no misuse has it. */
const struct misuse *misuse_find(const char *name);

const char *misuse_state_name(enum misuse_state state);

/* Commits the misuse. The calling thread is registered with the implementation. Returns 0, or -1
 * with the error set if it could not be done. */
int misuse_commit(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

/* Commits the misuse in a child process, which sets the implementation up. A crash or a hang is
 * returned as an error. */
int misuse_commit_isolated(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err);

#endif
