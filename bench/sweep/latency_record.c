/* SPDX-License-Identifier: MIT */
#include "bench/sweep/latency_record.h"

#include <stdio.h>

static const struct {
	const char *name;
	double q;
} percentiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p999", 0.999}};

enum { NR_PERCENTILES = sizeof(percentiles) / sizeof(percentiles[0]) };

static void set_figure(json_t *figures, const char *op, const char *what, double ns)
{
	char name[64];

	snprintf(name, sizeof(name), "%s_%s_ns", op, what);
	json_object_set_new(figures, name, json_real(ns));
}

void latencies_report(json_t *figures, const struct latency *latency)
{
	for (int op = 0; op < LATENCY_OPS; op++) {
		const struct histogram *h = &latency->ops[op];
		const char *name = latency_op_name((enum latency_op)op);

		if (!h->count)
			continue;
		for (int i = 0; i < NR_PERCENTILES; i++)
			set_figure(figures, name, percentiles[i].name,
			    histogram_quantile(h, percentiles[i].q));
		set_figure(figures, name, "max", (double)h->max);
	}
	if (latency->ops[LATENCY_CLAIM_SUCCESS].count || latency->unsuccessful)
		json_object_set_new(
		    figures, "claims_unsuccessful", json_real((double)latency->unsuccessful));
}

static json_t *histogram_json(const struct histogram *h)
{
	json_t *buckets = json_array();

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		if (h->buckets[i])
			json_array_append_new(
			    buckets, json_pack("[I, I]", (json_int_t)histogram_low(i),
					 (json_int_t)h->buckets[i]));
	}
	return json_pack("{s:I, s:I, s:o}", "count", (json_int_t)h->count, "max_ns",
	    (json_int_t)h->max, "buckets", buckets);
}

json_t *latencies_json(const struct latency *latency)
{
	json_t *all = NULL;

	for (int op = 0; op < LATENCY_OPS; op++) {
		if (!latency->ops[op].count)
			continue;
		if (!all)
			all = json_pack("{s:I}", "timer_ns", (json_int_t)latency->timer_ns);
		json_object_set_new(
		    all, latency_op_name((enum latency_op)op), histogram_json(&latency->ops[op]));
	}
	return all;
}
