/* SPDX-License-Identifier: MIT */
#include "harness/measure/histogram.h"

#include <math.h>

uint64_t histogram_low(size_t bucket)
{
	unsigned int shift;

	if (bucket < HISTOGRAM_EXACT)
		return bucket;
	shift = (unsigned int)(bucket >> HISTOGRAM_SUB_BITS) - 1;
	return (uint64_t)(bucket - ((size_t)shift << HISTOGRAM_SUB_BITS)) << shift;
}

void histogram_merge(struct histogram *into, const struct histogram *from)
{
	into->count += from->count;
	into->max = from->max > into->max ? from->max : into->max;
	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++)
		into->buckets[i] += from->buckets[i];
}

static double bucket_middle(size_t bucket)
{
	return ((double)histogram_low(bucket) + (double)histogram_low(bucket + 1) - 1) / 2;
}

double histogram_quantile(const struct histogram *h, double q)
{
	const uint64_t wanted = (uint64_t)fmax(1, ceil(q * (double)h->count));
	uint64_t seen = 0;

	for (size_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
		seen += h->buckets[i];
		if (seen >= wanted)
			return fmin(bucket_middle(i), (double)h->max);
	}
	return NAN;
}
