/* SPDX-License-Identifier: MIT */
/* One sweep of a report: its measurements, and the other files in its directory. */
#ifndef HARNESS_REPORT_REPORT_SWEEP_H
#define HARNESS_REPORT_REPORT_SWEEP_H

#include <jansson.h>

#include "harness/record/sweep.h"
#include "harness/report/family.h"
#include "harness/report/point.h"

struct report_sweep {
	char *dir;
	char *label;          /* the machine's name in a merged sweep, else NULL */
	unsigned int machine; /* number of the machine, from 1, in the order of the command line */
	char *machine_name;   /* "2 virtual CPUs, Intel Xeon", or "LABEL: 2 virtual CPUs, .." */
	char *cpus;           /* what machine_cpus() returns: "2 virtual CPUs" */
	unsigned int nr_cpus; /* number of CPUs that the process could use; 0: unknown */
	char *command;        /* command line of the sweep; NULL: unknown */
	const struct family_text *family;
	const json_t *implementations; /* what `ownbench list --json` prints; borrowed */
	struct sweep sweep;
	struct points points;
	/* verify.json, claims.json and cost.json; NULL if the file does not exist. */
	json_t *verify;
	json_t *claims;
	json_t *cost;
};

/* Returns the entry for an implementation of the sweep's family: from `implementations`, or from
 * sweep.json if this program does not contain the implementation. Returns NULL if neither has
 * it. */
const json_t *report_sweep_entry(const struct report_sweep *sweep, const char *implementation);

#endif
