/* SPDX-License-Identifier: MIT */
#include "harness/results/stolen.h"

#include <math.h>

static const double PERCENT_MAX = 1;

double stolen_percent(const struct sweep *sweep)
{
	double sum = 0;
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const json_t *repetition;
		size_t r;

		json_array_foreach (sweep->points[i].repetitions, r, repetition) {
			const json_t *percent = json_object_get(repetition, "steal_percent");

			if (json_is_number(percent)) {
				sum += json_number_value(percent);
				nr++;
			}
		}
	}
	return nr ? sum / (double)nr : NAN;
}

bool stolen_matters(double percent)
{
	return percent > PERCENT_MAX;
}
