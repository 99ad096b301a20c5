/* SPDX-License-Identifier: MIT */
/*
 * The interface between the explorer and a family of implementations: the words of a scenario, the
 * program that they form, and what the program must fulfil. Machine, search and judge are the same
 * for all families.
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

/* The implementation and the scenario to explore. */
struct setup {
	const struct explored *impl;
	struct script script;
	bool write_once; /* store dev->driver relaxed, as WRITE_ONCE() does */
};

/* How to judge the results of an execution. The rows are tried in order: each forgives some faults.
 * The first row under which all results can be explained gives the execution's faults. */
struct judging {
	/* Returns true if the operation can return its result in *state, or if the result is a
	 * fault in `forgiven`. In both cases, *state is updated with the operation's effect. */
	bool (*allows)(struct spec_state *state, const struct op *op, unsigned int forgiven);

	/* Returns true if some state allows this result. */
	bool (*knows)(const struct op *op);

	/* All results that operations can have. n_results is 0 if they are too many to list. */
	unsigned int n_results;
	int8_t results[8];

	/* The first row forgives nothing. The last row has `last` set. */
	struct {
		unsigned int forgiven, faults;
		bool last;
	} rows[8];
	enum fault otherwise; /* fault if no row explains the results */
};

/* A real-time order of calls and returns in which a fault shows. */
enum { MAX_WITNESS = 2 * MAX_OPS * MAX_THREADS };
struct witness {
	int n;
	vclock order[MAX_WITNESS];
};

/* How programs of a family are generated, see generate.h. */
struct generated_words {
	const struct generated_word *words; /* ends with an entry without args */

	/* Returns the number of steps that the thread still needs to release what it holds. Returns
	 * -1 if the thread breaks the contract; then no program is generated in which the thread
	 * begins with these steps. */
	int (*needed)(const struct script *script, int thread);

	/* Optional. Returns false if the threads in combination break the contract. */
	bool (*fits)(const struct script *script);
};

struct explore_family {
	const char *name;
	const struct scenario *scenarios;        /* ends with an entry without a name */
	const struct script_word *words;         /* ends with an entry without a word */
	const char *some_words;                  /* examples of words, for error messages */
	const struct generated_words *generated; /* NULL: no programs can be generated */
	bool stores_driver; /* programs store dev->driver, so write_once matters */

	/* Optional. Returns 0, or -1 with an error if the words of the script contradict each
	 * other. */
	int (*check)(const struct script *script, struct error *err);

	/* Initializes m->program, which has program_size zeroed bytes, and the machine's memory.
	 * Called during setup. Returns 0, or -1 with an error. */
	size_t program_size;
	size_t constant; /* size of the program's first part, which executions do not change */
	int (*init)(struct machine *m, const struct setup *setup, struct error *err);
	void (*body)(struct machine *m, int thread); /* runs one thread */

	const struct judging *judging;
	/* Optional. Returns the initial state. Default: all zeros. */
	struct spec_state (*start)(const void *program);

	/* Checks the final state of a complete execution and returns its faults. No thread is
	 * running, so hooks take effect immediately. */
	unsigned int (*faults_at_rest)(void *program);

	/* Optional. faults_in_time() returns faults that show in the order of moments rather than
	 * in results; see moment_before(). witness() stores an order in which such a fault
	 * shows. */
	unsigned int (*faults_in_time)(const struct machine *m, bool real);
	void (*witness)(const struct machine *m, struct witness *witness);

	/* Optional. Returns true if threads of this program may wait forever. */
	bool (*may_hang)(const struct machine *m);

	/* Returns the class of an implementation with these faults. */
	enum impl_class (*class_of)(unsigned int faults);

	/* Returns a readable name of an address, or NULL if the address is not part of the program.
	 * The name may be stored in `buf`. */
	const char *(*name_of)(const void *program, uintptr_t addr, char *buf, size_t size);
};

/* class_of() for families that have only the classes safe and unsafe. */
enum impl_class explore_safe_or_not(unsigned int faults);

/* Runs and records an operation. `expr` calls the operation; its value is the result. */
#define OPERATION(kind, device, owner, text, expr)                                           \
	({                                                                                   \
		struct op *op_ = machine_call(                                               \
		    SOURCE_LOCATION(text), kind, device, owner, __builtin_frame_address(0)); \
		int ret_ = (expr);                                                           \
		machine_return(op_, ret_);                                                   \
		ret_;                                                                        \
	})

#endif
