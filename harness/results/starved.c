/* SPDX-License-Identifier: MIT */
#include "harness/results/starved.h"

#include <stdio.h>

/* Below it something else ran there. Designs that wait for each other have half a CPU and less of
 * their own accord: without the ceiling only what is far below tells. */
static const double CEILING_MIN = 90, OTHERS_MIN = 50;

struct sum {
	double percent;
	size_t nr;
};

/* Of one repetition: what it used of the time of its threads. Rounds do not tell it. */
static void add(struct sum *sum, const json_t *repetition, unsigned int threads)
{
	const double used = json_number_value(json_object_get(repetition, "cpu_time"));
	const double time = json_number_value(json_object_get(repetition, "real_time"));

	if (!(used > 0) || !(time > 0))
		return;
	sum->percent += 100 * used / time / threads;
	sum->nr++;
}

static struct sum add_all(const struct sweep *sweep, unsigned int cpus, bool ceiling)
{
	struct sum sum = {0};

	for (size_t i = 0; i < sweep->nr_points; i++) {
		const struct sweep_point *point = &sweep->points[i];
		const json_t *repetition;
		size_t r;

		if ((ceiling && !sweep_is_ceiling(point)) || point->failure ||
		    (cpus && point->threads > cpus))
			continue;
		json_array_foreach (point->repetitions, r, repetition)
			add(&sum, repetition, point->threads);
	}
	return sum;
}

bool starved_find(const struct sweep *sweep, unsigned int cpus, struct starved *starved)
{
	struct sum sum = add_all(sweep, cpus, true);

	*starved = (struct starved){.of_ceiling = sum.nr > 0};
	if (!sum.nr)
		sum = add_all(sweep, cpus, false);
	if (!sum.nr)
		return false;
	starved->percent = sum.percent / (double)sum.nr;
	starved->matters = starved->percent < (starved->of_ceiling ? CEILING_MIN : OTHERS_MIN);
	return true;
}

void starved_describe(const struct starved *starved, char *text, size_t size)
{
	snprintf(text, size, "threads had %.0f%% of a CPU, others the rest%s", starved->percent,
	    starved->of_ceiling ? "" : ", or the designs wait for long");
}
