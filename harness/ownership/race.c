/* SPDX-License-Identifier: MIT */
#include "harness/ownership/race.h"

#include <errno.h>

#include "harness/check/spec.h"

const struct race races[] = {
    {"probe/claim", .act = {RACE_PROBE, RACE_CLAIM}},
    {"claim/claim", .act = {RACE_CLAIM, RACE_CLAIM}},
    {"probe/probe", .act = {RACE_PROBE, RACE_PROBE}},
    {"remove/remove", .bound = {true, true}, .act = {RACE_REMOVE, RACE_REMOVE}},
    {"unregister/claim", .bound = {true}, .act = {RACE_UNREGISTER, RACE_CLAIM}},
    {"unregister/remove", .bound = {true, true}, .act = {RACE_UNREGISTER, RACE_REMOVE}},
    {"remove/claim", .bound = {true}, .act = {RACE_REMOVE, RACE_CLAIM}},
    {"remove/probe", .bound = {true}, .act = {RACE_REMOVE, RACE_PROBE}},
    {"remove/failing pinctrl", .bound = {true}, .act = {RACE_REMOVE, RACE_PROBE_PINCTRL}},
    {"remove/failing probe", .bound = {true}, .act = {RACE_REMOVE, RACE_PROBE_FAILS}},
    {"failing probe/claim", .act = {RACE_PROBE_FAILS, RACE_CLAIM}},
    {"release/probe", .claims = 1, .act = {RACE_RELEASE, RACE_PROBE}},
    {"release/claim", .claims = 1, .act = {RACE_RELEASE, RACE_CLAIM}},
    {"device claim/device claim", .act = {RACE_DEVICE_CLAIM, RACE_DEVICE_CLAIM}},
    {"device release/device claim", .claims = 1, .act = {RACE_DEVICE_RELEASE, RACE_DEVICE_CLAIM}},
    {"device claim/probe", .act = {RACE_DEVICE_CLAIM, RACE_PROBE}},
};
const size_t nr_races = sizeof(races) / sizeof(races[0]);
_Static_assert(sizeof(races) / sizeof(races[0]) <= RACES_MAX, "RACES_MAX is too small");
_Static_assert((int)RACE_ACTS <= (int)RACE_ACTS_MAX, "RACE_ACTS_MAX is too small");

/* -- which results are legal -- */

/* A thread's operations in terms of the specification: at most two, one after the other. */
struct steps {
	int nr;
	enum spec_op op[2];
	unsigned int owner;
	int result; /* the result that the thread got */
	bool forgiven;
};

static unsigned int owner_of(enum race_act act, unsigned int thread)
{
	/* User 1 holds the group before the race, and is the user of all device claims. */
	return act == RACE_CLAIM ? thread + 2 : 1;
}

static struct steps steps_of(const struct race *race, unsigned int thread, int result)
{
	struct steps s = {.owner = owner_of(race->act[thread], thread), .result = result, .nr = 1};

	switch (race->act[thread]) {
	case RACE_PROBE:
		s.op[0] = SPEC_USE;
		break;
	case RACE_PROBE_PINCTRL:
		s.nr = 0;
		break;
	case RACE_PROBE_FAILS:
		s.op[0] = SPEC_USE;
		s.op[1] = SPEC_UNUSE;
		s.nr = result == -EBUSY ? 1 : 2;
		break;
	case RACE_REMOVE:
	case RACE_UNREGISTER:
		s.op[0] = SPEC_UNUSE;
		break;
	case RACE_CLAIM:
		s.op[0] = SPEC_GROUP_CLAIM;
		break;
	case RACE_RELEASE:
		s.op[0] = SPEC_GROUP_RELEASE;
		break;
	case RACE_DEVICE_CLAIM:
		s.op[0] = SPEC_DEVICE_CLAIM;
		break;
	case RACE_DEVICE_RELEASE:
		s.op[0] = SPEC_DEVICE_RELEASE;
		break;
	case RACE_ACTS:
		break;
	}
	return s;
}

/* Converts an operation's result to the one that the bus returns to the thread. */
static int seen_by(enum race_act act, int step, int result)
{
	if (act == RACE_PROBE_FAILS && !result)
		return step == 0 ? -ENODEV : 0;
	return result;
}

static bool is_refusal(int result)
{
	return result == -EBUSY || result == -EPERM;
}

/* Returns whether some order of the threads' remaining operations gives the results that the
 * threads got. If `forgive` is set, a refusal is legal in any state. */
static bool is_explained(const struct race *race, const struct steps s[], const int done[],
    struct spec_state state, bool forgive)
{
	if (done[0] == s[0].nr && done[1] == s[1].nr)
		return true;
	for (int t = 0; t < RACE_THREADS; t++) {
		int next[RACE_THREADS] = {done[0], done[1]};
		struct spec_state after = state;
		int result, want;

		if (done[t] == s[t].nr)
			continue;
		result = spec_step(&after, s[t].op[done[t]], s[t].owner);
		want = done[t] ? 0 : s[t].result;
		next[t]++;
		if (seen_by(race->act[t], done[t], result) == want &&
		    is_explained(race, s, next, after, forgive))
			return true;
		if (forgive && is_refusal(want) && is_explained(race, s, next, state, forgive))
			return true;
	}
	return false;
}

static bool has_driver(const struct race *race, unsigned int thread, const int results[])
{
	enum race_act act = race->act[thread];

	if (act == RACE_PROBE)
		return results[thread] == 0;
	return race->bound[thread] && act != RACE_REMOVE && act != RACE_UNREGISTER;
}

static unsigned int user_of(const struct race *race, unsigned int thread, const int results[])
{
	enum race_act act = race->act[thread];
	bool claims = act == RACE_CLAIM || act == RACE_DEVICE_CLAIM;

	return claims && !results[thread] ? owner_of(act, thread) : 0;
}

static bool is_conflict(const struct race *race, const int results[])
{
	unsigned int users[] = {user_of(race, 0, results), user_of(race, 1, results)};
	bool driven = has_driver(race, 0, results) || has_driver(race, 1, results);

	return (driven && (users[0] || users[1])) || (users[0] && users[1] && users[0] != users[1]);
}

enum race_fault race_judge(const struct race *race, const int results[RACE_THREADS])
{
	const struct steps s[] = {steps_of(race, 0, results[0]), steps_of(race, 1, results[1])};
	const struct spec_state start = {
	    .cnt = race->claims + race->bound[0] + race->bound[1],
	    .owner = race->claims ? 1 : 0,
	};
	const int none[RACE_THREADS] = {0, 0};

	if (is_conflict(race, results))
		return RACE_CONFLICT;
	if (is_explained(race, s, none, start, false))
		return RACE_FINE;
	return is_explained(race, s, none, start, true) ? RACE_SPURIOUS : RACE_LOST;
}
