/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_FILES_JSON_FILE_H
#define HARNESS_FILES_JSON_FILE_H

#include <jansson.h>

#include "harness/error.h"

/* A new reference; NULL with an error that names the file, and the line that is not JSON. */
json_t *json_file_read(const char *path, struct error *err);

/* The file there whole or not at all. 0, or -1 with the error set. */
int json_file_write(const char *path, const json_t *json, struct error *err);

/* -- members of objects -- */

/* A number as JSON has it, a new reference: null for NAN and the infinite, which it has not. */
json_t *number_or_null(double value);

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

/* Sorted; the caller frees the array. */
const char **member_names(const json_t *object, size_t *nr);

#endif
