/* SPDX-License-Identifier: MIT */
/*
 * What differs between families of implementations: the words of a scenario, the program that they
 * form, and the conditions that the program must meet. The machine, the search and the judge are
 * the same for all families.
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

/* The design and the scenario to explore. */
struct setup {
	const struct explored *impl;
	struct script script;
	bool write_once; /* dev->driver is stored with a relaxed store, as with WRITE_ONCE() */
};

/* A row of a table for judging the results of an execution. The judge tries the rows in order. The
 * first row whose forgiven faults make all results explainable gives the execution's faults. */
struct judging {
	/*
	 * Returns true if the operation may return its result in *state, or if the result is one of
	 * the faults in `forgiven`. In both cases updates *state with the effect of the operation.
	 */
	bool (*allows)(struct spec_state *state, const struct op *op, unsigned int forgiven);

	/* Returns true if some state allows this result. */
	bool (*knows)(const struct op *op);

	/* The first row forgives nothing; the last row has `last` set. */
	struct {
		unsigned int forgiven, faults;
		bool last;
	} rows[8];
	enum fault otherwise; /* fault if no row explains the results */
};

/* An order of calls and returns in real time that shows a fault. */
enum { MAX_WITNESS = 2 * MAX_OPS * MAX_THREADS };
struct witness {
	int n;
	vclock order[MAX_WITNESS];
};

/* The programs that are generated for a family, see generate.h. */
struct generated_words {
	const struct generated_word *words; /* ends with an entry without args */

	/* Returns how many more steps the thread needs to return what it holds. Returns -1 if the
	 * thread is misused: programs in which it begins with these steps are not generated. */
	int (*needed)(const struct script *script, int thread);

	/* Optional. Returns false if the threads together break the contract. */
	bool (*fits)(const struct script *script);
};

struct explore_family {
	const char *name;
	const struct scenario *scenarios;        /* ends with an entry without a name */
	const struct script_word *words;         /* ends with an entry without a word */
	const char *some_words;                  /* a list of words for error messages */
	const struct generated_words *generated; /* NULL: no programs can be generated */
	bool stores_driver; /* its programs store dev->driver, so write_once has an effect */

	/* Optional. Returns 0, or -1 with an error if the words of the script contradict each
	 * other. */
	int (*check)(const struct script *script, struct error *err);

	/* Initializes m->program, which is program_size zeroed bytes, and the machine's memory.
	 * Called in setup. Returns 0, or -1 with an error. */
	size_t program_size;
	int (*init)(struct machine *m, const struct setup *setup, struct error *err);
	void (*body)(struct machine *m, int thread); /* the code of one thread */

	const struct judging *judging;
	/* Returns the initial state; optional, default: all zeros. */
	struct spec_state (*start)(const void *program);

	/* Returns the faults in what a complete execution left behind. Called when no thread
	 * runs, so hooks take effect immediately. */
	unsigned int (*faults_at_rest)(void *program);

	/* Optional. faults_in_time() returns the faults that only the order of moments shows, and
	 * no result; see moment_before(). witness() stores an order that shows such a fault. */
	unsigned int (*faults_in_time)(const struct machine *m, bool real);
	void (*witness)(const struct machine *m, struct witness *witness);

	/* Optional. Returns true if this program allows threads to wait forever. */
	bool (*may_hang)(const struct machine *m);

	/* Returns the class of an implementation with these faults. */
	enum impl_class (*class_of)(unsigned int faults);

	/* Returns a readable name of an address, which may be stored in `buf`, or NULL if the
	 * address does not belong to the program. */
	const char *(*name_of)(const void *program, uintptr_t addr, char *buf, size_t size);
};

/* class_of() for families that have no class between safe and unsafe. */
enum impl_class explore_safe_or_not(unsigned int faults);

/* Records an operation. `expr` calls the operation; its value is the result. */
#define OPERATION(kind, device, owner, text, expr)                                           \
	({                                                                                   \
		struct op *op_ = machine_call(                                               \
		    SOURCE_LOCATION(text), kind, device, owner, __builtin_frame_address(0)); \
		int ret_ = (expr);                                                           \
		machine_return(op_, ret_);                                                   \
		ret_;                                                                        \
	})

#endif
