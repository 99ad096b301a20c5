/* SPDX-License-Identifier: MIT */
/* The properties of this machine that affect results: read once per sweep, stored with its results,
 * and checked for problems. A value that cannot be read is JSON null. */
#ifndef HARNESS_ENV_ENV_H
#define HARNESS_ENV_ENV_H

#include <jansson.h>
#include <stdio.h>

#include "harness/env/root.h"

/* The build of the program. Any member may be NULL, which stands for unknown. */
struct env_build {
	const char *compiler, *flags, *build_type, *commit, *version;
	const char *id;                       /* the linker's build ID, a hash of the program */
	const char *ck, *liburcu, *benchmark; /* libraries whose headers lack a version */
};

/* Reads the environment. `root` NULL: this machine. `build` NULL: unknown. Returns a new reference,
 * or NULL if memory is short. */
json_t *env_collect(const struct env_root *root, const struct env_build *build);

/*
 * Returns a new array of {"what": a property that will affect a run, "mend": how to change it, as a
 * command where possible}. It is empty if there is no such property. It depends only on `env`,
 * which may be another machine's.
 */
json_t *env_warnings(const json_t *env);

/* Prints the environment as aligned text, one value per line, and then the warnings. */
void env_print(FILE *out, const json_t *env);

#endif
