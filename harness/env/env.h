/* SPDX-License-Identifier: MIT */
/*
 * What moves results on this machine: read once per sweep, kept beside its figures, and judged.
 * Whatever cannot be read is JSON null, so that a value that is there was really seen.
 */
#ifndef HARNESS_ENV_ENV_H
#define HARNESS_ENV_ENV_H

#include <jansson.h>
#include <stdio.h>

#include "harness/env/root.h"

/* How the program was built, and with what; known to its build alone. Any may be NULL. */
struct env_build {
	const char *compiler, *flags, *build_type, *commit, *version;
	const char *id; /* the linker's: differs with whatever is in the program */
	const char *ck, *liburcu, *benchmark; /* versions of libraries whose headers do not say */
};

/* A new reference. `root` NULL is this machine, `build` NULL is unknown. NULL: out of memory. */
json_t *env_collect(const struct env_root *root, const struct env_build *build);

/*
 * A new array, empty if all is well, of {"what": what will spoil a run, "mend": what to do, as a
 * command where one helps}. Needs nothing but `env`, which may come from a file of another machine.
 */
json_t *env_warnings(const json_t *env);

/* Aligned text, one fact per line, and the warnings last. */
void env_print(FILE *out, const json_t *env);

#endif
