/* SPDX-License-Identifier: MIT */
/* Small files under a root, and the JSON made of them. NULL everywhere: cannot be read. */
#ifndef HARNESS_ENV_READ_H
#define HARNESS_ENV_READ_H

#include <jansson.h>

#include "harness/env/root.h"

/* The text without the line end behind it, to be freed. `format` and what follows give the path. */
char *env_read(const struct env_root *root, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As env_read(), but a new reference to a JSON string or integer. */
#define env_read_string(...) env_string_own(env_read(__VA_ARGS__))
#define env_read_integer(...) env_integer_own(env_read(__VA_ARGS__))

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
