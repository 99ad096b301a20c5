/* SPDX-License-Identifier: MIT */
/* Counterexamples: kept as small text files, told step by step. */
#ifndef EXPLORE_EXAMPLE_H
#define EXPLORE_EXAMPLE_H

#include "harness/explore/explore.h"

struct example {
	char family[16], impl[64], scenario[64], fault[16];
	enum memory_model model;
	bool write_once;
	struct schedule schedule;
	const struct lockorder *locks; /* whose reports are saved with it; NULL: none */
};

/* The reports are comments: what loads the file finds them again. */
int example_save(const char *path, const struct example *example, struct error *err);

/* A text file of one word or name in each line, in a fixed order; the error names file and line. */
int example_load(const char *path, struct example *example, struct error *err);

/* For explore_replay(): prints each step with its source line. */
void example_tell(struct machine *m, int proc, const struct access *access, uint64_t value);

const char *model_name(enum memory_model model);

#endif
