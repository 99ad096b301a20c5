/* SPDX-License-Identifier: MIT */
/*
 * The legal results of each family's operations, as state machines: group ownership (impl/impl.h),
 * the lifetime of a service (impl/lifetime/lifetime.h), first-touch configuration
 * (impl/configure/configure.h). All checkers use these specifications.
 */
#ifndef HARNESS_CHECK_SPEC_H
#define HARNESS_CHECK_SPEC_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum spec_op {
	SPEC_USE,
	SPEC_UNUSE,
	SPEC_GROUP_CLAIM,
	SPEC_GROUP_RELEASE,
	SPEC_DEVICE_CLAIM,
	SPEC_DEVICE_RELEASE,
	SPEC_CLAIMED,
	SPEC_OPS, /* number of ownership operations */

	SPEC_GET = SPEC_OPS,
	SPEC_SERVICE_USE,
	SPEC_PUT,
	SPEC_UNBIND,
	SPEC_BIND,

	SPEC_TOUCH, /* returns the state's id, from 1; 0: an incomplete state */
	SPEC_STATE, /* returns the id of the device's final state; 0: it has none */
	SPEC_ALL_OPS,
};

/*
 * State of one group, provider or device. All zeros at the start.
 *
 *	           cnt                         owner
 *	ownership  holders                     the user; 0: none, or the kernel
 *	lifetime   enum spec_binding           users who got what is bound, as bits
 *	configure  1: there is a state         its id; SPEC_ANY_ID: not known
 */
struct spec_state {
	unsigned int cnt;
	uint64_t owner;
};

/*
 * LEAVING: unbind has started. Gets are refused; uses may still run until unbind returns. NEW +
 * actor: thread `actor` has bound the service, and no other thread has seen it yet, because bind's
 * stores may still be in that thread's store buffer, where only it can see them. Once another
 * thread has seen it, all do.
 */
enum spec_binding { SPEC_UNBOUND, SPEC_BOUND, SPEC_LEAVING, SPEC_NEW };

#define SPEC_ANY_ID UINT64_MAX

enum { SPEC_USERS = 64 }; /* users of one provider */

/* Result of an operation that has not returned. */
#define SPEC_UNKNOWN INT_MIN

/* A result and its name in histories. */
struct spec_result {
	const char *name;
	int result;
};

struct spec {
	const char *object;       /* "group", "provider" or "device" */
	enum spec_op first, last; /* the family's operations */
	int pending;              /* result of an operation that takes effect but does not return */
	bool grades_refusals;     /* whether HISTORY_CAUTIOUS differs from HISTORY_EXACT */
	bool by_caller;           /* `actor` is the caller's number, not the owner of a claim */

	/* The operations' results. An entry without a name ends the list. If the list is empty,
	 * results are ids. */
	struct spec_result results[5];

	/* Returns whether the operation may return `result` in this state; if so, updates the
	 * state. `actor` is the owner of a claim, or the caller's number, below SPEC_USERS. */
	bool (*allows)(struct spec_state *state, enum spec_op op, unsigned int actor, int result);

	/* An operation with spec_ends() took effect earlier and returns now. Updates the state.
	 * Returns false if that is impossible. */
	bool (*returns)(struct spec_state *state);

	/* Returns whether the operation never changes the state, whatever its result. */
	bool (*asks)(enum spec_op op);

	/* Optional: sets *state to the i-th of a set of states that together allow whatever any
	 * state allows. Returns false if there are no more. */
	bool (*any)(size_t i, struct spec_state *state);
};

extern const struct spec spec_ownership, spec_lifetime, spec_configure;

/* Returns the specification that the operation belongs to. */
const struct spec *spec_of(enum spec_op op);

/* Like allows(), but the state stays unchanged if the result is not allowed. */
static inline bool spec_takes(const struct spec *spec, struct spec_state *state, enum spec_op op,
    unsigned int actor, int result)
{
	struct spec_state after = *state;
	const bool allowed = spec->allows(&after, op, actor, result);

	if (allowed)
		*state = after;
	return allowed;
}

/* Returns whether the operation changes the state twice: at a moment between call and return, and
 * when it returns. All other operations change it at most once, before they return. */
static inline bool spec_ends(enum spec_op op)
{
	return op == SPEC_UNBIND;
}

/* Performs an ownership operation, and updates the state. Returns the only legal result: 0 or a
 * negative errno; for SPEC_CLAIMED, 0 or 1. Only the two claims use `owner` (0: NULL). */
int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner);

#endif
