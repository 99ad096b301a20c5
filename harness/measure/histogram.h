/* SPDX-License-Identifier: MIT */
/* A histogram of times in nanoseconds, similar to an HDR histogram. Times below 64 ns are exact;
 * the error of longer ones is at most 1/32. Its size is fixed, and a sample costs one increment. */
#ifndef HARNESS_MEASURE_HISTOGRAM_H
#define HARNESS_MEASURE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/* Each power of two is divided into 2^HISTOGRAM_SUB_BITS buckets. The last bucket ends at
 * 2^HISTOGRAM_BITS ns, about two minutes. Longer times are counted there, too. */
enum {
	HISTOGRAM_SUB_BITS = 5,
	HISTOGRAM_EXACT = 2 << HISTOGRAM_SUB_BITS, /* below this, a bucket is 1 ns wide */
	HISTOGRAM_BITS = 37,
	HISTOGRAM_BUCKETS = (HISTOGRAM_BITS - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS,
};

struct histogram {
	uint64_t count;
	uint64_t max; /* in nanoseconds, exact */
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

/* Returns the shortest time that falls into the bucket, in nanoseconds. */
uint64_t histogram_low(size_t bucket);

void histogram_merge(struct histogram *into, const struct histogram *from);

/* Returns the q-quantile (0 <= q <= 1) in nanoseconds: the middle of the bucket that contains it,
 * but at most the maximum. NAN if the histogram is empty. */
double histogram_quantile(const struct histogram *h, double q);

#endif
