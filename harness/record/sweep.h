/* SPDX-License-Identifier: MIT */
/* The loader: a sweep's directory as its runs, each with its repetitions by round. */
#ifndef HARNESS_RECORD_SWEEP_H
#define HARNESS_RECORD_SWEEP_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/record/run_id.h"

/* One repetition. */
struct sweep_round {
	unsigned int round;
	double at_seconds;       /* when it ended, since the sweep began */
	double items_per_second; /* NAN: it failed */
	const json_t *record;    /* its line of runs.jsonl */
};

struct sweep_run {
	struct run_id id;
	char *unit;
	char
	    *failure; /* of the first repetition that failed, else NULL: then nothing else counts */
	struct sweep_round *rounds; /* ascending by round */
	size_t nr_rounds;
};

struct sweep {
	char *dir;
	json_t *settings;    /* sweep.json */
	json_t *environment; /* environment.json; NULL: there is none */
	json_t *records;     /* the lines of runs.jsonl, in the order in which they were measured */
	struct sweep_run *runs; /* in the order in which their first repetition was measured */
	size_t nr_runs;
};

/* Loads a directory. A last line of runs.jsonl that was not written whole is no repetition. Returns
 * 0, or -1 with an error that names the file. */
int sweep_load(const char *dir, struct sweep *sweep, struct error *err);

/*
 * Loads a directory whose journal is open in this process: see struct sweep_dir. The journal's lock
 * would be lost if the file were opened and closed again.
 */
int sweep_load_open(const char *dir, int journal, struct sweep *sweep, struct error *err);

void sweep_free(struct sweep *sweep);

/* Returns NULL if the sweep has no such run. */
const struct sweep_run *sweep_find(const struct sweep *sweep, const struct run_id *id);

/* Returns one metric of each repetition that has it, with its rounds (NULL: not wanted), ascending
 * by round. The caller frees both arrays. A repetition that failed has no metrics. */
double *sweep_run_values(
    const struct sweep_run *run, const char *metric, unsigned int **rounds, size_t *nr);

#endif
