/* SPDX-License-Identifier: MIT */
/* A machine in a few words, from its environment.json. */
#ifndef HARNESS_REPORT_MACHINE_H
#define HARNESS_REPORT_MACHINE_H

#include <jansson.h>

/* "2 virtual CPUs, Intel Xeon"; "an unknown machine" where `environment` (or NULL) does not say. To
 * be freed. */
char *machine_name(const json_t *environment);

/* "2 virtual CPUs": what figures were measured on. To be freed. */
char *machine_cpus(const json_t *environment);

/* CPUs that it could use; 0: unknown. */
unsigned int machine_nr_cpus(const json_t *environment);

#endif
