/* SPDX-License-Identifier: MIT */
#include "bench/families/registry.h"

#include <fnmatch.h>
#include <string.h>

/* Whether some implementation is called just this. */
static bool is_name(const char *pattern)
{
	for (size_t i = 0; i < nr_instances; i++) {
		if (!strcmp(instances[i]->name, pattern))
			return true;
	}
	return false;
}

bool instance_matches(const struct instance *instance, const char *pattern)
{
	size_t len = strlen(pattern);

	if (!strcmp(pattern, "all"))
		return !instance_is_yardstick(instance);
	if (is_name(pattern))
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
	size_t len;

	if (!over)
		return false;
	len = (size_t)(over - instance->name);
	for (size_t i = 0; i < nr_instances; i++) {
		if (!strncmp(instances[i]->name, instance->name, len) && !instances[i]->name[len])
			return true;
	}
	return false;
}

bool instance_is_control(const struct instance *instance)
{
	return !strncmp(instance->name, "busted_", strlen("busted_"));
}

bool instance_is_yardstick(const struct instance *instance)
{
	return !strcmp(instance->name, "handwritten") ||
	       (instance->impl->class == CLASS_NONE && !instance_is_ceiling(instance));
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
