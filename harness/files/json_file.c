/* SPDX-License-Identifier: MIT */
#include "harness/files/json_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"

json_t *number_or_null(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

json_t *json_file_read(const char *path, struct error *err)
{
	json_error_t wrong;
	size_t size;
	char *text = file_read_whole(path, &size, err);
	json_t *json;

	if (!text)
		return NULL;
	json = json_loadb(text, size, 0, &wrong);
	free(text);
	if (!json)
		error_set(err, "%s:%d: not JSON: %s", path, wrong.line, wrong.text);
	return json;
}

int json_file_write(const char *path, const json_t *json, struct error *err)
{
	char *text = json_dumps(json, JSON_INDENT(2));
	int ret;

	if (!text)
		return error_set(err, "%s: not enough memory, or not UTF-8", path);
	ret = file_write_whole(path, text, strlen(text), err);
	free(text);
	return ret;
}
