/* SPDX-License-Identifier: MIT */
/* A scenario's threads, as text and as parsed actions. */
#ifndef EXPLORE_SCRIPT_H
#define EXPLORE_SCRIPT_H

#include "harness/explore/clock.h"

struct scenario {
	const char *name;
	const char *summary;
	const char *threads[MAX_THREADS];
};

/* A word in the text of a scenario, and the action that it stands for. */
struct script_word {
	const char *word;
	/* Arguments that follow the word. d: a device, ":0" to ":3"; o: an owner, ":A" or ":B". */
	const char *args;
	int kind; /* action, of the family's enum */
};

enum { MAX_DEVICES = 4, MAX_OWNERS = 2, MAX_ACTIONS = 12 };

/* An action that occurs in generated programs, and which of its arguments vary, as in struct
 * script_word. Other arguments are 0. */
struct generated_word {
	int kind;
	const char *args;
};

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

#endif
