/* SPDX-License-Identifier: MIT */
#include "bench/sweep/event_counts.h"

#include <math.h>
#include <stdio.h>

#include "harness/files/json_file.h"

uint64_t counts_operations(const struct tally *t)
{
	return 2 * t->pairs + t->refused + t->failed + 2 * t->claims + t->claims_refused + t->uses +
	       t->unbinds;
}

/* The count of one event, summed over all threads. */
struct total {
	double value; /* scaled to the whole window; NAN if some thread never counted the event */
	struct count raw;
};

static struct total add_up(const struct run_result *result, unsigned int nr_threads, size_t counter)
{
	struct total total = {0};

	for (unsigned int i = 0; i < nr_threads; i++) {
		const struct count *count = &result->threads[i].counts[counter];

		total.value += count_scaled(count);
		total.raw.value += count->value;
		total.raw.enabled_ns += count->enabled_ns;
		total.raw.running_ns += count->running_ns;
	}
	return total;
}

static bool has_counts(const struct counter_list *counters, const struct run_result *result)
{
	return counters && counters->nr && !result->uncounted && !result->failure[0] &&
	       counts_operations(&result->tally);
}

void counts_report(json_t *figures, const struct counter_list *counters,
    const struct run_result *result, unsigned int nr_threads)
{
	const double operations = (double)counts_operations(&result->tally);
	double multiplexed = 0;

	if (!has_counts(counters, result))
		return;
	for (size_t c = 0; c < counters->nr; c++) {
		struct total total = add_up(result, nr_threads, c);
		char name[sizeof(counters->counters[c].name) + 8];

		multiplexed = fmax(multiplexed, count_multiplexed(&total.raw));
		if (isnan(total.value))
			continue;
		snprintf(name, sizeof(name), "%s_per_op", counters->counters[c].name);
		json_object_set_new(figures, name, json_real(total.value / operations));
	}
	if (multiplexed > 0)
		json_object_set_new(figures, "multiplexed", json_real(multiplexed));
}

json_t *counts_json(
    const struct counter_list *counters, const struct run_result *result, unsigned int nr_threads)
{
	const uint64_t operations = counts_operations(&result->tally);
	json_t *list;

	if (!has_counts(counters, result))
		return NULL;
	list = json_array();
	for (size_t c = 0; c < counters->nr; c++) {
		const struct counter *counter = &counters->counters[c];
		struct total total = add_up(result, nr_threads, c);

		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:b, s:o, s:o, s:f}", "name", counter->name, "event",
			counter->event, "user_only", (int)counter->attr.exclude_kernel, "value",
			number_or_null(total.value), "per_op",
			number_or_null(total.value / (double)operations), "multiplexed",
			count_multiplexed(&total.raw)));
	}
	return json_pack("{s:I, s:o}", "operations", (json_int_t)operations, "events", list);
}

json_t *counts_thread_json(const struct counter_list *counters, const struct run_thread *thread)
{
	json_t *all;

	if (!counters || !counters->nr)
		return NULL;
	all = json_object();
	for (size_t c = 0; c < counters->nr; c++) {
		const struct count *count = &thread->counts[c];

		json_object_set_new(all, counters->counters[c].name,
		    json_pack("{s:I, s:I, s:I}", "value", (json_int_t)count->value, "enabled_ns",
			(json_int_t)count->enabled_ns, "running_ns",
			(json_int_t)count->running_ns));
	}
	return all;
}
