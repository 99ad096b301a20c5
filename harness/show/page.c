/* SPDX-License-Identifier: MIT */
#include "harness/show/page.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"

/* Significant digits of the numbers in a page's data. Pictures need no more, and numbers in text
 * are strings. */
enum { DIGITS = 6 };

/* Returns whether a page shows the member. The others would double the size of the page. */
static bool is_shown(const char *name, const json_t *value)
{
	static const char *const hidden[] = {"samples", "coverage", "rounds", "curves",
	    "context-switches_per_op", "page-faults_per_op", "setup_seconds"};

	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		if (!strcmp(name, hidden[i]))
			return false;
	}
	return !json_is_null(value);
}

/* Returns a copy with only the members that are shown, a new reference. Scripts treat a missing
 * member like null. */
static json_t *shown_members(const json_t *json)
{
	json_t *copy, *value;
	const char *name;
	size_t i;

	if (json_is_array(json)) {
		copy = json_array();
		json_array_foreach (json, i, value)
			json_array_append_new(copy, shown_members(value));
		return copy;
	}
	if (!json_is_object(json))
		return json_incref((json_t *)json); /* shared, and never modified */
	copy = json_object();
	json_object_foreach ((json_t *)json, name, value) {
		if (is_shown(name, value))
			json_object_set_new(copy, name, shown_members(value));
	}
	return copy;
}

/* Writes JSON for a <script> element. "<", which occurs only in strings, is escaped, so that no
 * string can end the element or start a comment. */
static int write_data(FILE *out, const json_t *document, struct error *err)
{
	json_t *copy = shown_members(document);
	char *text = json_dumps(copy, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));

	json_decref(copy);
	if (!text)
		return error_set(err, "not enough memory for the data of a page");
	for (const char *at = text; *at; at++) {
		if (*at == '<')
			fputs("\\u003c", out);
		else
			fputc(*at, out);
	}
	free(text);
	return 0;
}

static int write_file(FILE *out, const char *path, struct error *err)
{
	size_t size;
	char *text = file_read_whole(path, &size, err);

	if (!text)
		return -1;
	fwrite(text, 1, size, out);
	free(text);
	return 0;
}

/* Writes the D3 library: the copy that was installed with ownbench, or the system's copy if
 * ownbench runs from the build tree. */
static int write_library(FILE *out, const char *data, struct error *err)
{
	char path[PATH_MAX];
	struct error why;

	snprintf(path, sizeof(path), "%s/plots/report/d3.min.js", data);
	if (write_file(out, access(path, R_OK) ? D3_LIBRARY : path, &why))
		return error_set(err, "%.400s; apt-get install node-d3", why.text);
	return 0;
}

static int fill_hole(
    FILE *out, const char *hole, const json_t *document, const char *data, struct error *err)
{
	char path[PATH_MAX];

	if (!strcmp(hole, "data"))
		return write_data(out, document, err);
	if (!strcmp(hole, "library"))
		return write_library(out, data, err);
	if (*hole != '>')
		return error_set(err, "{{%s}}: expected {{>FILE}}, {{library}} or {{data}}", hole);
	if (strstr(hole, ".html"))
		return page_write(out, hole + 1, document, data, err);
	snprintf(path, sizeof(path), "%s/plots/report/%s", data, hole + 1);
	return write_file(out, path, err);
}

int page_write(
    FILE *out, const char *template, const json_t *document, const char *data, struct error *err)
{
	char path[PATH_MAX];
	size_t size;
	char *text, *at, *hole, *end;
	int ret = 0;

	snprintf(path, sizeof(path), "%s/plots/report/%s", data, template);
	text = file_read_whole(path, &size, err);
	if (!text)
		return -1;
	for (at = text; !ret && (hole = strstr(at, "{{")) && (end = strstr(hole, "}}"));
	     at = end + 2) {
		fwrite(at, 1, (size_t)(hole - at), out);
		*end = '\0';
		ret = fill_hole(out, hole + 2, document, data, err);
	}
	fputs(at, out);
	free(text);
	return ret;
}
