/* SPDX-License-Identifier: MIT */
/*
 * Generates all programs up to a size. A program is a script as a scenario has it, made of the
 * words that its family generates (struct generated_words).
 *
 * If programs differ only in the names of threads, users and devices, only one is generated. An
 * implementation that includes nearby.h can tell devices that are near each other from others, so
 * for it a renaming keeps pairs of near devices together.
 */
#ifndef EXPLORE_GENERATE_H
#define EXPLORE_GENERATE_H

#include "harness/explore/family.h"

/* One thread alone is what the walk checks. A step is one operation of the thread, or two. */
enum { MIN_GENERATED = 2, MAX_GENERATED = MAX_OPS, BOUNDS_TEXT = 4 * MAX_THREADS };

/* The size of the generated programs, by their number of threads: the most steps of each of these
 * threads. 0: there are no programs of that many threads. */
struct program_bounds {
	uint8_t steps[MAX_THREADS + 1];
};

/* Adds bounds such as "2x3": two threads of three steps. Returns false if the text has another
 * form, or is out of range. */
bool program_bounds_add(struct program_bounds *bounds, const char *text);

/* Writes bounds such as "2x3,3x2", or "-" if there are none. Returns `text`. */
const char *program_bounds_text(const struct program_bounds *bounds, char text[BOUNDS_TEXT]);

/* Called for each program. Generation ends if it returns false. */
typedef bool program_visitor(void *arg, const struct script *script);

/* Generates the programs in the order of their size, which is their number of threads times the
 * number of steps of the longest one, then of their number of threads, then of all their steps.
 * Returns false if the visitor ended it. */
bool generate_programs(const struct explored *impl, const struct program_bounds *bounds,
    program_visitor *visit, void *arg);

#endif
