/* SPDX-License-Identifier: MIT */
/* How often which time was seen, in nanoseconds: exact below 64 ns, within 1/32 above, as in an HDR
 * histogram. Fixed memory, no allocation, one increment for each time. */
#ifndef HARNESS_MEASURE_HISTOGRAM_H
#define HARNESS_MEASURE_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/* Each power of two has this many buckets; the last ends at 2^HISTOGRAM_BITS ns, two minutes. */
enum {
	HISTOGRAM_SUB_BITS = 5,
	HISTOGRAM_EXACT = 2 << HISTOGRAM_SUB_BITS, /* below, a bucket is a nanosecond */
	HISTOGRAM_BITS = 37,
	HISTOGRAM_BUCKETS = (HISTOGRAM_BITS - HISTOGRAM_SUB_BITS + 1) << HISTOGRAM_SUB_BITS,
};

struct histogram {
	uint64_t count;
	uint64_t max; /* exact */
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

/* The least time that falls into the bucket. */
uint64_t histogram_low(size_t bucket);

void histogram_merge(struct histogram *into, const struct histogram *from);

/* The time that a share q (0 to 1) of all is at or below: the middle of its bucket, at most the
 * maximum; NAN of none. */
double histogram_quantile(const struct histogram *h, double q);

#endif
