/* SPDX-License-Identifier: MIT */
/* What this build has to offer, as JSON. */
#ifndef BENCH_FAMILIES_CATALOGUE_H
#define BENCH_FAMILIES_CATALOGUE_H

#include <jansson.h>

/* {"implementations": [...], "workloads": [...]}, a new reference; NULL: no memory. */
json_t *catalogue_json(void);

#endif
