/* SPDX-License-Identifier: MIT */
#include "bench/families/families.h"

#include <stdio.h>
#include <string.h>

#include "bench/families/registry.h"

const struct bench_family *family_find(const char *name)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (!strcmp(families[i]->family->name, name))
			return families[i];
	}
	return NULL;
}

const struct bench_family *family_of(const struct instance *instance)
{
	return family_find(instance->family->name);
}

size_t family_state_bytes(const struct instance *instance, const struct state_part *part)
{
	return *(const size_t *)((const char *)instance->ops + part->offset);
}

bool family_matches(const struct bench_family *family, const char *pattern)
{
	for (size_t i = 0; family->instances[i]; i++) {
		if (instance_matches(family->instances[i], pattern))
			return true;
	}
	return false;
}

int family_check_patterns(
    const struct bench_family *family, char *const *patterns, size_t nr, struct error *err)
{
	for (size_t i = 0; i < nr; i++) {
		if (!family_matches(family, patterns[i]))
			return error_set(err,
			    "--impl=%s: no such implementation; 'ownbench list' shows them",
			    patterns[i]);
	}
	return 0;
}

int family_option(void *field, const char *name, struct error *err)
{
	const struct bench_family **family = field;
	char all[128] = "";

	*family = family_find(name);
	if (*family)
		return 0;
	for (size_t i = 0; i < nr_families; i++) {
		size_t used = strlen(all);

		snprintf(all + used, sizeof(all) - used, "%s%s", i ? ", " : "",
		    families[i]->family->name);
	}
	return error_set(err, "--family=%s: must be one of %s", name, all);
}
