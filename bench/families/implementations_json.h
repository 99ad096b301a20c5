/* SPDX-License-Identifier: MIT */
/* The implementations and workloads of this build, as JSON. */
#ifndef BENCH_FAMILIES_IMPLEMENTATIONS_JSON_H
#define BENCH_FAMILIES_IMPLEMENTATIONS_JSON_H

#include <jansson.h>

/* Returns {"implementations": [...], "workloads": [...]}, a new reference, or NULL if out of
 * memory. */
json_t *implementations_json(void);

#endif
