/* SPDX-License-Identifier: MIT */
/* Small files under a root, and the JSON made of them. NULL everywhere: cannot be read. */
#ifndef HARNESS_ENV_READ_H
#define HARNESS_ENV_READ_H

#include <jansson.h>

#include "harness/env/root.h"

#define ENV_PATH(string, first) __attribute__((format(printf, string, first)))

/* The text without the line end behind it, to be freed. */
char *env_read(const struct env_root *root, const char *format, ...) ENV_PATH(2, 3);

json_t *env_read_string(const struct env_root *root, const char *format, ...) ENV_PATH(2, 3);
json_t *env_read_integer(const struct env_root *root, const char *format, ...) ENV_PATH(2, 3);

/* The names in a directory, sorted, without hidden ones: an array of strings. */
json_t *env_read_directory(const struct env_root *root, const char *path);

/*
 * The value behind `key` in text made of "key : value" lines, /proc/cpuinfo's and /proc/meminfo's;
 * the first of several, to be freed.
 */
char *env_value(const char *text, const char *key);

/* NULL becomes NULL, and so does what is not UTF-8. The second also frees `text`. */
json_t *env_string(const char *text);
json_t *env_string_own(char *text);
json_t *env_integer_own(char *text);

/* Adds a new reference; NULL becomes JSON null. */
void env_put(json_t *object, const char *key, json_t *value);

/* Is `word` one of the words of `text`? */
int env_has_word(const char *text, const char *word);

/* What is at a path such as "cpus.online"; NULL if nothing or JSON null is. A borrowed reference.
 */
json_t *env_at(const json_t *env, const char *path);

#endif
