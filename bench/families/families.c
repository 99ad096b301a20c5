/* SPDX-License-Identifier: MIT */
#include "bench/families/families.h"

#include <stdio.h>
#include <string.h>

#include "bench/families/registry.h"
#include "configure/configure.h"
#include "harness/error.h"
#include "lifetime/lifetime.h"

static void ownership_sizes(const struct instance *instance, size_t bytes[FAMILY_SIZES])
{
	bytes[0] = instance->impl->group_size;
	bytes[1] = instance->impl->device_size;
}

static void lifetime_sizes(const struct instance *instance, size_t bytes[FAMILY_SIZES])
{
	const struct lifetime_ops *ops = instance->ops;

	bytes[0] = ops->provider_size;
	bytes[1] = ops->service_size;
	bytes[2] = ops->user_size;
}

static void configure_sizes(const struct instance *instance, size_t bytes[FAMILY_SIZES])
{
	const struct configure_ops *ops = instance->ops;

	bytes[0] = ops->device_size;
}

const struct bench_family families[] = {
    {&family_ownership, instances, &nr_instances, {"group", "device"}, ownership_sizes,
	&explore_ownership, explored_impls},
    {&family_lifetime, lifetime_instances, &nr_lifetime_instances, {"provider", "service", "user"},
	lifetime_sizes, &explore_lifetime, explored_lifetime},
    {&family_configure, configure_instances, &nr_configure_instances, {"device"}, configure_sizes,
	&explore_configure, explored_configure},
};
const size_t nr_families = sizeof(families) / sizeof(families[0]);

const struct bench_family *family_find(const char *name)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (!strcmp(families[i].family->name, name))
			return &families[i];
	}
	return NULL;
}

bool family_matches(const struct bench_family *family, const char *pattern)
{
	for (size_t i = 0; i < *family->nr_instances; i++) {
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
		    families[i].family->name);
	}
	return error_set(err, "--family=%s: must be one of %s", name, all);
}
