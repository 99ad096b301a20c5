/* SPDX-License-Identifier: MIT */
/*
 * What one thread of a run works on, and the loops it is given.
 *
 * What a thread does next is read from its trace, made before the run and the same for every
 * implementation. A loop is compiled once for each implementation (bench/ownership/instance.c) and
 * entered once per batch of steps.
 */
#ifndef HARNESS_MEASURE_WORKER_H
#define HARNESS_MEASURE_WORKER_H

#include <stddef.h>
#include <stdint.h>

#include "harness/measure/racer.h"
#include "harness/model/bus.h"

struct family;

/* A step is a device's address with its kind in the low bits, which BUS_ALIGN leaves free. */
enum step_kind {
	STEP_PAIR, /* probe and remove; the next three fail on the way, as enum bus_fail */
	STEP_FAIL_PINCTRL = BUS_FAIL_PINCTRL,
	STEP_FAIL_CONFIGURE = BUS_FAIL_CONFIGURE,
	STEP_FAIL_DRIVER = BUS_FAIL_DRIVER,
	STEP_CLAIM, /* a user claims the device's group and releases it */
	STEP_QUERY, /* somebody asks whether the group is owned */
	STEP_PLUG,  /* the device, which is unbound, leaves its group and joins it again */
	STEP_KINDS,
};
#define STEP_KIND_MASK ((uintptr_t)7)

static inline uintptr_t step_make(struct device *dev, enum step_kind kind)
{
	return (uintptr_t)dev | (uintptr_t)kind;
}

static inline struct device *step_device(uintptr_t step)
{
	return (struct device *)(step & ~STEP_KIND_MASK);
}

static inline enum step_kind step_kind(uintptr_t step)
{
	return (enum step_kind)(step & STEP_KIND_MASK);
}

/* What came of the steps. Of ownership every step is counted in exactly one of the first seven. */
struct tally {
	uint64_t pairs;          /* probes that bound, each with its remove */
	uint64_t refused;        /* probes refused with -EBUSY */
	uint64_t failed;         /* probes that failed where the trace said so */
	uint64_t claims;         /* claims granted, each with its release */
	uint64_t claims_refused; /* claims refused with -EPERM */
	uint64_t queries;        /* answers of claimed() */
	uint64_t plugs;          /* devices that left and joined again */
	uint64_t owned;          /* queries that were answered with yes */
	uint64_t unpaired;       /* paired calls that were reported as unpaired */
	uint64_t uses;           /* of the other families: of a service, or of a device's state */
	uint64_t unbinds;        /* drivers that were unbound, each bound again */
};

/* The first time that this thread saw a conflicting holder. */
struct conflict {
	struct group *group; /* NULL: none seen */
	uint64_t cell;       /* the witness cell before this thread entered */
	bool user;           /* this thread entered as the user */
};

struct worker {
	_Alignas(BUS_ALIGN) const uintptr_t *trace;
	size_t mask; /* length of the trace, a power of two, less one */
	size_t next;
	struct driver *driver;
	void *context; /* of another family: what its loops work on */
	uint64_t hold; /* delay turns between probe and remove */
	uint64_t gap;  /* and between remove and the next probe */
	uint32_t user; /* this thread's number as a user, from 1 */
	struct tally tally;
	struct conflict conflict;
};

/* The owner token that a worker claims with. */
static inline void *worker_owner(struct worker *worker)
{
	return worker;
}

typedef void worker_loop(struct worker *worker, size_t steps);

/* What watches a run beside the audit, in a loop of its own. */
enum run_check {
	CHECK_AUDIT, /* nothing */
	CHECK_WITNESS,
	CHECK_HISTORY,
	CHECK_KINDS,
	LOOP_TIMED = CHECK_KINDS, /* no check, but the loop that times its operations */
	LOOP_WATCHES,
};

enum loop_kind {
	LOOP_PAIRS,  /* all steps are STEP_PAIR: nothing to decide in the loop */
	LOOP_MIXED,  /* steps of every kind */
	LOOP_BIND,   /* probe the next devices, and keep them bound */
	LOOP_UNBIND, /* remove the same */
	LOOP_KINDS,
	LOOP_RACE = LOOP_KINDS, /* none of these, but the instance's races */
};

/* One implementation with its loops. */
struct instance {
	const char *name;
	const char *file; /* where its source is, from the top of the repository */
	const struct family *family;
	const struct impl_about *about;
	const void *ops; /* of its family: struct impl_ops, struct lifetime_ops, .. */
	/* By kind, path (enum bus_path), check, and whether there are delays. */
	worker_loop *loops[LOOP_KINDS][2][LOOP_WATCHES][2];
	race_loop *races[RACE_ACTS_MAX]; /* by what this thread does */
};

#endif
