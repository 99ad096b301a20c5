/* SPDX-License-Identifier: MIT */
/* A source location, with a description of the operation there. */
#ifndef HARNESS_SITE_H
#define HARNESS_SITE_H

#include <stdio.h>

struct site {
	const char *file;
	int line;
	const char *what;
};

/* Address of a static struct site for this line; valid for the lifetime of the program. */
#define SITE(text)                                                           \
	({                                                                   \
		static const struct site here_ = {__FILE__, __LINE__, text}; \
		&here_;                                                      \
	})

/* Prints "mutex_count.c:63  lock_acquire(&g->mutex);". The line's text is left out if the source
 * file cannot be read. */
void site_print(FILE *out, const struct site *site);

#endif
