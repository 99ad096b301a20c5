/* SPDX-License-Identifier: MIT */
/* An error is one line: what was wrong, where, and what would be right. */
#ifndef HARNESS_ERROR_H
#define HARNESS_ERROR_H

struct error {
	char text[512];
};

/* Formats the text. Always returns -1, so that a function can fail with `return error_set(...)`. */
int error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Formats the text and appends ": " and strerror(errno). Always returns -1. */
int error_errno(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
