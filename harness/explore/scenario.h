/* SPDX-License-Identifier: MIT */
/* Scenarios: what a few threads do, as one line of text for each thread. Which words there are is
 * up to the family: ownership/scenarios.c, lifetime/scenarios.c, configure/scenarios.c. */
#ifndef EXPLORE_SCENARIO_H
#define EXPLORE_SCENARIO_H

#include "harness/error.h"
#include "harness/explore/family.h"

/* NULL: none of that name. */
const struct scenario *scenario_find(const struct explore_family *family, const char *name);

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err);

#endif
