/* SPDX-License-Identifier: MIT */
/* Short descriptions of a machine, from its environment.json. */
#ifndef HARNESS_REPORT_MACHINE_H
#define HARNESS_REPORT_MACHINE_H

#include <jansson.h>

/* Returns "2 virtual CPUs, Intel Xeon", or "an unknown machine" if `environment` is NULL or lacks
 * the data. The caller frees it. */
char *machine_name(const json_t *environment);

/* Returns "2 virtual CPUs", or "an unknown machine". The caller frees it. */
char *machine_cpus(const json_t *environment);

/* Returns the number of CPUs that the sweep's process was allowed to use, or 0 if unknown. */
unsigned int machine_nr_cpus(const json_t *environment);

#endif
