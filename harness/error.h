/* SPDX-License-Identifier: MIT */
/* One clear line for whatever failed: what, where, what would be right. */
#ifndef HARNESS_ERROR_H
#define HARNESS_ERROR_H

struct error {
	char text[512];
};

/* Sets the text; always returns -1, so that a failing function can end with it. */
int error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* As error_set(), with ": " and the meaning of errno behind the text. */
int error_errno(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
