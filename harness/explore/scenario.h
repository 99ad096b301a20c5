/* SPDX-License-Identifier: MIT */
/* Scenarios: what a few threads do, as one line of text for each thread. Which words there are is
 * up to the family: ownership/scenarios.c, lifetime/scenarios.c, configure/scenarios.c. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/explore/clock.h"

struct scenario {
	const char *name;
	const char *summary;
	const char *threads[MAX_THREADS];
};

/* What a word asks for. */
struct script_word {
	const char *word;
	const char *args; /* d: a device, ":0" to ":3"; o: an owner, ":A" or ":B" */
	int kind;         /* the family's */
};

enum { MAX_DEVICES = 4, MAX_ACTIONS = 12 };

struct action {
	int kind;
	int device;
	int owner; /* 1: A, 2: B */
};

struct script {
	int n_threads;
	int n_actions[MAX_THREADS];
	struct action actions[MAX_THREADS][MAX_ACTIONS];
};

struct explore_family;

/* NULL: none of that name. */
const struct scenario *scenario_find(const struct explore_family *family, const char *name);

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err);

#endif
