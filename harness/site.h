/* SPDX-License-Identifier: MIT */
/* Where in the source something is done. */
#ifndef HARNESS_SITE_H
#define HARNESS_SITE_H

#include <stdio.h>

struct site {
	const char *file;
	int line;
	const char *what;
};

/* The place itself, for as long as the program runs. */
#define SITE(text)                                                           \
	({                                                                   \
		static const struct site here_ = {__FILE__, __LINE__, text}; \
		&here_;                                                      \
	})

/* "mutex_count.c:63  lock_acquire(&g->mutex);", the line itself where the source is there. */
void site_print(FILE *out, const struct site *site);

#endif
