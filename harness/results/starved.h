/* SPDX-License-Identifier: MIT */
/* What threads had of their CPUs while a sweep ran: less than all of them where others ran there.
 */
#ifndef HARNESS_RESULTS_STARVED_H
#define HARNESS_RESULTS_STARVED_H

#include <stdbool.h>

#include "harness/results/sweep.h"

struct starved {
	double percent;  /* of a CPU that a thread had, mean over the repetitions looked at */
	bool of_ceiling; /* those of the ceiling alone, which never waits by itself */
	bool matters;
};

/*
 * Looks at runs that passed and had a CPU for each thread; `cpus` are those of the machine, 0:
 * unknown, then at all. False: there is none that tells.
 */
bool starved_find(const struct sweep *sweep, unsigned int cpus, struct starved *starved);

/* "threads had 8% of a CPU, others the rest"; at most 128 letters. */
void starved_describe(const struct starved *starved, char *text, size_t size);

#endif
