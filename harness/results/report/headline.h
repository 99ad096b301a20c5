/* SPDX-License-Identifier: MIT */
/* What the number at the top is a ratio of. */
#ifndef HARNESS_RESULTS_REPORT_HEADLINE_H
#define HARNESS_RESULTS_REPORT_HEADLINE_H

#include "harness/results/report/report.h"

/*
 * "Of the ownership operations alone (--path=ops: no device_lock): share, 2 threads, 1 group of 8
 * devices, hold 0, gap 0. Over the whole probe and remove (--path=probe): 6.80× in flap (95%:
 * 5.81 to 12.6×).", the latter where the sweep has it with as many threads: of the same workload,
 * else of each that is so. To be freed.
 */
char *headline_words(const struct report_machine *machine, const struct set *set, const char *impl);

#endif
