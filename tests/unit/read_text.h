/* SPDX-License-Identifier: MIT */
/* Reads a history from text by way of a file. */
#ifndef TESTS_READ_TEXT_H
#define TESTS_READ_TEXT_H

#include "harness/check/history.h"

static int read_text(const char *path, const char *text, struct history *h, struct error *err)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	return history_read(path, h, err);
}

#endif
