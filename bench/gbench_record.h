/* SPDX-License-Identifier: MIT */
#ifndef BENCH_GBENCH_RECORD_H
#define BENCH_GBENCH_RECORD_H

#include <jansson.h>

#include "bench/gbench_shim.h"

/* Hands a repetition over to Google Benchmark, by its record: see results/README.md. */
void gbench_record(struct gbench_state *state, const json_t *record);

#endif
