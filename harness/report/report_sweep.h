/* SPDX-License-Identifier: MIT */
/* One sweep of a report: its measurements, and the files beside them. */
#ifndef HARNESS_REPORT_REPORT_SWEEP_H
#define HARNESS_REPORT_REPORT_SWEEP_H

#include <jansson.h>

#include "harness/record/sweep.h"
#include "harness/report/family.h"
#include "harness/report/point.h"

struct report_sweep {
	char *dir;
	char *label;          /* of the machine in a merged sweep; NULL */
	unsigned int machine; /* its number, from 1, in the order of the command line */
	char *machine_name;   /* "2 virtual CPUs, Intel Xeon"; of a merged sweep "node1: 2 .." */
	char *cpus;           /* "2 virtual CPUs" */
	unsigned int nr_cpus; /* 0: unknown */
	char *command;        /* that made the sweep; NULL: unknown */
	const struct family_text *family;
	const json_t *implementations; /* what `ownbench list --json` prints; borrowed */
	struct sweep sweep;
	struct points points;
	/* Each NULL where there is no such file. */
	json_t *verify;
	json_t *claims;
	json_t *cost;
};

/* The implementations's entry of an implementation of the sweep's family; NULL: it has none. */
const json_t *report_sweep_entry(const struct report_sweep *sweep, const char *implementation);

#endif
