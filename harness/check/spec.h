/* SPDX-License-Identifier: MIT */
/*
 * The legal results of each family's operations, as state machines. The families are group
 * ownership (impl/impl.h), lifetime of a service (impl/lifetime/lifetime.h) and first-touch
 * configuration (impl/configure/configure.h). All checkers use these specifications.
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

	SPEC_TOUCH, /* returns the state's id, from 1, or 0 if the state is incomplete */
	SPEC_STATE, /* returns the id of the device's final state, or 0 if it has none */
	SPEC_ALL_OPS,
};

/*
 * State of one group, provider or device. All zeros at the start.
 *
 *	           cnt                         owner
 *	ownership  holders                     the user; 0: none, or the kernel
 *	lifetime   enum spec_binding           mask of the users that have got the service
 *	configure  1: there is a state         its id; SPEC_ANY_ID: not known
 */
struct spec_state {
	unsigned int cnt;
	uint64_t owner;
};

/*
 * LEAVING: unbind has started. Gets are refused, but uses may run until unbind returns.
 * NEW + actor: thread `actor` has bound the service, and no other thread has seen it yet. Until one
 * has, other threads may miss it, because bind's stores may still be in the binding thread's store
 * buffer.
 */
enum spec_binding { SPEC_UNBOUND, SPEC_BOUND, SPEC_LEAVING, SPEC_NEW };

#define SPEC_ANY_ID UINT64_MAX

enum { SPEC_USERS = 64 }; /* maximum number of threads that use a provider */

/* The unknown result of an operation that has not returned. */
#define SPEC_UNKNOWN INT_MIN

/* A result, and its name in history files. */
struct spec_result {
	const char *name;
	int result;
};

struct spec {
	const char *object;       /* "group", "provider" or "device" */
	enum spec_op first, last; /* the family's operations */
	int pending;              /* result assumed for an operation that has not returned */
	bool grades_refusals;     /* HISTORY_CAUTIOUS allows more than HISTORY_EXACT */
	bool by_caller;           /* `actor` is the caller's number, not a claim's owner */

	/* The operations' results, up to an entry without a name. If there are none, results are
	 * ids. */
	struct spec_result results[5];

	/* Returns whether the operation can return `result` in this state. If so, updates the
	 * state. `actor` is the owner of a claim, or with by_caller the caller's number, which is
	 * below SPEC_USERS. */
	bool (*allows)(struct spec_state *state, enum spec_op op, unsigned int actor, int result);

	/* Called when an operation with spec_ends() returns, after it took effect. Updates the
	 * state. Returns false if the operation cannot return in this state. */
	bool (*returns)(struct spec_state *state);

	/* Returns whether the operation leaves the state unchanged whatever its result is. */
	bool (*asks)(enum spec_op op);

	/* Optional. Enumerates states that together allow every result that any state allows: sets
	 * *state to the i-th of them. Returns false if there are fewer. */
	bool (*any)(size_t i, struct spec_state *state);
};

extern const struct spec spec_ownership, spec_lifetime, spec_configure;

/* Returns the specification of the operation's family. */
const struct spec *spec_of(enum spec_op op);

/* Like allows(), but leaves the state unchanged if the result is not allowed. */
static inline bool spec_takes(const struct spec *spec, struct spec_state *state, enum spec_op op,
    unsigned int actor, int result)
{
	struct spec_state after = *state;
	const bool allowed = spec->allows(&after, op, actor, result);

	if (allowed)
		*state = after;
	return allowed;
}

/* Returns whether the operation changes the state twice: once between call and return, and again
 * when it returns. Other operations change the state at most once, before they return. */
static inline bool spec_ends(enum spec_op op)
{
	return op == SPEC_UNBIND;
}

/* Performs an ownership operation and updates the state. Returns its only legal result: 0 or a
 * negative errno, or for SPEC_CLAIMED 0 or 1. `owner` matters only for the two claims; 0 stands for
 * NULL. */
int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner);

#endif
