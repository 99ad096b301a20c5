/* SPDX-License-Identifier: MIT */
/* The identity of a run: one implementation under one workload at one point. Records store it as a
 * JSON object. Google Benchmark stores it as a name, so it can also be formatted as a name and
 * parsed. */
#ifndef HARNESS_RECORD_RUN_ID_H
#define HARNESS_RECORD_RUN_ID_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"

struct run_id {
	char *family;
	char *workload;
	char *implementation;
	unsigned int threads;
	unsigned int devices; /* number of devices in the largest group */
	unsigned int groups;
	char *topology; /* name of a real machine's groups; NULL: uniform groups */
	char *path;     /* "ops" or "probe"; NULL in families that have only one path */
	char *machine;  /* name of the machine in a merged sweep, else NULL */
	/* Parameters that differ from their default: {"hold_ns": 100, "claims": 0.5}. */
	json_t *parameters;
};

/* Sets a parameter. A whole number is stored as a JSON integer, so that equal values compare
 * equal. */
void run_id_set_number(struct run_id *id, const char *key, double value);

/* Sets a parameter, unless the value is its default. */
void run_id_set_unless(struct run_id *id, const char *key, double value, double by_default);

/* Parses the member "run" of a record. Returns 0, and the caller frees the identity; or -1 with an
 * error that does not name the file. */
int run_id_read(const json_t *json, struct run_id *id, struct error *err);

/* Returns the identity as a record's member "run", a new reference. */
json_t *run_id_json(const struct run_id *id);

/*
 * Returns the name for Google Benchmark, which the caller frees:
 * workload/implementation/threads:N/devices:N/groups:N, followed by /family:F (unless it is
 * ownership), /topology:T, /path:P, a /key:value for each parameter, sorted by key, and /machine:M.
 * What the run does not have is left out.
 */
char *run_id_name(const struct run_id *id);

/* Parses what run_id_name() returns. Returns 0, and the caller frees the identity; or -1 with the
 * error set. */
int run_id_parse(const char *name, struct run_id *id, struct error *err);

/* Returns whether two runs have the same identity except for the implementation. */
bool run_id_same_point(const struct run_id *a, const struct run_id *b);
bool run_id_equal(const struct run_id *a, const struct run_id *b);

void run_id_free(struct run_id *id);

#endif
