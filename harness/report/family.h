/* SPDX-License-Identifier: MIT */
/* Texts about each family of designs, and the metrics that its tables show. */
#ifndef HARNESS_REPORT_FAMILY_H
#define HARNESS_REPORT_FAMILY_H

#include <jansson.h>
#include <stdbool.h>

/* A column of a table. */
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
	const char *name; /* the value of "family" in `ownbench list --json` */
	const char *title;
	const char *question;
	const char *baseline;                /* the implementation that designs are compared with */
	const char *headline;                /* the workload that answers the question */
	const char *columns_note;            /* explanation of the columns */
	const struct family_class *classes;  /* best first, terminated by a NULL class */
	const struct family_column *columns; /* terminated by a NULL metric */
	/* The operations whose latencies are shown, terminated by NULL. */
	const char *const *operations;
};

/* The text of each family, defined in the family's own folder. */
extern const struct family_text ownership_text, lifetime_text, configure_text;

/* All families, ownership first, terminated by NULL. */
extern const struct family_text *const family_texts[];

/* The columns that all families have, terminated by a NULL metric. */
extern const struct family_column family_common_columns[];

/* Returns the family with this name, or NULL if no family has it. */
const struct family_text *family_text_find(const char *name);

/* Returns the ranked classes in words, "exact, cautious or leaky". A new reference. */
json_t *family_ranked_words(const struct family_text *family);

#endif
