/* SPDX-License-Identifier: MIT */
/* What each family brings to the program, and the families of this build. */
#ifndef BENCH_FAMILIES_FAMILIES_H
#define BENCH_FAMILIES_FAMILIES_H

#include <jansson.h>
#include <stdbool.h>

#include "bench/families/checkers.h"
#include "bench/families/workload.h"
#include "harness/check/walk.h"
#include "harness/explore/family.h"
#include "harness/measure/family.h"
#include "harness/record/run_id.h"

struct plan_request;
struct plan_run;
struct run_result;

/* A part of the state that an implementation keeps. */
struct state_part {
	const char *of; /* "group" */
	size_t offset;  /* of its size, in the family's operations */
};

enum { STATE_PARTS = 4 };

struct bench_family {
	const struct family *family;
	const struct explore_family *explore;
	const struct instance *const *instances; /* of the build, up to a NULL */
	const struct explored *const *explored;  /* up to a NULL */
	struct state_part state[STATE_PARTS];    /* up to one without a name */

	const struct workload *workloads; /* up to one without a name */
	const struct workload *race;      /* what --check=race runs */
	bool has_paths;                   /* its workloads run at either path */
	const char *no_witness;           /* why --check=witness would see nothing; NULL: it does */

	/* Optional: returns the options that are this family's alone, as a text, if any of them is
	 * given; or NULL. */
	const char *(*own_options)(const struct plan_request *request);

	/* Optional: completes what is the family's of a run. */
	void (*complete)(struct plan_run *run, const struct plan_request *request);

	/* Optional: adds the family's parameters that differ from their defaults. */
	void (*identify)(
	    struct run_id *id, const struct plan_run *run, const struct plan_request *request);

	/* Optional: whether each of `threads` threads has something to work on. */
	bool (*fits)(
	    const struct workload *workload, const struct topology *topology, unsigned int threads);

	/* Optional: 0, or -1 with an error that says why this machine is too small. */
	int (*check_size)(
	    const struct instance *instance, const struct topology *topology, struct error *err);

	/* Asks for the runs that the checker needs: for everything that can go wrong, and not only
	 * the usual. Of CHECKER_RACE only how long an operation lasts is asked for. */
	void (*request_check)(struct plan_request *request, enum checker checker);

	/* Optional: a walk of one thread over the implementation, as walk(). */
	int (*walk)(const struct instance *instance, const struct walk_request *request,
	    struct walk_outcome *outcome, struct error *err);

	/* Optional: adds the family's metrics; `seconds` is what rates are made of. */
	void (*add_metrics)(json_t *metrics, const struct run_result *result, double seconds);

	/* Optional: adds what `list --json` shows of an implementation of this family alone. */
	void (*describe)(json_t *json, const struct instance *instance);
};

/* In the order in which they are shown; ownership is the default. Generated, see
 * impl/instances.cmake. */
extern const struct bench_family *const families[];
extern const size_t nr_families;

/* NULL: none of that name. */
const struct bench_family *family_find(const char *name);

/* The family of an implementation of this build. */
const struct bench_family *family_of(const struct instance *instance);

/* Bytes of that part of its state. */
size_t family_state_bytes(const struct instance *instance, const struct state_part *part);

/* Whether a pattern, as of --impl, means any of its implementations. */
bool family_matches(const struct bench_family *family, const char *pattern);

/* Sets a const struct bench_family * to the value of --family. Returns 0, or -1 with an error that
 * says which there are. */
int family_option(void *field, const char *name, struct error *err);

/* Whether each of the patterns of --impl means an implementation. 0, or -1 with the error set. */
int family_check_patterns(
    const struct bench_family *family, char *const *patterns, size_t nr, struct error *err);

#endif
