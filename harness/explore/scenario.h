/* SPDX-License-Identifier: MIT */
/* Scenarios: one line of text per thread that says what the thread does. Each family defines its
 * words: ownership/scenarios.c, lifetime/scenarios.c, configure/scenarios.c. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include "harness/error.h"
#include "harness/explore/family.h"

/* Returns the scenario of that name, or NULL. */
const struct scenario *scenario_find(const struct explore_family *family, const char *name);

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err);

#endif
