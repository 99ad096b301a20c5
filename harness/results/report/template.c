/* SPDX-License-Identifier: MIT */
#include "harness/results/report/template.h"

#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"

static size_t line_of(const char *text, const char *at)
{
	size_t line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

int template_write(
    FILE *out, const char *path, template_fill *fill, void *context, struct error *err)
{
	struct error why;
	size_t size;
	char *text = file_read_whole(path, &size, err);
	char *at = text, *hole;
	int ret = 0;

	if (!text)
		return -1;
	while (!ret && (hole = strstr(at, "{{"))) {
		char *end = strstr(hole, "}}");

		fwrite(at, 1, (size_t)(hole - at), out);
		if (!end) {
			ret = error_set(
			    err, "%s:%zu: a {{ without its }}", path, line_of(text, hole));
			break;
		}
		*end = '\0';
		if (fill(out, hole + 2, context, &why))
			ret = error_set(err, "%s:%zu: %.400s", path, line_of(text, hole), why.text);
		at = end + 2;
	}
	if (!ret)
		fputs(at, out);
	free(text);
	return ret;
}
