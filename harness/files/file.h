/* SPDX-License-Identifier: MIT */
/* Reads whole files and writes them atomically. */
#ifndef HARNESS_FILES_FILE_H
#define HARNESS_FILES_FILE_H

#include <limits.h>
#include <stddef.h>

#include "harness/error.h"

/*
 * Replaces the content of `path` atomically: writes a temporary file in the same directory, syncs
 * and renames it. On failure the old content stays. A device or pipe is written to directly.
 * Returns 0, or -1 with the error set.
 */
int file_write_whole(const char *path, const char *data, size_t size, struct error *err);

/* Returns the file's bytes and a terminating NUL, which *size does not count; or NULL with the
 * error set. The caller frees them. */
char *file_read_whole(const char *path, size_t *size, struct error *err);

/* Like file_read_whole(), but reads from an open file, from its start. `path` is used only in error
 * messages. No file is opened or closed, so a POSIX lock of this process on the file stays. */
char *file_read_open(int fd, const char *path, size_t *size, struct error *err);

/* Returns "DIR/NAME". */
struct file_path {
	char s[PATH_MAX];
} file_path(const char *dir, const char *name);

/* Returns "PREFIX-20261120-222240" with the current local time: the default name of a results
 * directory. */
struct file_path file_dated_name(const char *prefix);

#endif
