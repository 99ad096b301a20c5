/* SPDX-License-Identifier: MIT */
/* The directory of a sweep. results/README.md describes its files. */
#ifndef HARNESS_RECORD_SWEEP_DIR_H
#define HARNESS_RECORD_SWEEP_DIR_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"

/* The version of the format of all files in the directory. */
enum { SWEEP_FORMAT = 2 };

struct sweep_dir {
	char *path;
	int journal; /* runs.jsonl, locked so that no other process can resume the sweep; -1: closed
	              */
};

/* Creates the directory and writes `settings` to sweep.json, the environment to environment.json,
 * and the command line. Fails if the directory already contains a sweep, so it never overwrites
 * measurements. Returns 0, or -1 with the error set. */
int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *settings,
    const json_t *environment, struct error *err);

/*
 * Opens the directory of an interrupted sweep. Sets *torn if it removed an incomplete last line of
 * the journal, whose repetition must be measured again. Returns 0, or -1 with the error set if the
 * journal cannot be written or another process holds its lock.
 */
int sweep_dir_reopen(struct sweep_dir *dir, const char *path, bool *torn, struct error *err);

/* Returns sweep.json, a new reference. Returns NULL with the error set if it is missing, malformed
 * or of another format. In the last case the error names the version that wrote it. */
json_t *sweep_dir_settings(const char *path, struct error *err);

/* Returns environment.json, a new reference, or NULL with the error set. */
json_t *sweep_dir_environment(const char *path, struct error *err);

/* Appends one repetition as a line of runs.jsonl and syncs it, so that it survives a crash. Returns
 * 0, or -1 with the error set. */
int sweep_dir_append(struct sweep_dir *dir, const json_t *record, struct error *err);

/* Replaces a file of the directory other than runs.jsonl. Returns 0, or -1 with the error set. */
int sweep_dir_put_text(const struct sweep_dir *dir, const char *name, const char *text, size_t size,
    struct error *err);

void sweep_dir_close(struct sweep_dir *dir);

#endif
