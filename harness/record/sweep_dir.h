/* SPDX-License-Identifier: MIT */
/* The directory of a sweep: see results/README.md for what is in it. */
#ifndef HARNESS_RECORD_SWEEP_DIR_H
#define HARNESS_RECORD_SWEEP_DIR_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"

/* Format of sweep.json, runs.jsonl and the files beside them. */
enum { SWEEP_FORMAT = 2 };

struct sweep_dir {
	char *path;
	int journal; /* runs.jsonl, locked: no other process can open or resume the sweep */
};

/*
 * Makes the directory and writes what is known before the first run: `settings` (sweep.json, see
 * results/README.md), the environment, and the command line. A directory that holds a sweep already
 * is an error: nothing measured is overwritten. Returns 0, or -1 with the error set.
 */
int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *settings,
    const json_t *environment, struct error *err);

/*
 * Opens the directory of a sweep that was interrupted. A last line of its journal that was not
 * written whole is removed and *torn set: that repetition is measured again. Returns 0, or -1 with
 * the error set if it cannot be written, or another process is at work on it.
 */
int sweep_dir_reopen(struct sweep_dir *dir, const char *path, bool *torn, struct error *err);

/* Returns sweep.json, a new reference; NULL with an error if it is not there, malformed, or of
 * another format: then the error names the version that wrote it. */
json_t *sweep_dir_settings(const char *path, struct error *err);

/* Returns environment.json, a new reference, or NULL with the error set. */
json_t *sweep_dir_environment(const char *path, struct error *err);

/* Appends one repetition as a line of runs.jsonl that survives whatever comes later. */
int sweep_dir_append(struct sweep_dir *dir, const json_t *record, struct error *err);

/* Replaces another file of the directory. */
int sweep_dir_put_text(const struct sweep_dir *dir, const char *name, const char *text, size_t size,
    struct error *err);

void sweep_dir_close(struct sweep_dir *dir);

#endif
