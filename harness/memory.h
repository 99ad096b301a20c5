/* SPDX-License-Identifier: MIT */
/* Small allocations that never fail: the program aborts when memory is short. Callers free what
 * these functions return. Do not use them for large buffers, whose callers must handle the error.
 */
#ifndef HARNESS_MEMORY_H
#define HARNESS_MEMORY_H

#include <stddef.h>
#include <stdio.h>

/* Returns `nr` zeroed elements of `size` bytes. */
void *allocate(size_t nr, size_t size);

/* Resizes the array to `nr` elements; new elements are not initialized. */
void *reallocate(void *array, size_t nr, size_t size);

/* Returns a copy of the string, or NULL if `text` is NULL. */
char *copy_text(const char *text);

char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Returns a stream that writes into memory. When it is closed, *text is the string and *size its
 * length. */
FILE *text_stream(char **text, size_t *size);

#endif
