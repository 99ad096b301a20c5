/* SPDX-License-Identifier: MIT */
/*
 * Litmus tests in the C format of the kernel's tools/memory-model/litmus-tests. Finds the final
 * states that a memory model allows. harness/check/README.md explains how the kernel's primitives
 * are modelled.
 */
#ifndef EXPLORE_LITMUS_H
#define EXPLORE_LITMUS_H

#include "harness/explore/explore.h"

enum { LITMUS_STATES = 512, LITMUS_STATE_SIZE = 192 };

/* The quantifier of a test's condition: "exists (...)", "~exists (...)" or "forall (...)". */
enum litmus_quantifier { LITMUS_NO_CONDITION, LITMUS_EXISTS, LITMUS_NOT_EXISTS, LITMUS_FORALL };

struct litmus_test;

/* Both read a test: from a file, or from `text`, for which errors name `path`. They return a test,
 * to be freed with litmus_free(), or NULL with an error that contains file and line. */
struct litmus_test *litmus_read(const char *path, struct error *err);
struct litmus_test *litmus_parse(const char *path, char *text, struct error *err);
void litmus_free(struct litmus_test *test);

const char *litmus_name(const struct litmus_test *test);
enum litmus_quantifier litmus_quantifier(const struct litmus_test *test);

/* A final state: the registers and locations that the condition or `locations` names, or all
 * registers if neither names any. */
struct litmus_state {
	char text[LITMUS_STATE_SIZE];
	bool satisfies; /* the condition's formula is true in this state */
};

struct litmus_result {
	struct explore_result explored;
	unsigned int nr_states;
	bool full; /* there are more than LITMUS_STATES final states */
	struct litmus_state states[LITMUS_STATES];
};

/* Explores the test under options->model. Returns 0, or -1 with an error. */
int litmus_explore(const struct litmus_test *test, const struct explore_options *options,
    struct litmus_result *result, struct error *err);

/* Returns true if the condition's formula is true in some final state. */
bool litmus_observed(const struct litmus_result *result);

#endif
