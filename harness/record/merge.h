/* SPDX-License-Identifier: MIT */
/*
 * Sweeps of several machines as one. A run's identity names its machine, so that runs of different
 * machines are never at the same point.
 */
#ifndef HARNESS_RECORD_MERGE_H
#define HARNESS_RECORD_MERGE_H

#include <jansson.h>
#include <stddef.h>

#include "harness/files/file.h"

struct merge_source {
	const char *name; /* of the machine */
	const char *dir;  /* its sweep */
};

/*
 * Makes the directory `out`, whole or not at all: sweep.json with the settings of each machine
 * under "machines", environment.json likewise, benchmark.json and runs.jsonl of all, and
 * machines/NAME with the files of each sweep as they were. Refused: two machines of one name, a
 * sweep or a run that is there twice, what is no sweep or is merged already, and an `out` that is
 * there. The error is set unless MERGED.
 */
enum merge_result {
	MERGED,
	MERGE_REFUSED,   /* for what the sources are */
	MERGE_UNWRITTEN, /* `out` is there, or cannot be made */
};
enum merge_result merge_sweeps(
    const char *out, const struct merge_source *sources, size_t nr, struct error *err);

/* {NAME: environment, ..} of a merged sweep, in the order of the command line; a new reference, or
 * NULL: `dir` is none. */
json_t *merge_machines(const char *dir);

/* The sweep of one machine of a merged one. */
struct file_path merge_machine_dir(const char *dir, const char *name);

#endif
