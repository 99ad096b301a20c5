/* SPDX-License-Identifier: MIT */
/* Report documents for tests of their output formats. */
#ifndef TESTS_UNIT_DOCUMENTS_H
#define TESTS_UNIT_DOCUMENTS_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/error.h"
#include "harness/show/terminal.h"

/* Loads tests/documents/report.json. The caller may change the document, and must release it. */
static inline json_t *load_document(void)
{
	json_error_t error;
	json_t *report = json_load_file(SOURCE_DIR "/tests/documents/report.json", 0, &error);

	if (!report)
		fail_msg("tests/documents/report.json:%d: %s", error.line, error.text);
	return report;
}

/* Returns the member at a path such as "sweeps[0].points[1].results[2]". */
static inline json_t *document_member(json_t *report, const char *place)
{
	json_t *at = report;

	while (*place) {
		if (*place == '[') {
			char *end;

			at = json_array_get(at, strtoul(place + 1, &end, 10));
			place = end + 1;
		} else {
			const size_t length = strcspn(place, ".[");
			char *name = strndup(place, length);

			at = json_object_get(at, name);
			free(name);
			place += length;
		}
		assert_non_null(at);
		place += *place == '.';
	}
	return at;
}

/* Sets a member of the object at that path. Takes the caller's reference to the value. */
static inline void set_member(json_t *report, const char *place, const char *key, json_t *value)
{
	assert_int_equal(json_object_set_new(document_member(report, place), key, value), 0);
}

/* Returns the output of a show function, to be freed. */
typedef int show_function(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err);

static inline char *show_to_text(
    show_function *show, const json_t *report, const struct terminal *terminal)
{
	struct error err;
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (show(out, report, terminal, &err))
		fail_msg("%s", err.text);
	fclose(out);
	return text;
}

static inline void assert_contains(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static inline void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" is in:\n%s", part, text);
}

static inline size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* A name whose characters have a special meaning in some format, or in a terminal. */
#define HOSTILE "a|b\n\033[31m\"c\",<d>`\xe2\x80\xae\xc3\xa9"

static const struct terminal plain_terminal = {.utf8 = true};

#endif
