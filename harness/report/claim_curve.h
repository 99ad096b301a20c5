/* SPDX-License-Identifier: MIT */
/* The measurements for a claim that depends on the size of a group, and the sizes of real groups.
 * claims.json contains them as "curve", from which the curve is drawn. */
#ifndef HARNESS_REPORT_CLAIM_CURVE_H
#define HARNESS_REPORT_CLAIM_CURVE_H

#include <jansson.h>
#include <stddef.h>

enum { CLAIM_CURVE_SIZES = 16, CLAIM_CURVE_REAL = 32 };

/* A ratio of times with its 95% interval. On a disturbed machine a member may be NAN, 0 or
 * negative, which stands for unknown. */
struct claim_ratio {
	double value, low, high;
};

/* The structure has a fixed size and no pointers, because processes share it in memory. */
struct claim_curve {
	double limit;    /* the ratio at which the verdict changes */
	size_t boundary; /* from this size on, all groups exceed the limit; 0: none do */
	size_t nr;       /* number of sizes; 0: the claim has no curve */
	size_t devices[CLAIM_CURVE_SIZES]; /* ascending */
	struct claim_ratio warm[CLAIM_CURVE_SIZES];
	struct claim_ratio cold[CLAIM_CURVE_SIZES];
	struct {
		size_t devices, groups;
	} real[CLAIM_CURVE_REAL]; /* ascending */
	size_t nr_real;
	size_t nr_machines; /* number of machines with these real groups */
};

/* Returns the curve as a member of claims.json, a new reference. */
json_t *claim_curve_json(const struct claim_curve *curve);

#endif
