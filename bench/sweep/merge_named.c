/* SPDX-License-Identifier: MIT */
#include "bench/sweep/merge_named.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"

/* Returns the NAME of "NAME=DIR", for the caller to free, or NULL if there is none. A '=' after a
 * '/' belongs to the path. */
static char *given_name(const char *argument)
{
	const size_t len = strcspn(argument, "=/");

	return argument[len] == '=' ? strndup(argument, len) : NULL;
}

/* Returns the last component of the path, for the caller to free. The path is resolved first, for
 * paths such as "." and "sweep/". */
static char *last_part(const char *dir)
{
	char path[PATH_MAX];
	const char *full = realpath(dir, path) ? path : dir;
	const char *slash = strrchr(full, '/');

	return strdup(slash ? slash + 1 : full);
}

enum merge_result merge_named_sweeps(
    const char *out, char *const *arguments, size_t nr, struct error *err)
{
	struct merge_source *sources = allocate(nr, sizeof(*sources));
	char **names = allocate(nr, sizeof(*names));
	enum merge_result result;

	for (size_t i = 0; i < nr; i++) {
		names[i] = given_name(arguments[i]);
		sources[i].dir = names[i] ? strchr(arguments[i], '=') + 1 : arguments[i];
		if (!names[i])
			names[i] = last_part(arguments[i]);
		if (!names[i])
			abort(); /* out of memory */
		sources[i].name = names[i];
	}
	result = merge_sweeps(out, sources, nr, err);
	for (size_t i = 0; i < nr; i++)
		free(names[i]);
	free(names);
	free(sources);
	return result;
}
