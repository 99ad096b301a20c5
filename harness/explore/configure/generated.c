/* SPDX-License-Identifier: MIT */
#include "harness/explore/configure/configure.h"

/* The number of steps is not limited here: check_script() allows at most four touches per
 * thread. */
static const struct generated_word words[] = {
    {ACTION_TOUCH, ""},
    {ACTION_PROBE, ""},
    {ACTION_FIXUP, ""},
    {ACTION_ADD, ""},
    {ACTION_AWAIT, ""},
    {0},
};

static int count_steps(const struct script *script, int thread, enum configure_action kind)
{
	int n = 0;

	for (int i = 0; i < script->n_actions[thread]; i++)
		n += script->actions[thread][i].kind == (int)kind;
	return n;
}

/* A thread holds nothing, so it needs no more steps. It may either add the device or wait until it
 * is added, and only once. */
static int needed_steps(const struct script *script, int thread)
{
	return count_steps(script, thread, ACTION_ADD) + count_steps(script, thread, ACTION_AWAIT) >
	               1
	           ? -1
	           : 0;
}

/* The device must be added exactly once if a thread waits for that, and otherwise never. */
static bool threads_fit(const struct script *script)
{
	int adds = 0, awaits = 0;

	for (int t = 0; t < script->n_threads; t++) {
		adds += count_steps(script, t, ACTION_ADD);
		awaits += count_steps(script, t, ACTION_AWAIT);
	}
	return adds == (awaits > 0);
}

const struct generated_words configure_generated = {
    .words = words, .needed = needed_steps, .fits = threads_fit};
