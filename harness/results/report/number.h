/* SPDX-License-Identifier: MIT */
/* Figures as a reader wants them: three digits and the unit. "-" where there is none. */
#ifndef HARNESS_RESULTS_REPORT_NUMBER_H
#define HARNESS_RESULTS_REPORT_NUMBER_H

#include "harness/results/stats.h"

struct text {
	char s[160];
};

/* All its digits, for a script to sort by: of what is no number nothing. */
struct text number_exact(double value);

/* "39.4 M": the caller adds what it is of, as in "pairs/s". */
struct text number_si(double value);

/* Three digits: "0.0123", "12.3", "4560", "1.00e-06". */
struct text number_plain(double value);

/* "63 times" is "63.0×". */
struct text number_ratio(double ratio);

/* "64.1 to 70.2×"; "no interval" of fewer than two repetitions, and "64.1×
 * at least" where it has no end. */
struct text number_ratio_interval(struct interval interval);

/* A round figure without the zeros behind its point: "1.00 G" is "1 G". */
struct text number_tick(struct text text);

/* From nanoseconds: "12.3 ns", "4.56 µs", ... */
struct text number_time(double ns);

#endif
