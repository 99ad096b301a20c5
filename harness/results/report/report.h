/* SPDX-License-Identifier: MIT */
/* One page for a sweep, or for the sweeps of several machines and families side by side. */
#ifndef HARNESS_RESULTS_REPORT_REPORT_H
#define HARNESS_RESULTS_REPORT_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/error.h"
#include "harness/results/report/family.h"
#include "harness/results/report/sets.h"

/* A sweep's directory, read: what one machine did of one family. */
struct report_machine {
	char *dir;
	unsigned int id; /* of the machine, from 1, in the order of the command line */
	const struct report_family *family;
	char *name;    /* "2 virtual CPUs, Intel Xeon"; of a merged sweep "node1: 2 .." */
	char *cpus;    /* "2 virtual CPUs" */
	char *command; /* that made the sweep; NULL: unknown */
	struct sweep sweep;
	struct sets sets;
	/* Each NULL where there is no such file. */
	json_t *environment;
	json_t *verify;
	json_t *claims;
	json_t *cost;
};

/* All of it; and, in `families`, the part of it that is of one. */
struct report {
	const struct report_family *family; /* NULL: all */
	struct report_machine *machines;    /* by family */
	size_t nr_machines;
	const char **impls; /* of all sweeps: the ceiling, then by name; the place is its colour */
	size_t nr_impls;
	struct report *families; /* those that were swept */
	size_t nr_families;      /* of a part: 0 */
	bool alone;              /* of a part: there is no other */
	const json_t *catalogue; /* what `ownbench list --json` prints */
	const char *data;        /* where impl/ and plots/report/ are */
	const char *source_url;  /* of a file: put before "impl/..."; NULL: none */
	const char *made;        /* when and with what, for the page's foot */
};

/*
 * Reads the sweeps of `dirs`, and of one that was merged those of its machines. Borrows the fields
 * that the caller set before, catalogue and below. A benchmark.json must be there; what else lies
 * beside it may be missing, but not malformed. 0, or -1 with an error that names the file.
 */
int report_load(struct report *report, const char *const *dirs, size_t nr, struct error *err);
void report_free(struct report *report);

/* HTML can fail: its pieces are files. 0, or -1 with the error set. */
int report_html(FILE *out, const struct report *report, struct error *err);
void report_markdown(FILE *out, const struct report *report);
void report_csv(FILE *out, const struct report *report);

/* -- what the formats share -- */

/* Whether there is more than one machine, and not only several families of one. */
bool report_is_of_several(const struct report *report);

/* Whether no sweep before number `i` is of the same machine. */
bool report_is_first_of_machine(const struct report *report, size_t i);

/* The entry of one implementation; NULL where there is none. */
const json_t *report_facts(const struct report *report, const char *impl);
const json_t *report_verdict(const struct report_machine *machine, const char *impl);
const json_t *report_cost(const struct report_machine *machine, const char *impl);

const json_t *report_claim(const struct report_machine *machine, const char *id);

/* "confirmed", ...; "not run" where its experiment could not be. */
const char *report_claim_verdict(const json_t *claim);

/* Whether a machine before number `m` of the report has that claim. */
bool report_claim_before(const struct report *report, size_t m, const char *id);

/* As found by verify, else as declared, else "unknown". */
const char *report_class(
    const struct report *report, const struct report_machine *machine, const char *impl);

/* Neither a design nor one that may be recommended: the ceiling, yardsticks, controls, the unsafe.
 */
bool report_ranks(
    const struct report *report, const struct report_machine *machine, const char *impl);

/* The implementation's place in report->impls. */
size_t report_index(const struct report *report, const char *impl);

/* A member of an object as text; "" where it is none. */
const char *report_text(const json_t *object, const char *key);

#endif
