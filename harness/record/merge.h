/* SPDX-License-Identifier: MIT */
/* Merges sweeps of several machines into one. The machine becomes part of each run's identity, so
 * that runs of different machines are never compared as runs of one point. */
#ifndef HARNESS_RECORD_MERGE_H
#define HARNESS_RECORD_MERGE_H

#include <jansson.h>
#include <stddef.h>

#include "harness/files/file.h"

struct merge_source {
	const char *name; /* name of the machine */
	const char *dir;  /* directory of its sweep */
};

/*
 * Creates the directory `out` atomically. sweep.json and environment.json have an entry for each
 * machine under "machines". benchmark.json and runs.jsonl have the entries of all machines.
 * machines/NAME has unchanged copies of one sweep's files.
 *
 * Fails if two machines have the same name, a sweep or a repetition occurs twice, a directory is
 * not a sweep or is itself merged, or `out` exists. Sets the error unless it returns MERGED.
 */
enum merge_result {
	MERGED,
	MERGE_REFUSED,   /* the sources cannot be merged */
	MERGE_UNWRITTEN, /* `out` exists or cannot be created */
};
enum merge_result merge_sweeps(
    const char *out, const struct merge_source *sources, size_t nr, struct error *err);

/* Returns the environments of a merged sweep, {NAME: environment, ..}, in the order of the machines
 * on the command line. A new reference, or NULL if `dir` is not a merged sweep. */
json_t *merge_machines(const char *dir);

/* Returns the directory of one machine's sweep within a merged sweep. */
struct file_path merge_machine_dir(const char *dir, const char *name);

#endif
