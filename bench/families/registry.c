/* SPDX-License-Identifier: MIT */
#include "bench/families/registry.h"

#include <fnmatch.h>
#include <string.h>

#include "bench/families/families.h"

/* Returns whether an implementation of the family has this name of `len` characters. */
static bool is_name(const struct bench_family *family, const char *name, size_t len)
{
	for (size_t i = 0; family->instances[i]; i++) {
		if (!strncmp(family->instances[i]->name, name, len) &&
		    !family->instances[i]->name[len])
			return true;
	}
	return false;
}

bool instance_matches(const struct instance *instance, const char *pattern)
{
	size_t len = strlen(pattern);

	if (!strcmp(pattern, "all"))
		return !instance_is_yardstick(instance);
	if (is_name(family_of(instance), pattern, len))
		return !strcmp(instance->name, pattern);
	if (!strncmp(instance->name, pattern, len) && instance->name[len] == '<')
		return true;
	return fnmatch(pattern, instance->name, 0) == 0;
}

bool instance_matches_any(const struct instance *instance, char *const *patterns, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (instance_matches(instance, patterns[i]))
			return true;
	}
	return false;
}

bool instance_is_variant(const struct instance *instance)
{
	const char *over = strchr(instance->name, '<');

	return over &&
	       is_name(family_of(instance), instance->name, (size_t)(over - instance->name));
}

bool instance_is_control(const struct instance *instance)
{
	return !strncmp(instance->name, "busted_", strlen("busted_"));
}

bool instance_is_yardstick(const struct instance *instance)
{
	return !strcmp(instance->name, "handwritten") ||
	       (instance->about->class == CLASS_NONE && !instance_is_ceiling(instance));
}

bool instance_is_ceiling(const struct instance *instance)
{
	return !strcmp(instance->name, "ceiling");
}

const char *impl_class_name(enum impl_class class)
{
	static const char *const names[] = {
	    [CLASS_EXACT] = "exact",
	    [CLASS_CAUTIOUS] = "cautious",
	    [CLASS_LEAKY] = "leaky",
	    [CLASS_UNSAFE] = "unsafe",
	    [CLASS_NONE] = "none",
	    [CLASS_SAFE] = "safe",
	};

	return names[class];
}

const char *impl_progress_name(enum impl_progress progress)
{
	static const char *const names[] = {
	    [PROGRESS_BLOCKING] = "blocking",
	    [PROGRESS_OBSTRUCTION_FREE] = "obstruction-free",
	    [PROGRESS_LOCK_FREE] = "lock-free",
	    [PROGRESS_WAIT_FREE] = "wait-free",
	};

	return names[progress];
}
