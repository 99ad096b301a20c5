/* SPDX-License-Identifier: MIT */
/* The directory of a sweep: see results/README.md for what is in it. */
#ifndef HARNESS_RESULTS_SWEEP_DIR_H
#define HARNESS_RESULTS_SWEEP_DIR_H

#include <jansson.h>

#include "harness/error.h"

struct sweep_dir {
	char *path;
	int journal; /* runs.jsonl */
};

/*
 * Makes the directory and writes what is known before the first run. One that holds a sweep already
 * is an error: nothing measured is overwritten. 0, or -1 with the error set.
 */
int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *environment, int argc,
    char *const *argv, struct error *err);

/* One repetition of one run, as a line of runs.jsonl that survives whatever comes later. */
int sweep_dir_append(struct sweep_dir *dir, const json_t *run, struct error *err);

/* All of the sweep so far in Google Benchmark's format, replacing what was there. */
int sweep_dir_save(const struct sweep_dir *dir, const char *json, size_t size, struct error *err);

void sweep_dir_close(struct sweep_dir *dir);

#endif
