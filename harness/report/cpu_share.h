/* SPDX-License-Identifier: MIT */
/* Which part of a CPU the threads had while a sweep ran: others ran there for the rest. */
#ifndef HARNESS_REPORT_CPU_SHARE_H
#define HARNESS_REPORT_CPU_SHARE_H

#include <stdbool.h>

#include "harness/record/sweep.h"
#include "harness/report/number.h"

struct cpu_share {
	double percent;  /* mean over the repetitions that were looked at; NAN: none was */
	bool of_ceiling; /* of the ceiling alone, which never waits by itself */
	bool matters;    /* it is so small that figures do not hold */
};

/* Of runs that passed and had a CPU for each thread; `cpus` of the machine, 0: unknown, then of
 * all. */
struct cpu_share cpu_share_of(const struct sweep *sweep, unsigned int cpus);

/* "threads had 8% of a CPU, others the rest" */
struct text cpu_share_words(const struct cpu_share *share);

#endif
