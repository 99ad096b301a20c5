/* SPDX-License-Identifier: MIT */
#include "harness/report/members.h"

#include <math.h>
#include <string.h>

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
	/* The document shares the value: nobody changes it. */
	json_object_set_new(object, key, value ? json_incref((json_t *)value) : json_null());
}
