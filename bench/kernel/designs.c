/* SPDX-License-Identifier: MIT */
#include "bench/kernel/designs.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/memory.h"

static bool matches(const char *name, const char *pattern)
{
	size_t len = strlen(pattern);

	return (!strncmp(name, pattern, len) && name[len] == '<') || !fnmatch(pattern, name, 0);
}

/* Marks in `chosen` the designs that match the pattern. Returns whether any design matches. */
static bool choose(const struct kernel_designs *designs, const char *pattern, bool *chosen)
{
	bool any = false;

	for (size_t i = 0; i < designs->nr; i++) {
		if (matches(designs->names[i], pattern))
			any = chosen[i] = true;
	}
	return any;
}

/* Drops the designs that match no pattern. Returns 0, or -1 with the error set. */
static int filter(struct kernel_designs *designs, const char *patterns, struct error *err)
{
	bool *chosen = allocate(designs->nr + 1, sizeof(*chosen));
	char *copy = copy_text(patterns), *rest = copy, *pattern;
	size_t kept = 0;
	int ret = 0;

	while (!ret && (pattern = strsep(&rest, ","))) {
		if (!choose(designs, pattern, chosen))
			ret = error_set(
			    err, "--impl=%s: no such design in the kernel module", pattern);
	}
	for (size_t i = 0; !ret && i < designs->nr; i++) {
		if (chosen[i])
			designs->names[kept++] = designs->names[i];
	}
	designs->nr = kept;
	free(copy);
	free(chosen);
	return ret;
}

int kernel_designs_read(struct kernel_designs *designs, const struct kernel_place *place,
    const char *patterns, struct error *err)
{
	char path[sizeof(place->module) + 16], *rest, *name;
	size_t size;

	*designs = (struct kernel_designs){0};
	snprintf(path, sizeof(path), "%s.designs", place->module);
	designs->text = file_read_whole(path, &size, err);
	if (!designs->text)
		return -1;
	designs->names = allocate(size + 1, sizeof(*designs->names));
	rest = designs->text;
	while ((name = strsep(&rest, "\n"))) {
		if (*name)
			designs->names[designs->nr++] = name;
	}
	if (!patterns || !filter(designs, patterns, err))
		return 0;
	kernel_designs_free(designs);
	return -1;
}

void kernel_designs_free(struct kernel_designs *designs)
{
	free(designs->names);
	free(designs->text);
	*designs = (struct kernel_designs){0};
}
