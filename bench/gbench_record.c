/* SPDX-License-Identifier: MIT */
#include "bench/gbench_record.h"

static double number(const json_t *metrics, const char *key)
{
	return json_number_value(json_object_get(metrics, key));
}

void gbench_record(struct gbench_state *state, const json_t *record)
{
	const json_t *id = json_object_get(record, "run");
	const char *failure = json_string_value(json_object_get(record, "failure"));
	json_t *metrics = json_object_get(record, "metrics");
	const double rate = number(metrics, "items_per_second");
	const double cpus = number(metrics, "cpu_percent") / 100 * number(id, "threads");
	const char *name;
	json_t *value;

	if (failure) {
		gbench_fail(state, failure);
		return;
	}
	gbench_set_time(state, rate > 0 ? 1 / rate : number(metrics, "window_seconds"),
	    rate > 0 ? cpus / rate : 0);
	gbench_set_label(state, json_string_value(json_object_get(record, "unit")));
	json_object_foreach (metrics, name, value)
		gbench_set_counter(state, name, json_number_value(value));
	gbench_set_counter(state, "at_seconds", number(record, "at_seconds"));
}
