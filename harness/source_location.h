/* SPDX-License-Identifier: MIT */
/* A location in a source file, with a description of the operation there. */
#ifndef HARNESS_SOURCE_LOCATION_H
#define HARNESS_SOURCE_LOCATION_H

#include <stdio.h>

struct source_location {
	const char *file;
	int line;
	const char *what;
};

/* Address of a static struct source_location for this line, valid for the lifetime of the
 * program. */
#define SOURCE_LOCATION(text)                                                           \
	({                                                                              \
		static const struct source_location here_ = {__FILE__, __LINE__, text}; \
		&here_;                                                                 \
	})

/* Prints the location and the source line, "mutex_count.c:63 lock_acquire(&g->mutex);". If the
 * source file cannot be read, the line is left out. */
void source_location_print(FILE *out, const struct source_location *site);

#endif
