/* SPDX-License-Identifier: MIT */
#include "harness/files/json_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/memory.h"

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
		return error_set(
		    err, "cannot write %s: out of memory, or a string is not UTF-8", path);
	ret = file_write_whole(path, text, strlen(text), err);
	free(text);
	return ret;
}

/* -- members of objects -- */

json_t *number_or_null(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

const char *member_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

double member_number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

const json_t *member_entry(const json_t *root, const char *list, const char *key, const char *value)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(root, list), i, entry) {
		if (!strcmp(member_text(entry, key), value))
			return entry;
	}
	return NULL;
}

json_t *string_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

void member_set(json_t *object, const char *key, const json_t *value)
{
	/* The object keeps a reference to the value. Casting const away is safe, because shared
	 * values are never modified. */
	json_object_set_new(object, key, value ? json_incref((json_t *)value) : json_null());
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char **member_names(const json_t *object, size_t *nr)
{
	const char **names = allocate(json_object_size(object), sizeof(*names)), *name;
	json_t *ignored;

	*nr = 0;
	json_object_foreach ((json_t *)object, name, ignored)
		names[(*nr)++] = name;
	qsort(names, *nr, sizeof(*names), by_text);
	return names;
}
