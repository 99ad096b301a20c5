/* SPDX-License-Identifier: MIT */
#include "harness/report/machine.h"

#include <stdlib.h>

#include "harness/memory.h"

char *machine_cpus(const json_t *environment)
{
	int cpus = 0, guest = 0;

	/* The cast is needed because json_unpack() takes no const pointer. It modifies nothing. */
	if (json_unpack((json_t *)environment, "{s:{s:i}, s:{s:b}}", "cpus", "allowed", &cpus,
		"virtualization", "guest", &guest))
		return copy_text("an unknown machine");
	return format_text("%d %sCPU%s", cpus, guest ? "virtual " : "", cpus == 1 ? "" : "s");
}

char *machine_name(const json_t *environment)
{
	const char *model = "unknown model";
	char *cpus = machine_cpus(environment), *name;

	if (!json_object_get(environment, "cpus"))
		return cpus;
	json_unpack((json_t *)environment, "{s:{s:s}}", "cpu", "model_name", &model);
	name = format_text("%s, %s", cpus, model);
	free(cpus);
	return name;
}

unsigned int machine_nr_cpus(const json_t *environment)
{
	const json_t *cpus = json_object_get(environment, "cpus");
	const json_int_t allowed = json_integer_value(json_object_get(cpus, "allowed"));

	return allowed > 0 ? (unsigned int)allowed : 0;
}
