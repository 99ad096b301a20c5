/* SPDX-License-Identifier: MIT */
#include "harness/explore/lifetime/lifetime.h"

/* Every user puts what it has got. In addition, check_script() limits programs: only one thread
 * binds and unbinds, and binds at most three times. */
static const struct generated_word words[] = {
    {ACTION_GET, ""},
    {ACTION_USE, ""},
    {ACTION_PUT, ""},
    {ACTION_UNBIND, ""},
    {ACTION_BIND, ""},
    {ACTION_REBIND, ""},
    {0},
};

/* What a thread's steps so far imply: whether it holds the service, and its last bind, rebind or
 * unbind (-1: none). */
struct known {
	bool got;
	int last;
};

/* Returns whether the step is legal and has an effect. An unbind by a thread that holds the service
 * would wait for itself. A rebind without a preceding unbind would be a plain bind. */
static bool take_step(enum lifetime_action kind, struct known *known)
{
	const int last = known->last;

	switch (kind) {
	case ACTION_GET:
	case ACTION_PUT:
		known->got = !known->got;
		return known->got == (kind == ACTION_GET);
	case ACTION_USE:
		return known->got;
	case ACTION_UNBIND:
		known->last = kind;
		return !known->got && last != ACTION_UNBIND;
	case ACTION_BIND:
		known->last = kind;
		return last < 0 || last == ACTION_UNBIND;
	case ACTION_REBIND:
		known->last = kind;
		return last == ACTION_UNBIND;
	}
	return false;
}

static int needed_steps(const struct script *script, int thread)
{
	struct known known = {.last = -1};

	for (int i = 0; i < script->n_actions[thread]; i++)
		if (!take_step((enum lifetime_action)script->actions[thread][i].kind, &known))
			return -1;
	return known.got;
}

const struct generated_words lifetime_generated = {.words = words, .needed = needed_steps};
