/* SPDX-License-Identifier: MIT */
/* Scenarios: one line of text per thread that says what the thread does. Each family defines its
 * words: ownership/scenarios.c, lifetime/scenarios.c, configure/scenarios.c. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include "harness/error.h"
#include "harness/explore/family.h"

/* A scenario without a name of its own: its name is what its threads do, such as
 * "probe:0 remove:0 | claim:A release". */
enum { MAX_PROGRAM_TEXT = 512 };
struct program_text {
	struct scenario scenario;
	char name[MAX_PROGRAM_TEXT], threads[MAX_PROGRAM_TEXT]; /* what `scenario` points to */
};

/* Returns the scenario of that name, or NULL. */
const struct scenario *scenario_find(const struct explore_family *family, const char *name);

/* Returns the scenario of that name, or the program of that text, which *program then holds.
 * Returns NULL with an error if there is neither. */
const struct scenario *scenario_find_or_read(const struct explore_family *family, const char *name,
    struct program_text *program, struct error *err);

/* Stores the scenario in which threads do what the script says. */
void scenario_write(
    const struct explore_family *family, const struct script *script, struct program_text *program);

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err);

#endif
