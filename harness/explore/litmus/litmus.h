/* SPDX-License-Identifier: MIT */
/*
 * Litmus tests in the C form of the kernel's tools/memory-model/litmus-tests: which final states
 * each memory model allows. README.md of harness/check says what the kernel's primitives are taken
 * for.
 */
#ifndef EXPLORE_LITMUS_H
#define EXPLORE_LITMUS_H

#include "harness/explore/explore.h"

enum { LITMUS_STATES = 512, LITMUS_STATE_SIZE = 192 };

/* "exists (...)", "~exists (...)" and "forall (...)" */
enum litmus_quantifier { LITMUS_NO_CONDITION, LITMUS_EXISTS, LITMUS_NOT_EXISTS, LITMUS_FORALL };

struct litmus_test;

/* To be freed; NULL with an error that names file and line. */
struct litmus_test *litmus_read(const char *path, struct error *err);
struct litmus_test *litmus_parse(const char *path, char *text, struct error *err);
void litmus_free(struct litmus_test *test);

const char *litmus_name(const struct litmus_test *test);
enum litmus_quantifier litmus_quantifier(const struct litmus_test *test);

/* A final state: the registers and locations that the condition names, or else all registers. */
struct litmus_state {
	char text[LITMUS_STATE_SIZE];
	bool satisfies; /* the condition in brackets */
};

struct litmus_result {
	struct explore_result explored;
	unsigned int nr_states;
	bool full; /* there are more states */
	struct litmus_state states[LITMUS_STATES];
};

/* Explores the test under options->model. 0, or -1 with an error. */
int litmus_explore(const struct litmus_test *test, const struct explore_options *options,
    struct litmus_result *result, struct error *err);

/* Whether some final state satisfies the condition. */
bool litmus_observed(const struct litmus_result *result);

#endif
