/* SPDX-License-Identifier: MIT */
#include "bench/families/implementations_json.h"

#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/families/workload.h"

#include <stdio.h>

/* Returns the JSON key of a state's size, such as "group_state_bytes". */
static const char *state_bytes(const char *sized, char key[64])
{
	snprintf(key, 64, "%s_state_bytes", sized);
	return key;
}

/* Returns the name of an implementation's role. */
static const char *role_of(const struct instance *instance)
{
	if (instance_is_ceiling(instance))
		return "ceiling";
	if (instance_is_yardstick(instance))
		return "yardstick";
	if (instance_is_control(instance))
		return "control";
	return instance_is_variant(instance) ? "variant" : "design";
}

static json_t *impl_json(const struct bench_family *family, const struct instance *instance)
{
	const struct impl_about *about = instance->about;
	char key[64];

	json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "name",
	    instance->name, "family", instance->family->name, "summary", about->summary, "source",
	    about->source, "file", instance->file, "class", impl_class_name(about->class),
	    "progress", impl_progress_name(about->progress), "role", role_of(instance),
	    "negative_control", instance_is_control(instance));

	for (const struct state_part *part = family->state; part->of; part++)
		json_object_set_new(json, state_bytes(part->of, key),
		    json_integer((json_int_t)family_state_bytes(instance, part)));
	if (family->describe)
		family->describe(json, instance);
	return json;
}

static json_t *workload_json(const struct workload *workload)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", workload->name, "family",
	    workload->family->name, "summary", workload->summary, "unit", workload->unit, "path",
	    workload->path == BUS_PATH_OPS ? "ops" : "probe");
}

json_t *implementations_json(void)
{
	json_t *impls = json_array();
	json_t *work = json_array();
	const struct workload *workload;

	for (size_t f = 0; f < nr_families; f++) {
		for (size_t i = 0; families[f]->instances[i]; i++)
			json_array_append_new(
			    impls, impl_json(families[f], families[f]->instances[i]));
	}
	for (size_t i = 0; (workload = workload_at(i)); i++)
		json_array_append_new(work, workload_json(workload));
	return json_pack("{s:o, s:o}", "implementations", impls, "workloads", work);
}
