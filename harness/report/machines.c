/* SPDX-License-Identifier: MIT */
/* The machines of the report's sweeps, as JSON. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/env.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/parts.h"

/* Returns whether one of the first `nr` sweeps has this machine and family. */
static bool is_taken(const struct report_sweep *sweeps, size_t nr, unsigned int machine,
    const struct family_text *family)
{
	for (size_t i = 0; i < nr; i++) {
		if (sweeps[i].machine == machine && sweeps[i].family == family)
			return true;
	}
	return false;
}

static unsigned int machine_of(const struct report_sweep *sweeps, size_t i)
{
	unsigned int last = 0;

	for (size_t j = 0; j < i; j++) {
		if (!strcmp(sweeps[j].machine_name, sweeps[i].machine_name) &&
		    !is_taken(sweeps, i, sweeps[j].machine, sweeps[i].family))
			return sweeps[j].machine;
		last = sweeps[j].machine > last ? sweeps[j].machine : last;
	}
	return last + 1;
}

void number_machines(struct report_sweep *sweeps, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		sweeps[i].machine = machine_of(sweeps, i);
}

/* Returns the text that `ownbench env` prints for the environment, or null if the environment is
 * unknown. */
static json_t *environment_text(const json_t *environment)
{
	char *text = NULL;
	size_t size;
	FILE *out;
	json_t *json;

	if (!environment)
		return json_null();
	out = text_stream(&text, &size);
	env_print(out, environment);
	fclose(out);
	json = json_stringn(text, size);
	free(text);
	return json;
}

static json_t *warnings_json(const json_t *environment)
{
	json_t *list = json_array(), *warnings;
	const json_t *warning;
	size_t i;

	if (!environment)
		return list;
	warnings = env_warnings(environment);
	json_array_foreach (warnings, i, warning)
		json_array_append_new(
		    list, json_pack("{s:s, s:s}", "what", member_text(warning, "what"), "remedy",
			      member_text(warning, "mend")));
	json_decref(warnings);
	return list;
}

static json_t *machine_json(const struct report_sweep *sweep)
{
	const json_t *environment = sweep->sweep.environment;
	json_t *json = json_pack("{s:i, s:s, s:s, s:i}", "id", (int)sweep->machine, "name",
	    sweep->machine_name, "cpus", sweep->cpus, "nr_cpus", (int)sweep->nr_cpus);

	member_set(json, "environment", environment);
	json_object_set_new(json, "environment_text", environment_text(environment));
	json_object_set_new(json, "warnings", warnings_json(environment));
	return json;
}

/* Returns the first sweep of a machine, whose environment represents the machine; or NULL. */
static const struct report_sweep *first_of(
    const struct report_sweep *sweeps, size_t nr, unsigned int machine)
{
	for (size_t i = 0; i < nr; i++) {
		if (sweeps[i].machine == machine)
			return &sweeps[i];
	}
	return NULL;
}

json_t *machines_json(const struct report_sweep *sweeps, size_t nr)
{
	json_t *list = json_array();
	const struct report_sweep *first;

	for (unsigned int id = 1; (first = first_of(sweeps, nr, id)); id++)
		json_array_append_new(list, machine_json(first));
	return list;
}
