/* SPDX-License-Identifier: MIT */
/*
 * Generates all programs up to a size. A program is a script, like that of a scenario, made of the
 * words in the family's struct generated_words.
 *
 * Programs that differ only in the names of threads, users and devices are generated once.
 * If an implementation includes impl/nearby.h, devices 2n and 2n + 1 are neighbours and may share a
 * shard. For such an implementation, renaming keeps neighbours together.
 */
#ifndef EXPLORE_GENERATE_H
#define EXPLORE_GENERATE_H

#include "harness/explore/family.h"

/* A single thread is checked by the walk. A step consists of one operation or two. */
enum { MIN_GENERATED = 2, MAX_GENERATED = MAX_OPS, BOUNDS_TEXT = 4 * MAX_THREADS };

/* Size of the generated programs. steps[n]: maximum number of steps per thread in programs of n
 * threads; 0: no programs of n threads. */
struct program_bounds {
	uint8_t steps[MAX_THREADS + 1];
};

/* Adds bounds such as "2x3": two threads of up to three steps. Returns false if the text is
 * malformed or a number is out of range. */
bool program_bounds_add(struct program_bounds *bounds, const char *text);

/* Writes bounds such as "2x3,3x2", or "-" if there are none. Returns `text`. */
const char *program_bounds_text(const struct program_bounds *bounds, char text[BOUNDS_TEXT]);

/* Called for each program. Returns false to stop the generation. */
typedef bool program_visitor(void *arg, const struct script *script);

/* Generates programs sorted by size, then by number of threads, then by total number of steps. The
 * size is the number of threads times the number of steps of the longest thread. Returns false if
 * the visitor stopped the generation. */
bool generate_programs(const struct explored *impl, const struct program_bounds *bounds,
    program_visitor *visit, void *arg);

#endif
