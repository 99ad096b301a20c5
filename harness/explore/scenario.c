/* SPDX-License-Identifier: MIT */
#include "harness/explore/scenario.h"

#include <stdio.h>
#include <string.h>

const struct scenario scenarios[] = {
    {"probe_claim", "a prober and a claimer", {"probe:0 remove:0", "claim:A release"}},
    {"two_removes", "two drivers share the group and leave it",
	{"probe:0 remove:0", "probe:1 remove:1"}},
    {"two_probers", "two probers and a claimer",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"far_probers", "the same, the probers' devices in different parts of the machine",
	{"probe:0 remove:0", "probe:2 remove:2", "claim:A release"}},
    {"two_claimers", "two users want the same group", {"claim:A release", "claim:B release"}},
    {"prober_two_claimers", "a prober between two users",
	{"probe:0 remove:0", "claim:A release", "claim:B release"}},
    {"pinctrl_fails", "a sibling's probe dies in the pinctrl step, uncleaned",
	{"probe-pinctrl:0", "probe:1 remove:1"}},
    {"pinctrl_fails_claim", "the same beside a user",
	{"probe-pinctrl:0", "probe:1 remove:1", "claim:A release"}},
    {"probe_fails", "a sibling's driver fails its probe, and is cleaned up",
	{"probe-fail:0", "probe:1 remove:1"}},
    {"probe_fails_claim", "a failing probe beside a user", {"probe-fail:0", "claim:A release"}},
    {"refused", "a probe is refused while its sibling comes and goes",
	{"probe:0 remove:0", "claim:A release probe:1 remove:1"}},
    {"managed", "a driver_managed_dma sibling owns nothing",
	{"probe-managed:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"nested", "one user claims through two devices beside a prober",
	{"claim:0:A release", "claim:1:A release", "probe:0 remove:0"}},
    {"nested_twice", "nested claims in one thread beside a prober",
	{"claim:0:A claim:1:A release release", "probe:2 remove:2"}},
    {"nested_rivals", "two users claim through devices",
	{"claim:0:A claim:1:A release release", "claim:0:B release"}},
    {"group_and_device", "a user claims the group, another through a device",
	{"claim:A release", "claim:0:B release", "probe:1 remove:1"}},
    {"query", "a reader of claimed() beside both sides",
	{"probe:0 remove:0", "claim:A release", "claimed claimed"}},
    {"hotplug", "a device joins, is probed and leaves, beside a prober and a user",
	{"add:1 probe:1 remove:1 del:1", "probe:0 remove:0", "claim:A release"}},
    {"hotplug_claim", "a device joins and is probed while a user claims",
	{"add:1 probe:1 remove:1 del:1", "claim:A release"}},
    {"same_device", "two threads probe one device, under its device_lock",
	{"probe:0 remove:0", "probe:0 remove:0", "claim:A release"}},
    {"reprobe", "a driver comes and goes twice beside a user",
	{"probe:0 remove:0 probe:0 remove:0", "claim:A release"}},
    {"reclaim", "a user comes and goes twice beside a driver",
	{"probe:0 remove:0", "claim:A release claim:A release"}},
    {"stay", "who has won keeps it", {"probe:0", "probe:1 remove:1", "claim:A"}},
    {"two_sides", "two probers and two claimers",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release", "claim:B release"}},
    {.name = NULL},
};

const struct scenario *scenario_find(const char *name)
{
	for (const struct scenario *s = scenarios; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

static const struct {
	const char *word;
	const char *args; /* d: a device, o: an owner */
	enum action_kind kind;
} words[] = {
    {"probe", "d", ACTION_PROBE},
    {"probe-pinctrl", "d", ACTION_PROBE_PINCTRL},
    {"probe-fail", "d", ACTION_PROBE_FAIL},
    {"probe-managed", "d", ACTION_PROBE_MANAGED},
    {"probe-unlocked", "d", ACTION_PROBE_UNLOCKED},
    {"remove", "d", ACTION_REMOVE},
    {"claim", "o", ACTION_CLAIM},
    {"claim", "do", ACTION_DEVICE_CLAIM},
    {"release", "", ACTION_RELEASE},
    {"claimed", "", ACTION_CLAIMED},
    {"add", "d", ACTION_ADD},
    {"del", "d", ACTION_DEL},
};

/* ":0:A" by "do". */
static bool parse_args(const char *text, const char *args, struct action *action)
{
	for (; *args; args++, text += 2) {
		char low = *args == 'd' ? '0' : 'A', high = *args == 'd' ? '3' : 'B';

		if (text[0] != ':' || text[1] < low || text[1] > high)
			return false;
		if (*args == 'd')
			action->device = text[1] - low;
		else
			action->owner = text[1] - low + 1;
	}
	return !*text;
}

static bool parse_word(const char *word, struct action *action)
{
	size_t len = strcspn(word, ":");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].word) != len || strncmp(words[i].word, word, len))
			continue;
		*action = (struct action){.kind = words[i].kind};
		if (parse_args(word + len, words[i].args, action))
			return true;
	}
	return false;
}

static int parse_thread(const char *text, struct script *plan, int t, struct error *err)
{
	char word[32];
	int used;

	for (; sscanf(text, " %31s%n", word, &used) == 1; text += used) {
		if (plan->n_actions[t] == MAX_ACTIONS)
			return error_set(
			    err, "at most %d steps in a thread: %s", MAX_ACTIONS, text);
		if (!parse_word(word, &plan->actions[t][plan->n_actions[t]++]))
			return error_set(err,
			    "no such step: %s (right would be probe:0, claim:A, release, ...)",
			    word);
	}
	return 0;
}

static void place_device(struct script *plan, const struct action *a, int t, int users[])
{
	if (a->device >= plan->n_devices)
		plan->n_devices = a->device + 1;
	if (a->kind == ACTION_ADD)
		plan->present[a->device] = false;
	if (a->kind <= ACTION_REMOVE) {
		plan->locked[a->device] |= users[a->device] && users[a->device] != t + 1;
		users[a->device] = t + 1;
	}
}

int scenario_parse(const struct scenario *scenario, struct script *plan, struct error *err)
{
	int users[MAX_DEVICES] = {0};

	memset(plan, 0, sizeof(*plan));
	memset(plan->present, true, sizeof(plan->present));
	for (int t = 0; t < MAX_THREADS && scenario->threads[t]; t++) {
		plan->n_threads = t + 1;
		if (parse_thread(scenario->threads[t], plan, t, err))
			return -1;
		for (int i = 0; i < plan->n_actions[t]; i++)
			place_device(plan, &plan->actions[t][i], t, users);
	}
	return plan->n_threads ? 0 : error_set(err, "a scenario needs a thread");
}
