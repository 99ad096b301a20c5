/* SPDX-License-Identifier: MIT */
#include "bench/families/implementations_json.h"

#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/workloads/workload.h"
#include "harness/model/model.h"

#include <stdio.h>

/* "group_state_bytes" */
static const char *state_bytes(const char *sized, char key[64])
{
	snprintf(key, 64, "%s_state_bytes", sized);
	return key;
}

/* What an implementation is there for. */
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
	const struct impl_ops *impl = instance->impl;
	char key[64];

	json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "name",
	    instance->name, "family", instance->family->name, "summary", impl->summary, "source",
	    impl->source, "file", instance->file, "class", impl_class_name(impl->class), "progress",
	    impl_progress_name(impl->progress), "role", role_of(instance), "negative_control",
	    instance_is_control(instance));
	size_t bytes[FAMILY_SIZES];

	family->sizes(instance, bytes);
	for (size_t i = 0; i < FAMILY_SIZES && family->sized[i]; i++)
		json_object_set_new(
		    json, state_bytes(family->sized[i], key), json_integer((json_int_t)bytes[i]));
	if (family != &families[0])
		return json;
	json_object_set_new(json, "group_bytes", json_integer((json_int_t)model_group_bytes(impl)));
	json_object_set_new(
	    json, "device_bytes", json_integer((json_int_t)model_device_bytes(impl)));
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

	for (size_t f = 0; f < nr_families; f++) {
		for (size_t i = 0; i < *families[f].nr_instances; i++)
			json_array_append_new(
			    impls, impl_json(&families[f], families[f].instances[i]));
	}
	for (size_t i = 0; i < nr_workloads; i++)
		json_array_append_new(work, workload_json(&workloads[i]));
	return json_pack("{s:o, s:o}", "implementations", impls, "workloads", work);
}
