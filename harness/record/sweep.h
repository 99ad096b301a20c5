/* SPDX-License-Identifier: MIT */
/* Loads a sweep's directory: its runs, each with its repetitions in the order of rounds. */
#ifndef HARNESS_RECORD_SWEEP_H
#define HARNESS_RECORD_SWEEP_H

#include <jansson.h>
#include <stddef.h>

#include "harness/error.h"
#include "harness/record/run_id.h"

/* One repetition of a run, measured in one round of the sweep. */
struct sweep_round {
	unsigned int round;
	double at_seconds;       /* end of the repetition, in seconds since the sweep began */
	double items_per_second; /* NAN: the repetition failed */
	const json_t *record;    /* the line of runs.jsonl, owned by sweep->records */
};

struct sweep_run {
	struct run_id id;
	char *unit;
	/* Why the first failed repetition failed; NULL: none failed. One failed repetition makes
	 * the whole run count as failed. */
	char *failure;
	struct sweep_round *rounds; /* in ascending order of rounds */
	size_t nr_rounds;
};

struct sweep {
	char *dir;
	json_t *settings;       /* sweep.json */
	json_t *environment;    /* environment.json; NULL: the file does not exist */
	json_t *records;        /* the lines of runs.jsonl, in the order of measurement */
	struct sweep_run *runs; /* in the order of their first repetitions */
	size_t nr_runs;
};

/* Loads a directory. An incomplete last line of runs.jsonl, left by an interrupted write, is
 * ignored. Returns 0, and the caller frees the sweep; or -1 with an error that names the file. */
int sweep_load(const char *dir, struct sweep *sweep, struct error *err);

/* Like sweep_load(), for a directory whose journal this process holds open and locked (struct
 * sweep_dir). Reads from the journal's descriptor: opening and closing the file again would drop
 * the POSIX lock. */
int sweep_load_open(const char *dir, int journal, struct sweep *sweep, struct error *err);

void sweep_free(struct sweep *sweep);

/* Returns the sweep's run with this identity, or NULL if the sweep has none. */
const struct sweep_run *sweep_find(const struct sweep *sweep, const struct run_id *id);

/* Returns one metric of all repetitions that passed and have it, in the order of rounds. If
 * `rounds` is not NULL, sets *rounds to the rounds of these values. The caller frees both
 * arrays. */
double *sweep_run_values(
    const struct sweep_run *run, const char *metric, unsigned int **rounds, size_t *nr);

#endif
