/* SPDX-License-Identifier: MIT */
#include "harness/report/slices.h"

#include "harness/report/measure.h"

void slices_add(struct slices *slices, const struct sweep_run *run)
{
	for (size_t i = 0; i < run->nr_rounds; i++) {
		const json_t *json = json_object_get(run->rounds[i].record, "slices");

		slices->set_aside += json_number_value(json_object_get(json, "set_aside"));
		slices->total += json_number_value(json_object_get(json, "total"));
	}
}

json_t *slices_set_aside_json(const struct slices *slices)
{
	if (!(slices->total > 0))
		return json_null();
	return measure_of_constant(100 * slices->set_aside / slices->total, number_percent);
}
