/* SPDX-License-Identifier: MIT */
#include "bench/catalogue.h"

#include "bench/registry.h"
#include "bench/workloads/workload.h"
#include "harness/model/model.h"

static json_t *impl_json(const struct instance *instance)
{
	const struct impl_ops *impl = instance->impl;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:I, s:I}", "name",
	    instance->name, "summary", impl->summary, "source", impl->source, "file",
	    instance->file, "class", impl_class_name(impl->class), "progress",
	    impl_progress_name(impl->progress), "negative_control", instance_is_control(instance),
	    "group_state_bytes", (json_int_t)impl->group_size, "device_state_bytes",
	    (json_int_t)impl->device_size, "group_bytes", (json_int_t)model_group_bytes(impl),
	    "device_bytes", (json_int_t)model_device_bytes(impl));
}

static json_t *workload_json(const struct workload *workload)
{
	return json_pack("{s:s, s:s, s:s, s:s}", "name", workload->name, "summary",
	    workload->summary, "unit", workload->unit, "path",
	    workload->path == BUS_PATH_OPS ? "ops" : "probe");
}

json_t *catalogue_json(void)
{
	json_t *impls = json_array();
	json_t *work = json_array();

	for (size_t i = 0; i < nr_instances; i++)
		json_array_append_new(impls, impl_json(instances[i]));
	for (size_t i = 0; i < nr_workloads; i++)
		json_array_append_new(work, workload_json(&workloads[i]));
	return json_pack("{s:o, s:o}", "implementations", impls, "workloads", work);
}
