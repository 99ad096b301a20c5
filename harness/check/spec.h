/* SPDX-License-Identifier: MIT */
/*
 * What each family's operations may answer, as state machines: group ownership (README, "The
 * problem"), the lifetime of a service (impl/lifetime/lifetime.h), first-touch configuration
 * (impl/configure/configure.h). Everything that judges answers asks here.
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
	SPEC_OPS, /* of ownership */

	SPEC_GET = SPEC_OPS,
	SPEC_SERVICE_USE,
	SPEC_PUT,
	SPEC_UNBIND,
	SPEC_BIND,

	SPEC_TOUCH, /* answers the state's id, from 1; 0: one that is not complete */
	SPEC_STATE, /* the id of the state that stays; 0: none */
	SPEC_ALL_OPS,
};

/*
 * Of one group, provider or device; as it begins all zeros.
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
 * LEAVING: unbind has begun, so that gets are refused; uses may still run, until it returns. NEW +
 * who: he has bound, and nobody else has seen it: what bind has stored may still be in his buffer,
 * which he looks at himself. Once anyone else has seen it, all do.
 */
enum spec_binding { SPEC_UNBOUND, SPEC_BOUND, SPEC_LEAVING, SPEC_NEW };

#define SPEC_ANY_ID UINT64_MAX

enum { SPEC_USERS = 64 }; /* of one provider */

/* Whose operation an answer is not known of, because it has not returned. */
#define SPEC_UNKNOWN INT_MIN

/* An answer as histories name it. */
struct spec_result {
	const char *name;
	int result;
};

struct spec {
	const char *object;       /* what it is the specification of one of */
	enum spec_op first, last; /* its operations */
	int pending;              /* the answer of one that takes effect and does not return */
	bool grades_refusals;     /* HISTORY_CAUTIOUS means something to it */
	bool by_caller;           /* `who` is the caller's number; else the owner of a claim */

	/* Its answers, up to one without a name; none: they are ids. */
	struct spec_result results[5];

	/* Whether the operation may answer that in this state, which then changes. `who`: of a
	 * claim the owner, or the caller's number, below SPEC_USERS. */
	bool (*allows)(struct spec_state *state, enum spec_op op, unsigned int who, int result);

	/* An operation of which spec_ends() is true took effect and now returns. False: that
	 * cannot be. */
	bool (*returns)(struct spec_state *state);

	/* Whether it changes nothing, whatever it answers. */
	bool (*asks)(enum spec_op op);

	/* Optional: the i-th of some states that together allow what any state does. False: there
	 * are no more. */
	bool (*any)(size_t i, struct spec_state *state);
};

extern const struct spec spec_ownership, spec_lifetime, spec_configure;

/* The one that the operation is of. */
const struct spec *spec_of(enum spec_op op);

/* As allows(), but what is not allowed changes nothing. */
static inline bool spec_takes(const struct spec *spec, struct spec_state *state, enum spec_op op,
    unsigned int who, int result)
{
	struct spec_state after = *state;
	const bool allowed = spec->allows(&after, op, who, result);

	if (allowed)
		*state = after;
	return allowed;
}

/* Whether its return changes the state as well, which all others do at one moment of their call. */
static inline bool spec_ends(enum spec_op op)
{
	return op == SPEC_UNBIND;
}

/* Ownership, which knows one answer: carries the operation out and returns 0 or a negative errno,
 * for SPEC_CLAIMED 0 or 1. `owner` (0: NULL) is only looked at by the two claims. */
int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner);

#endif
