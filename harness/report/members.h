/* SPDX-License-Identifier: MIT */
/* Reading and writing members of JSON objects. */
#ifndef HARNESS_REPORT_MEMBERS_H
#define HARNESS_REPORT_MEMBERS_H

#include <jansson.h>

/* A member as text; "" if there is none. */
const char *member_text(const json_t *object, const char *key);

/* A member as a number; NAN if there is none. */
double member_number(const json_t *object, const char *key);

/* The first object of the list `list` of `root` whose member `key` is `value`; NULL if there is
 * none. */
const json_t *member_entry(
    const json_t *root, const char *list, const char *key, const char *value);

/* A new reference: a string, or null for NULL. */
json_t *string_or_null(const char *text);

/* Like json_object_set(): `value` (NULL: null) is borrowed. */
void member_set(json_t *object, const char *key, const json_t *value);

#endif
