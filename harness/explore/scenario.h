/* SPDX-License-Identifier: MIT */
/* Scenarios: for each thread, a text that describes its steps. Each family defines its own words:
 * ownership/scenarios.c, lifetime/scenarios.c, configure/scenarios.c. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include "harness/error.h"
#include "harness/explore/family.h"

/* A scenario that has no name of its own. Instead, its name is the text of its threads, such as
 * "probe:0 remove:0 | claim:A release". */
enum { MAX_PROGRAM_TEXT = 512 };
struct program_text {
	struct scenario scenario;
	char name[MAX_PROGRAM_TEXT], threads[MAX_PROGRAM_TEXT]; /* `scenario` points into these */
};

/* Returns the scenario with this name, or NULL. */
const struct scenario *scenario_find(const struct explore_family *family, const char *name);

/* Returns the scenario with this name. Otherwise parses `name` as a program, stores it in *program
 * and returns it. If this fails, returns NULL with an error. */
const struct scenario *scenario_find_or_read(const struct explore_family *family, const char *name,
    struct program_text *program, struct error *err);

/* Converts the script to a scenario. */
void scenario_write(
    const struct explore_family *family, const struct script *script, struct program_text *program);

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err);

#endif
