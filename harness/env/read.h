/* SPDX-License-Identifier: MIT */
/* Reads small files below a root directory and converts them to JSON. All functions return NULL if
 * the value cannot be read. */
#ifndef HARNESS_ENV_READ_H
#define HARNESS_ENV_READ_H

#include <jansson.h>

#include "harness/env/root.h"

/* Returns the text of a file without trailing blanks. The path is given by a printf() format. The
 * caller frees the text. */
char *env_read(const struct env_root *root, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* These functions read a file like env_read(), and return a new reference to a JSON string or
 * integer. */
#define env_read_string(...) env_string_own(env_read(__VA_ARGS__))
#define env_read_integer(...) env_integer_own(env_read(__VA_ARGS__))

/* Returns the sorted names of the files in a directory as a JSON array, without hidden files. */
json_t *env_read_directory(const struct env_root *root, const char *path);

/* Returns the first value of `key` in a text of "key : value" lines, such as /proc/cpuinfo. The
 * caller frees the value. */
char *env_value(const char *text, const char *key);

/* Convert `text` to a new JSON reference. Return NULL if it is NULL, a string that is not valid
 * UTF-8, or not an integer. The *_own() functions free `text`. */
json_t *env_string(const char *text);
json_t *env_string_own(char *text);
json_t *env_integer_own(char *text);

/* Sets a member of the object and steals the reference to `value`. NULL becomes JSON null. */
void env_put(json_t *object, const char *key, json_t *value);

/* Returns whether `word` is one of the words in `text`. */
int env_has_word(const char *text, const char *word);

/* Returns the value at a path such as "cpus.online", a borrowed reference; NULL if there is none or
 * it is JSON null. */
json_t *env_at(const json_t *env, const char *path);

#endif
