/* SPDX-License-Identifier: MIT */
/* Vector clocks with one 16-bit lane per process. A clock fits into a 128-bit vector register. */
#ifndef EXPLORE_CLOCK_H
#define EXPLORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { MAX_THREADS = 4, MAX_PROCS = 2 * MAX_THREADS };

typedef int16_t vclock __attribute__((vector_size(2 * MAX_PROCS)));

static inline vclock clock_join(vclock a, vclock b)
{
	vclock above = a > b;

	return (a & above) | (b & ~above);
}

/* Returns true if all lanes are 0: of a clock, or of a comparison of clocks. */
static inline bool clock_is_zero(vclock c)
{
	union {
		vclock lanes;
		uint64_t words[2];
	} all = {.lanes = c};

	return !(all.words[0] | all.words[1]);
}

/* Returns true if at least one lane of `a` is greater than or equal to the same lane of `b`. */
static inline bool clock_reaches(vclock a, vclock b)
{
	return !clock_is_zero(a >= b);
}

#endif
