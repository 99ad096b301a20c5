/* SPDX-License-Identifier: MIT */
/* Memory that is small beside what was read or measured before: without it the program ends. */
#ifndef HARNESS_MEMORY_H
#define HARNESS_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* Zeroed; never NULL. */
void *allocate(size_t nr, size_t size);

/* The array with room for `nr` entries. */
void *reallocate(void *array, size_t nr, size_t size);

/* NULL for NULL. */
char *copy_text(const char *text);

char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A stream into *text, which is there, to be freed, once it is closed. */
FILE *text_stream(char **text, size_t *size);

#endif
