/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_FILES_JSON_FILE_H
#define HARNESS_FILES_JSON_FILE_H

#include <jansson.h>

#include "harness/error.h"

/* A number as JSON has it, a new reference: null for NAN and the infinite, which it has not. */
json_t *number_or_null(double value);

/* A new reference; NULL with an error that names the file, and the line that is not JSON. */
json_t *json_file_read(const char *path, struct error *err);

/* The file there whole or not at all. 0, or -1 with the error set. */
int json_file_write(const char *path, const json_t *json, struct error *err);

#endif
