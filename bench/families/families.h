/* SPDX-License-Identifier: MIT */
/* The families of this build, each with its implementations. Ownership's are `instances`. */
#ifndef BENCH_FAMILIES_FAMILIES_H
#define BENCH_FAMILIES_FAMILIES_H

#include <stdbool.h>

#include "harness/explore/family.h"
#include "harness/measure/family.h"
#include "harness/measure/worker.h"

/* Generated from the files below impl/<family>/. */
extern const struct instance *const lifetime_instances[];
extern const size_t nr_lifetime_instances;
extern const struct instance *const configure_instances[];
extern const size_t nr_configure_instances;

enum { FAMILY_SIZES = 3 };

struct bench_family {
	const struct family *family;
	const struct instance *const *instances;
	const size_t *nr_instances;
	const char *sized[FAMILY_SIZES]; /* whose state its implementations have; up to a NULL */
	void (*sizes)(const struct instance *instance, size_t bytes[FAMILY_SIZES]);
	const struct explore_family *explore;
	const struct explored *const *explored; /* built for it, up to a NULL */
};

/* Ownership first. */
extern const struct bench_family families[];
extern const size_t nr_families;

/* NULL: none of that name. */
const struct bench_family *family_find(const char *name);

/* Whether a pattern, as of --impl, means any of its implementations. */
bool family_matches(const struct bench_family *family, const char *pattern);

/* Sets a const struct bench_family * to the value of --family. Returns 0, or -1 with an error that
 * says which there are. */
struct error;
int family_option(void *field, const char *name, struct error *err);

/* Whether each of the patterns of --impl means an implementation. 0, or -1 with the error set. */
int family_check_patterns(
    const struct bench_family *family, char *const *patterns, size_t nr, struct error *err);

#endif
