/* SPDX-License-Identifier: MIT */
#include "harness/report/latency_curve.h"

#include <math.h>
#include <stdio.h>

#include "harness/measure/histogram.h"

/* Steps of a curve: a picture shows no more. */
enum { CURVE_STEPS = 40 };

static const json_t *histogram_json(const struct sweep_round *round, const char *operation)
{
	return json_object_get(json_object_get(round->record, "latency"), operation);
}

bool latency_is_timed(const struct sweep_run *run, const char *operation)
{
	for (size_t i = 0; i < run->nr_rounds; i++) {
		if (histogram_json(&run->rounds[i], operation))
			return true;
	}
	return false;
}

/* Adds {"count", "max_ns", "buckets": [[from_ns, count], ..]}. Returns NULL, or what is wrong. */
static const char *add_histogram(struct histogram *h, const json_t *json)
{
	const json_t *buckets = json_object_get(json, "buckets");
	const json_int_t max = json_integer_value(json_object_get(json, "max_ns"));
	const json_t *bucket;
	size_t i;

	if (!json_is_array(buckets) || max < 0)
		return "a histogram without \"buckets\", or with a \"max_ns\" below 0";
	json_array_foreach (buckets, i, bucket) {
		const json_int_t from = json_integer_value(json_array_get(bucket, 0));
		const json_int_t count = json_integer_value(json_array_get(bucket, 1));

		if (!json_is_array(bucket) || from < 0 || count < 1 || count > UINT32_MAX)
			return "a bucket that is not [from_ns, count]";
		h->buckets[histogram_bucket((uint64_t)from)] += (uint32_t)count;
		h->count += (uint64_t)count;
	}
	h->max = (uint64_t)max > h->max ? (uint64_t)max : h->max;
	return NULL;
}

static const char *add_rounds(
    struct histogram *h, const struct sweep_run *run, const char *operation)
{
	for (size_t i = 0; i < run->nr_rounds; i++) {
		const json_t *json = histogram_json(&run->rounds[i], operation);
		const char *wrong = json ? add_histogram(h, json) : NULL;

		if (wrong)
			return wrong;
	}
	return NULL;
}

/* Rounded to four digits, which is more than a picture shows; the maximum is exact. */
static json_t *step_json(double beyond, double ns)
{
	char text[64];

	snprintf(text, sizeof(text), "[%.4g,%.4g]", beyond, ns);
	return json_loads(text, 0, NULL);
}

/* Steps that are equally far apart on the axis. */
static json_t *curve_json(const struct histogram *h)
{
	const double last = (double)h->count;
	json_t *curve = json_array();

	for (int i = 0; i < CURVE_STEPS; i++) {
		const double beyond = pow(last, (double)i / CURVE_STEPS);

		json_array_append_new(
		    curve, step_json(beyond, histogram_quantile(h, 1 - 1 / beyond)));
	}
	json_array_append_new(curve, json_pack("[f,f]", last, (double)h->max));
	return curve;
}

json_t *latency_curve_json(const struct sweep_run *run, const char *operation, struct error *err)
{
	struct histogram h = {0};
	const char *wrong = add_rounds(&h, run, operation);

	if (!wrong && !h.count)
		wrong = "a histogram without samples";
	if (!wrong)
		return curve_json(&h);
	error_set(err, "%s in the latencies of %s, %s", wrong, operation, run->id.implementation);
	return NULL;
}
