/* SPDX-License-Identifier: MIT */
/* What a report says of each family of designs, and which figures of it. */
#ifndef HARNESS_RESULTS_REPORT_FAMILY_H
#define HARNESS_RESULTS_REPORT_FAMILY_H

#include "harness/results/report/number.h"
#include "harness/results/sweep.h"

/* One more figure of a run. */
struct report_column {
	const char *key; /* by which the page sorts */
	const char *heading;
	const char *counter;                              /* of benchmark.json, */
	double (*value)(const struct sweep_point *point); /* or made of several; NAN: none */
	struct text (*text)(double value);
};

struct report_meaning {
	const char *class;
	const char *text;
};

/* What is kept in memory, or the like: a picture of its own where a run has it. */
struct report_quantity {
	const char *counter;
	const char *caption;
	struct text (*text)(double value);
};

struct report_family {
	const char *name;                         /* as `ownbench list --json` has it */
	const char *title;                        /* the same, of a part of the page */
	const char *prefix;                       /* of the ids of its parts */
	const char *question;                     /* in a few words */
	const char *baseline;                     /* what its designs are compared with */
	const char *headline;                     /* the workload that answers for it */
	const char *ranked;                       /* the classes that are, in words */
	const char *runs;                         /* what its columns mean */
	const struct report_meaning *meanings;    /* of classes, best first; up to a NULL */
	const struct report_column *columns;      /* of its own, up to one without a key */
	const char *const *operations;            /* whose latencies are shown; up to a NULL */
	const struct report_quantity *quantities; /* up to one without a counter */
};

/* Ownership first; up to a NULL. */
extern const struct report_family *const report_families[];

/* What all have, of all runs. */
extern const struct report_column report_common_columns[];

/* NULL: none of that name. */
const struct report_family *report_family_find(const char *name);

/* The value of a column at a point; NAN: it has none. */
double report_column_value(const struct report_column *column, const struct sweep_point *point);

#endif
