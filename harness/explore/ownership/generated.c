/* SPDX-License-Identifier: MIT */
#include "harness/explore/ownership/ownership.h"

/*
 * Every thread releases what it acquires. This also covers the results of threads that keep
 * something, because their steps are the first steps of a thread that releases everything. It does
 * not cover the final state, and whether other threads wait forever: the scenarios stay and
 * four_stay check that.
 *
 * Claims by device use only device 0, because the contract treats all devices of a group alike.
 *
 * A device that a thread adds is absent at the start, and no other thread uses it. Such programs
 * have no claims by device, because device 0 may be absent. A thread unregisters its driver at most
 * once, after a probe, and while at most one device is bound. To keep programs few, threads that
 * add devices or unregister a driver do not claim.
 */
static const struct generated_word words[] = {
    {ACTION_PROBE, "d"},
    {ACTION_REMOVE, "d"},
    {ACTION_CLAIM, "o"},
    {ACTION_DEVICE_CLAIM, "o"},
    {ACTION_RELEASE, ""},
    {ACTION_PROBE_FAIL, "d"},
    {ACTION_PROBE_PINCTRL, "d"},
    {ACTION_PROBE_MANAGED, "d"},
    {ACTION_CLAIMED, ""},
    {ACTION_ADD, "d"},
    {ACTION_DEL, "d"},
    {ACTION_UNREGISTER, ""},
    {0},
};

/* Returns whether the step leaves the thread owning nothing. Such steps are generated only in
 * separate threads, where they can run between any two steps of the other threads. */
static bool owns_nothing(const struct action *a)
{
	return a->kind == ACTION_PROBE_FAIL || a->kind == ACTION_PROBE_PINCTRL ||
	       a->kind == ACTION_PROBE_MANAGED || a->kind == ACTION_CLAIMED;
}

/* What a thread holds, and what it has done. Sets of devices are bits. */
struct held {
	unsigned int bound, added;
	unsigned int absent; /* added and deleted again */
	unsigned int used;   /* used by the thread, and present at the start */
	bool probed, unregistered, claimed;
	int claims;
};

/* Updates what the thread holds. Returns whether the contract allows the step. */
static bool take_step(const struct action *a, struct held *held)
{
	const unsigned int device = 1u << a->device;

	switch ((enum ownership_action)a->kind) {
	case ACTION_PROBE:
	case ACTION_PROBE_MANAGED:
		held->probed = true;
		held->used |= device & ~held->added;
		held->bound ^= device;
		return held->bound & device && !(held->absent & device);
	case ACTION_REMOVE:
		held->bound ^= device;
		return !(held->bound & device);
	case ACTION_CLAIM:
	case ACTION_DEVICE_CLAIM:
		held->claims++;
		held->claimed = true;
		return true;
	case ACTION_RELEASE:
		return --held->claims >= 0;
	case ACTION_ADD:
		held->added ^= device;
		held->absent &= ~device;
		return held->added & device && !(held->used & device);
	case ACTION_DEL:
		held->added ^= device;
		held->absent |= device;
		return !((held->added | held->bound) & device);
	case ACTION_UNREGISTER:
		if (!held->probed || held->unregistered || __builtin_popcount(held->bound) > 1)
			return false;
		held->unregistered = true;
		held->bound = 0;
		return true;
	default:
		return true;
	}
}

static int needed_steps(const struct script *script, int thread)
{
	const struct action *first = script->actions[thread];
	struct held held = {0};

	for (int i = 0; i < script->n_actions[thread]; i++) {
		const struct action *a = &first[i];

		if (i && (owns_nothing(a) || (owns_nothing(first) && a->kind != ACTION_REMOVE)))
			return -1;
		if (!take_step(a, &held) ||
		    (held.claimed && (held.added | held.absent || held.unregistered)))
			return -1;
	}
	return __builtin_popcount(held.bound) + __builtin_popcount(held.added) + held.claims;
}

/* Returns whether the step uses a device, other than by a claim. */
static bool uses_device(const struct action *a)
{
	return a->kind <= ACTION_REMOVE || a->kind == ACTION_ADD || a->kind == ACTION_DEL;
}

/* Returns whether no claim is by device, and no other thread uses the device that thread t adds. */
static bool is_alone_with(const struct script *script, int t, int device)
{
	for (int u = 0; u < script->n_threads; u++)
		for (int i = 0; i < script->n_actions[u]; i++) {
			const struct action *a = &script->actions[u][i];

			if (a->kind == ACTION_DEVICE_CLAIM ||
			    (u != t && uses_device(a) && a->device == device))
				return false;
		}
	return true;
}

/* Releasing a claim by group also releases the same user's claims by device. So if several threads
 * claim for one user in both ways, no other owner may acquire the group. */
static bool threads_fit(const struct script *script)
{
	unsigned int by_group[MAX_OWNERS + 1] = {0}, by_device[MAX_OWNERS + 1] = {0};
	bool drivers = false;

	for (int t = 0; t < script->n_threads; t++)
		for (int i = 0; i < script->n_actions[t]; i++) {
			const struct action *a = &script->actions[t][i];

			if (a->kind == ACTION_ADD && !is_alone_with(script, t, a->device))
				return false;
			drivers |= a->kind == ACTION_PROBE || a->kind == ACTION_PROBE_FAIL;
			if (a->kind == ACTION_CLAIM)
				by_group[a->owner] |= 1u << t;
			if (a->kind == ACTION_DEVICE_CLAIM)
				by_device[a->owner] |= 1u << t;
		}
	for (int o = 1; o <= MAX_OWNERS; o++) {
		const int other = MAX_OWNERS + 1 - o;

		if (by_group[o] && by_device[o] &&
		    __builtin_popcount(by_group[o] | by_device[o]) > 1 &&
		    (drivers || by_group[other] || by_device[other]))
			return false;
	}
	return true;
}

const struct generated_words ownership_generated = {
    .words = words,
    .needed = needed_steps,
    .fits = threads_fit,
};
