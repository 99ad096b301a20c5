/* SPDX-License-Identifier: MIT */
/* What a report says of each family of designs, and which of its metrics the tables show. */
#ifndef HARNESS_REPORT_FAMILY_H
#define HARNESS_REPORT_FAMILY_H

#include <jansson.h>
#include <stdbool.h>

/* One more column of a table. */
struct family_column {
	const char *metric;
	const char *heading;
};

struct family_class {
	const char *class;
	const char *meaning;
	bool ranked;
};

struct family_text {
	const char *name; /* as `ownbench list --json` has it */
	const char *title;
	const char *question;
	const char *baseline;                /* its designs are compared with it */
	const char *headline;                /* the workload that answers the question */
	const char *columns_note;            /* what the columns mean */
	const struct family_class *classes;  /* best first; up to a NULL */
	const struct family_column *columns; /* up to a NULL */
	const char *const *operations;       /* whose latencies are shown; up to a NULL */
};

/* Each in the folder of its family. */
extern const struct family_text ownership_text, lifetime_text, configure_text;

/* Ownership first; up to a NULL. */
extern const struct family_text *const family_texts[];

/* Columns that all families have; up to a NULL. */
extern const struct family_column family_common_columns[];

/* NULL: none of that name. */
const struct family_text *family_text_find(const char *name);

/* "exact, cautious or leaky" */
json_t *family_ranked_words(const struct family_text *family);

#endif
