/* SPDX-License-Identifier: MIT */
/* What happened during a sweep that spoils its figures. */
#ifndef HARNESS_REPORT_SWEEP_WARNINGS_H
#define HARNESS_REPORT_SWEEP_WARNINGS_H

#include "harness/record/sweep.h"

/* What the hypervisor took of the CPUs' time: the mean over all repetitions in percent; NAN:
 * unknown. */
double steal_percent_of(const struct sweep *sweep);

/* [{"what", "remedy"}, ..]; `cpus` of the machine, 0: unknown. A new reference. */
json_t *sweep_warnings(const struct sweep *sweep, unsigned int cpus);

#endif
