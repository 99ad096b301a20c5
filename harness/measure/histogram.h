/* SPDX-License-Identifier: MIT */
/* Histogram of times in nanoseconds: exact below 64 ns, within 1/32 above, as in an HDR histogram.
 * Fixed memory, no allocation, one increment per sample. */
#ifndef HARNESS_MEASURE_HISTOGRAM_H
#define HARNESS_MEASURE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/* Each power of two has 2^HISTOGRAM_SUB_BITS buckets. The last bucket ends at 2^HISTOGRAM_BITS ns,
 * about two minutes, and also counts all longer times. */
enum {
	HISTOGRAM_SUB_BITS = 5,
	HISTOGRAM_EXACT = 2 << HISTOGRAM_SUB_BITS, /* below this, a bucket is one nanosecond wide */
	HISTOGRAM_BITS = 37,
	HISTOGRAM_BUCKETS = (HISTOGRAM_BITS - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS,
};

struct histogram {
	uint64_t count;
	uint64_t max; /* exact, in nanoseconds */
	uint32_t buckets[HISTOGRAM_BUCKETS];
};

static inline size_t histogram_bucket(uint64_t ns)
{
	unsigned int shift;

	if (ns < HISTOGRAM_EXACT)
		return (size_t)ns;
	if (ns >> HISTOGRAM_BITS)
		return HISTOGRAM_BUCKETS - 1;
	shift = 63 - (unsigned int)__builtin_clzll(ns) - HISTOGRAM_SUB_BITS;
	return (size_t)((shift << HISTOGRAM_SUB_BITS) + (ns >> shift));
}

static inline void histogram_add(struct histogram *h, uint64_t ns)
{
	h->count++;
	h->max = ns > h->max ? ns : h->max;
	h->buckets[histogram_bucket(ns)]++;
}

/* Returns the least time, in nanoseconds, that falls into the bucket. */
uint64_t histogram_low(size_t bucket);

void histogram_merge(struct histogram *into, const struct histogram *from);

/* Returns the q-quantile (q from 0 to 1) in nanoseconds: the middle of its bucket, but at most the
 * maximum. NAN if the histogram is empty. */
double histogram_quantile(const struct histogram *h, double q);

#endif
