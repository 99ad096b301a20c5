/* SPDX-License-Identifier: MIT */
#include "harness/check/spec.h"

#include <errno.h>

const struct spec *spec_of(enum spec_op op)
{
	if (op <= spec_ownership.last)
		return &spec_ownership;
	return op <= spec_lifetime.last ? &spec_lifetime : &spec_configure;
}

/* -- ownership -- */

static int take_group(struct spec_state *state, unsigned int owner)
{
	state->owner = owner;
	state->cnt++;
	return 0;
}

static int drop_holds(struct spec_state *state, unsigned int n)
{
	state->cnt -= n;
	if (!state->cnt)
		state->owner = 0;
	return 0;
}

int spec_step(struct spec_state *state, enum spec_op op, unsigned int owner)
{
	const bool user = state->cnt && state->owner;
	const bool kernel = state->cnt && !state->owner;

	switch (op) {
	case SPEC_USE:
		return user ? -EBUSY : take_group(state, 0);
	case SPEC_UNUSE:
		return kernel ? drop_holds(state, 1) : -EINVAL;
	case SPEC_GROUP_CLAIM:
		if (!owner)
			return -EINVAL;
		return state->cnt ? -EPERM : take_group(state, owner);
	case SPEC_GROUP_RELEASE:
		return user ? drop_holds(state, state->cnt) : -EINVAL;
	case SPEC_DEVICE_CLAIM:
		if (!owner)
			return -EINVAL;
		return state->cnt && state->owner != owner ? -EPERM : take_group(state, owner);
	case SPEC_DEVICE_RELEASE:
		return user ? drop_holds(state, 1) : -EINVAL;
	case SPEC_CLAIMED:
		return state->cnt > 0;
	default:
		return -EINVAL;
	}
}

static bool ownership_allows(
    struct spec_state *state, enum spec_op op, unsigned int actor, int result)
{
	return spec_step(state, op, actor) == result;
}

static bool ownership_asks(enum spec_op op)
{
	return op == SPEC_CLAIMED;
}

const struct spec spec_ownership = {
    .object = "group",
    .first = SPEC_USE,
    .last = SPEC_CLAIMED,
    .grades_refusals = true,
    .results = {{"ok", 0}, {"EBUSY", -EBUSY}, {"EPERM", -EPERM}, {"EINVAL", -EINVAL}},
    .allows = ownership_allows,
    .asks = ownership_asks,
};

/* -- lifetime -- */

static bool is_bound(const struct spec_state *state)
{
	return state->cnt == SPEC_BOUND || state->cnt >= SPEC_NEW;
}

/* Records that thread `actor` has seen the service. If another thread bound it, every thread sees
 * it from now on. */
static void see_service(struct spec_state *state, unsigned int actor)
{
	if (state->cnt >= SPEC_NEW && state->cnt != SPEC_NEW + actor)
		state->cnt = SPEC_BOUND;
}

static bool allow_get(struct spec_state *state, unsigned int actor, int result)
{
	if (result)
		return result == -ENODEV && state->cnt != SPEC_BOUND &&
		       state->cnt != SPEC_NEW + actor;
	if (!is_bound(state))
		return false;
	see_service(state, actor);
	state->owner |= UINT64_C(1) << actor;
	return true;
}

/* The user may have got a service that was unbound since. A use may then be refused, or reach the
 * service that is bound now. */
static bool allow_use(struct spec_state *state, unsigned int actor, int result)
{
	if (result)
		return result == -ENODEV &&
		       !(is_bound(state) && state->owner & UINT64_C(1) << actor);
	see_service(state, actor);
	return state->cnt != SPEC_UNBOUND;
}

static bool allow_rebind(struct spec_state *state, bool allowed, unsigned int to)
{
	if (allowed)
		*state = (struct spec_state){.cnt = to};
	return allowed;
}

static bool lifetime_allows(
    struct spec_state *state, enum spec_op op, unsigned int actor, int result)
{
	actor %= SPEC_USERS;
	switch (op) {
	case SPEC_GET:
		return allow_get(state, actor, result);
	case SPEC_SERVICE_USE:
		return allow_use(state, actor, result);
	case SPEC_UNBIND:
		return !result && allow_rebind(state, is_bound(state), SPEC_LEAVING);
	case SPEC_BIND:
		return !result && allow_rebind(state, state->cnt == SPEC_UNBOUND, SPEC_NEW + actor);
	default:
		return !result; /* SPEC_PUT */
	}
}

static bool lifetime_returns(struct spec_state *state)
{
	return allow_rebind(state, state->cnt == SPEC_LEAVING, SPEC_UNBOUND);
}

static bool lifetime_asks(enum spec_op op)
{
	return op == SPEC_PUT;
}

/* Enumerates only states in which no user has got the service, because they allow every result that
 * other states allow. */
static bool lifetime_any(size_t i, struct spec_state *state)
{
	*state = (struct spec_state){.cnt = (unsigned int)i};
	return i < SPEC_NEW + SPEC_USERS;
}

const struct spec spec_lifetime = {
    .object = "provider",
    .first = SPEC_GET,
    .last = SPEC_BIND,
    .by_caller = true,
    .results = {{"ok", 0}, {"ENODEV", -ENODEV}},
    .allows = lifetime_allows,
    .returns = lifetime_returns,
    .asks = lifetime_asks,
    .any = lifetime_any,
};

/* -- configure -- */

static bool is_the_state(struct spec_state *state, int result)
{
	if (state->owner == SPEC_ANY_ID && result > 0)
		state->owner = (uint64_t)result;
	return result > 0 && state->owner == (uint64_t)result;
}

static bool allow_touch(struct spec_state *state, int result)
{
	if (!state->cnt)
		*state = (struct spec_state){1, SPEC_ANY_ID};
	return result == SPEC_UNKNOWN || is_the_state(state, result);
}

static bool configure_allows(
    struct spec_state *state, enum spec_op op, unsigned int actor, int result)
{
	(void)actor;
	if (op == SPEC_TOUCH)
		return allow_touch(state, result);
	return state->cnt ? is_the_state(state, result) : !result;
}

/* Returns false for every operation: even a query changes what is known if it is the first to
 * reveal the state's id. */
static bool configure_asks(enum spec_op op)
{
	(void)op;
	return false;
}

static bool configure_any(size_t i, struct spec_state *state)
{
	*state = i ? (struct spec_state){1, SPEC_ANY_ID} : (struct spec_state){0};
	return i < 2;
}

const struct spec spec_configure = {
    .object = "device",
    .first = SPEC_TOUCH,
    .last = SPEC_STATE,
    .pending = SPEC_UNKNOWN,
    .allows = configure_allows,
    .asks = configure_asks,
    .any = configure_any,
};
