/* SPDX-License-Identifier: MIT */
/*
 * What is different for each family of implementations: the words that scenarios are made of, the
 * program that they amount to, and what has to hold of it. Machine, search and judge are the same.
 */
#ifndef EXPLORE_FAMILY_H
#define EXPLORE_FAMILY_H

#include "about.h"
#include "harness/error.h"
#include "harness/explore/fault.h"
#include "harness/explore/memory.h"
#include "harness/explore/operation.h"
#include "harness/explore/registry.h"
#include "harness/explore/schedule.h"
#include "harness/explore/script.h"

/* What is explored. */
struct setup {
	const struct explored *impl;
	struct script script;
	bool write_once; /* stores to dev->driver are relaxed, as with WRITE_ONCE() */
};

/*
 * How the answers of an execution are judged. Faults are forgiven one after the other: the first
 * row with which all is explained says which there are.
 */
struct judging {
	/* Whether the operation may have answered what it did in that state, which then changes;
	 * or it may where these faults are forgiven. */
	bool (*allows)(struct spec_state *state, const struct op *op, unsigned int forgiven);

	/* Whether any state could give this result. */
	bool (*knows)(const struct op *op);

	/* The first forgives nothing; up to one with `last`. */
	struct {
		unsigned int forgiven, faults;
		bool last;
	} rows[8];
	enum fault otherwise; /* nothing explains it */
};

/* Moments in the order in time that shows a fault. */
enum { MAX_WITNESS = 2 * MAX_OPS * MAX_THREADS };
struct witness {
	int n;
	vclock order[MAX_WITNESS];
};

struct explore_family {
	const char *name;
	const struct scenario *scenarios; /* up to one without a name */
	const struct script_word *words;  /* the same */
	const char *some_words;           /* examples of them */
	bool stores_driver;               /* its programs have stores for write_once */

	/* Optional: 0, or -1 if what the words say together cannot be. */
	int (*check)(const struct script *script, struct error *err);

	/* Sets a program of that size, which is zero, up in m->program and the machine's memory, in
	 * setup. */
	size_t program_size;
	int (*init)(struct machine *m, const struct setup *setup, struct error *err);
	void (*body)(struct machine *m, int thread); /* what a thread runs */

	const struct judging *judging;
	struct spec_state (*start)(const void *program); /* optional: if it is not all zeros */

	/* Of an execution that is complete, when nothing runs any more: hooks act at once. */
	unsigned int (*faults_at_rest)(void *program);

	/* Optional: what no result shows, see moment_before(). And for such a fault the order. */
	unsigned int (*faults_in_time)(const struct machine *m, bool real);
	void (*witness)(const struct machine *m, struct witness *witness);

	/* Optional: whether threads may wait for ever, as the program is. */
	bool (*may_hang)(const struct machine *m);

	/* The class that an implementation with these faults is in. */
	enum impl_class (*class_of)(unsigned int faults);

	/* Of an address, for people: `buf` may be used. NULL: not one of the program's. */
	const char *(*name_of)(const void *program, uintptr_t addr, char *buf, size_t size);
};

/* Of families that know nothing in between. */
enum impl_class explore_safe_or_not(unsigned int faults);

/* An operation with its record; `expr` calls it, and is what it answers. */
#define OPERATION(kind, device, owner, text, expr)                                         \
	({                                                                                 \
		struct op *op_ = machine_call(SOURCE_LOCATION(text), kind, device, owner); \
		int ret_ = (expr);                                                         \
		machine_return(op_, ret_);                                                 \
		ret_;                                                                      \
	})

#endif
