/* SPDX-License-Identifier: MIT */
/* The properties of this machine that affect results. They are read once per sweep, stored with its
 * results, and checked for problems. A value that cannot be read is JSON null. */
#ifndef HARNESS_ENV_ENV_H
#define HARNESS_ENV_ENV_H

#include <jansson.h>
#include <stdio.h>

#include "harness/env/root.h"

/* The build of the program. A member that is not known is NULL. */
struct env_build {
	const char *compiler, *flags, *build_type, *commit, *version;
	const char *id;                       /* the linker's build ID, a hash of the program */
	const char *ck, *liburcu, *benchmark; /* library versions that no header defines */
};

/* Reads the environment. A NULL `root` stands for this machine, a NULL `build` for an unknown
 * build. Returns a new reference, or NULL if memory is short. */
json_t *env_collect(const struct env_root *root, const struct env_build *build);

/* Returns a new array of {"what": a property that will disturb a run, "mend": how to change it, as
 * a command where possible}. The array is empty if there is no such property. `env` may be the
 * environment of another machine. */
json_t *env_warnings(const json_t *env);

/* Prints the environment as aligned text, one value per line, and then the warnings. */
void env_print(FILE *out, const json_t *env);

#endif
