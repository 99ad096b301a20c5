/* SPDX-License-Identifier: MIT */
/* A claim whose answer depends on the size of a group, beside the sizes that real groups have: as
 * it is kept in claims.json ("curve"), and drawn. */
#ifndef HARNESS_REPORT_CLAIM_CURVE_H
#define HARNESS_REPORT_CLAIM_CURVE_H

#include <jansson.h>
#include <stddef.h>

enum { CLAIM_CURVE_SIZES = 16, CLAIM_CURVE_REAL = 32 };

/* How many times what it is compared with takes, and the 95% interval; on a disturbed machine any
 * of them may be no positive number: unknown. */
struct claim_ratio {
	double value, low, high;
};

/* Fixed in size, and without pointers: it lives in memory that processes share. */
struct claim_curve {
	double limit;    /* of the ratio, where the claim turns */
	size_t boundary; /* devices of the smallest group from which on it does; 0: of none */
	size_t nr;       /* of sizes; 0: the claim has no curve */
	size_t devices[CLAIM_CURVE_SIZES]; /* ascending */
	struct claim_ratio warm[CLAIM_CURVE_SIZES];
	struct claim_ratio cold[CLAIM_CURVE_SIZES];
	struct {
		size_t devices, groups;
	} real[CLAIM_CURVE_REAL]; /* ascending */
	size_t nr_real;
	size_t nr_machines; /* that the real groups are of */
};

/* A new reference. */
json_t *claim_curve_json(const struct claim_curve *curve);

#endif
