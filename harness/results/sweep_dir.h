/* SPDX-License-Identifier: MIT */
/* The directory of a sweep: see results/README.md for what is in it. */
#ifndef HARNESS_RESULTS_SWEEP_DIR_H
#define HARNESS_RESULTS_SWEEP_DIR_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"

struct sweep_dir {
	char *path;
	int journal; /* runs.jsonl */
};

/*
 * Makes the directory and writes what is known before the first run. One that holds a sweep already
 * is an error: nothing measured is overwritten. While it is open, no other process can open it, or
 * go on with it. 0, or -1 with the error set.
 */
int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *environment, int argc,
    char *const *argv, struct error *err);

/*
 * Opens the directory of a sweep that was interrupted, to go on. *runs: the lines of its journal, a
 * new reference. A last line that was not written whole is taken out of the journal, and *torn says
 * so: that repetition is measured again. The error is set unless SWEEP_DIR_OPEN.
 */
enum sweep_dir_opened {
	SWEEP_DIR_OPEN,
	SWEEP_DIR_MALFORMED,  /* a whole line of the journal is not JSON */
	SWEEP_DIR_UNWRITABLE, /* or another process is at work on it */
};
enum sweep_dir_opened sweep_dir_reopen(
    struct sweep_dir *dir, const char *path, json_t **runs, bool *torn, struct error *err);

/* What sweep_dir_create() wrote: the arguments, as an array, and the environment. New references,
 * or NULL with the error set. */
json_t *sweep_dir_arguments(const char *path, struct error *err);
json_t *sweep_dir_environment(const char *path, struct error *err);

/* One repetition of one run, as a line of runs.jsonl that survives whatever comes later. */
int sweep_dir_append(struct sweep_dir *dir, const json_t *run, struct error *err);

/* A file of any text beside the results. */
int sweep_dir_write(const struct sweep_dir *dir, const char *name, const char *text, size_t size,
    struct error *err);

/* All of the sweep so far in Google Benchmark's format, replacing what was there. */
int sweep_dir_save(const struct sweep_dir *dir, const char *json, size_t size, struct error *err);

/* Another file of it, replacing what was there. */
int sweep_dir_put(
    const struct sweep_dir *dir, const char *name, const json_t *json, struct error *err);

void sweep_dir_close(struct sweep_dir *dir);

#endif
