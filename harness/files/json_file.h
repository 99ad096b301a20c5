/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_FILES_JSON_FILE_H
#define HARNESS_FILES_JSON_FILE_H

#include <jansson.h>

#include "harness/error.h"

/* Parses a file. Returns a new reference, or NULL with an error that names the file and, if it is
 * not JSON, the line. */
json_t *json_file_read(const char *path, struct error *err);

/* Writes a file atomically, like file_write_whole(). Returns 0, or -1 with the error set. */
int json_file_write(const char *path, const json_t *json, struct error *err);

/* -- members of objects -- */

/* Returns a new reference to a number, or to null for NAN and infinities, which JSON cannot
 * represent. */
json_t *number_or_null(double value);

/* Returns a string member, or "" if the object has no such string. The object owns the text. */
const char *member_text(const json_t *object, const char *key);

/* Returns a number member, or NAN if the object has no such number. */
double member_number(const json_t *object, const char *key);

/* Returns the first object in the array `list` of `root` whose string `key` equals `value`, a
 * borrowed reference, or NULL. */
const json_t *member_entry(
    const json_t *root, const char *list, const char *key, const char *value);

/* Returns a new reference to a string, or to null for NULL. */
json_t *string_or_null(const char *text);

/* Sets a member without stealing the reference: json_object_set() takes one of its own. A `value`
 * of NULL sets null. */
void member_set(json_t *object, const char *key, const json_t *value);

/* Returns the names of all members, sorted. The caller frees the array; the object owns the
 * names. */
const char **member_names(const json_t *object, size_t *nr);

#endif
