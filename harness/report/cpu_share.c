/* SPDX-License-Identifier: MIT */
#include "harness/report/cpu_share.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/files/json_file.h"

/* Below it something else ran there. Designs that wait for each other have half a CPU or less of
 * their own accord: without the ceiling only what is far below says something. */
static const double CEILING_MIN = 90, OTHERS_MIN = 50;

struct sum {
	double percent;
	size_t nr;
};

/* Threads that are timed in rounds have no time of their own in the record. */
static void add_repetition(struct sum *sum, const json_t *record)
{
	double used = 0, time = 0;
	const json_t *thread;
	size_t i;

	json_array_foreach (json_object_get(record, "threads"), i, thread) {
		used += json_number_value(json_object_get(thread, "cpu_ns"));
		time += member_number(thread, "end_ns") - member_number(thread, "start_ns");
	}
	if (!(used > 0) || !(time > 0))
		return;
	sum->percent += 100 * used / time;
	sum->nr++;
}

static struct sum add_all(const struct sweep *sweep, unsigned int cpus, bool ceiling)
{
	struct sum sum = {0};

	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *run = &sweep->runs[i];

		if ((ceiling && strcmp(run->id.implementation, "ceiling") != 0) || run->failure ||
		    (cpus && run->id.threads > cpus))
			continue;
		for (size_t r = 0; r < run->nr_rounds; r++)
			add_repetition(&sum, run->rounds[r].record);
	}
	return sum;
}

struct cpu_share cpu_share_of(const struct sweep *sweep, unsigned int cpus)
{
	struct sum sum = add_all(sweep, cpus, true);
	struct cpu_share share = {.of_ceiling = sum.nr > 0};

	if (!sum.nr)
		sum = add_all(sweep, cpus, false);
	share.percent = sum.nr ? sum.percent / (double)sum.nr : NAN;
	share.matters = share.percent < (share.of_ceiling ? CEILING_MIN : OTHERS_MIN);
	return share;
}

struct text cpu_share_words(const struct cpu_share *share)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "threads had %.0f%% of a CPU, others the rest%s",
	    share->percent, share->of_ceiling ? "" : ", or the designs wait for long");
	return text;
}
