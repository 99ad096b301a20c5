/* SPDX-License-Identifier: MIT */
/*
 * Sweeps of several machines as one. A run of the machine NAME has "/machine:NAME" behind its name,
 * so that whatever holds points against each other keeps the machines apart.
 */
#ifndef HARNESS_RESULTS_MERGE_H
#define HARNESS_RESULTS_MERGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"

struct merge_source {
	const char *name; /* of the machine */
	const char *dir;  /* its sweep */
};

/* Letters, digits, '.', '_' and '-', and no '.' in front: it goes into runs' and files' names. */
bool merge_name_is_valid(const char *name);

/*
 * Makes the directory `out`, whole or not at all: benchmark.json and runs.jsonl of all machines,
 * environment.json with that of each under "machines", and machines/NAME with the files of each
 * sweep as they were. Refused: two machines of one name, the same sweep or run twice, what is no
 * sweep or is merged already, and an `out` that is there. The error is set unless MERGED.
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

/* The sweep of one machine of a merged one; to be freed. */
char *merge_machine_dir(const char *dir, const char *name);

#endif
