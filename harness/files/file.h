/* SPDX-License-Identifier: MIT */
/* Files that are there whole or not at all. */
#ifndef HARNESS_FILES_FILE_H
#define HARNESS_FILES_FILE_H

#include <limits.h>
#include <stddef.h>

#include "harness/error.h"

/*
 * Replaces `path` by `size` bytes: written beside it, synced, renamed. What was there before stays
 * on failure. A device or pipe is written to directly. 0, or -1 with the error set.
 */
int file_write_whole(const char *path, const char *data, size_t size, struct error *err);

/* The file's bytes with a NUL behind them, to be freed; NULL with the error set. */
char *file_read_whole(const char *path, size_t *size, struct error *err);

/* As file_read_whole(), of an open file that is called `path` in the error; its lock stays. */
char *file_read_open(int fd, const char *path, size_t *size, struct error *err);

/* DIR/NAME */
struct file_path {
	char s[PATH_MAX];
} file_path(const char *dir, const char *name);

/* "PREFIX-20261120-222240", by the local time: the default name of a directory of results. */
struct file_path file_dated_name(const char *prefix);

#endif
