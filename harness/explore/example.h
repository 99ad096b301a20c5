/* SPDX-License-Identifier: MIT */
/* Counterexamples: saved as short text files, and printed step by step when replayed. */
#ifndef EXPLORE_EXAMPLE_H
#define EXPLORE_EXAMPLE_H

#include "harness/explore/explore.h"

struct example {
	char family[16], impl[64], fault[16];
	char scenario[MAX_PROGRAM_TEXT]; /* the name or the text, see scenario_find_or_read() */
	enum memory_model model;
	bool write_once;
	struct schedule schedule;
	const struct lockorder *locks; /* lock reports to be saved as comments; NULL: none */
};

/* Writes the counterexample to `path`. Returns 0, or -1 with an error. Lock reports become
 * comments: example_load() ignores them, because a replay finds them again. */
int example_save(const char *path, const struct example *example, struct error *err);

/* Reads a counterexample, in which each line has a key and a value, in a fixed order. Returns 0, or
 * -1 with an error that contains the file and line. */
int example_load(const char *path, struct example *example, struct error *err);

/* An observer for explore_replay(): prints each step with its source line. */
void example_print_step(struct machine *m, int proc, const struct access *access, uint64_t value);

const char *model_name(enum memory_model model);

#endif
