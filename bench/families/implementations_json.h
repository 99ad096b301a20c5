/* SPDX-License-Identifier: MIT */
/* What this build has to offer, as JSON. */
#ifndef BENCH_FAMILIES_IMPLEMENTATIONS_JSON_H
#define BENCH_FAMILIES_IMPLEMENTATIONS_JSON_H

#include <jansson.h>

/* {"implementations": [...], "workloads": [...]}, a new reference; NULL: no memory. */
json_t *implementations_json(void);

#endif
