/* SPDX-License-Identifier: MIT */
/*
 * The state of one measured thread, and its loops.
 *
 * A thread reads its steps from its trace, which is made before the run and is the same for every
 * implementation. A loop is compiled once for each implementation (bench/ownership/instance.c), and
 * each call executes one batch of steps.
 */
#ifndef HARNESS_MEASURE_WORKER_H
#define HARNESS_MEASURE_WORKER_H

#include <stddef.h>
#include <stdint.h>

#include "harness/measure/racer.h"
#include "harness/measure/tally.h"
#include "harness/model/bus.h"
#include "harness/model/driver_memory.h"

struct family;

/* A step is the address of a device. Its low bits, which DEVICE_ALIGN leaves free, are the kind. */
enum step_kind {
	STEP_PAIR, /* a probe and a remove */
	/* Probes that fail at the step of the same name in enum bus_fail. */
	STEP_FAIL_PINCTRL = BUS_FAIL_PINCTRL,
	STEP_FAIL_CONFIGURE = BUS_FAIL_CONFIGURE,
	STEP_FAIL_DRIVER = BUS_FAIL_DRIVER,
	STEP_CLAIM,      /* a user claims the device's group and releases it */
	STEP_QUERY,      /* calls claimed() for the device's group */
	STEP_PLUG,       /* a device without a driver leaves its group and rejoins it */
	STEP_UNREGISTER, /* a probe and remove with a driver that is then unregistered and freed */
	STEP_DEVICE_CLAIM, /* a user claims the group twice through the device, and releases it
	                      twice; only in runs with a check */
	STEP_KINDS,
};
#define STEP_KIND_MASK ((uintptr_t)15)
_Static_assert((int)STEP_KINDS <= STEP_KIND_MASK + 1 && STEP_KIND_MASK < DEVICE_ALIGN,
    "a step's kind fits into the low bits of a device's address");

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

/* The first conflict of owners that this thread saw. */
struct conflict {
	struct group *group; /* NULL: it saw no conflict */
	uint64_t cell;       /* the group's witness cell before this thread became an owner */
	bool user;           /* this thread became an owner as a user, not as a driver */
};

struct worker {
	_Alignas(BUS_ALIGN) const uintptr_t *trace;
	size_t mask; /* length of the trace, which is a power of two, minus one */
	size_t next;
	struct driver *driver;
	struct driver_memory drivers; /* for STEP_UNREGISTER; mapped at the first such step */
	void *context;                /* other families: the objects that the loops work on */
	uint64_t hold; /* delay between probe and remove, in turns of delay_turns() */
	uint64_t gap;  /* delay between remove and the next probe, in turns of delay_turns() */
	uint32_t user; /* the number of this thread's user, from 1 */
	struct tally tally;
	struct conflict conflict;
};

/* Returns the owner token of this worker's claims. */
static inline void *worker_owner(struct worker *worker)
{
	return worker;
}

typedef void worker_loop(struct worker *worker, size_t steps);

/* What a run checks besides the audit at its end. Each check has loops of its own. */
enum run_check {
	CHECK_AUDIT, /* nothing else */
	CHECK_WITNESS,
	CHECK_HISTORY,
	CHECK_KINDS,
	LOOP_TIMED = CHECK_KINDS, /* not a check, but the loop that times its operations */
	LOOP_WATCHES,
};

enum loop_kind {
	LOOP_PAIRS,  /* only STEP_PAIR, so the loop does not read the kind */
	LOOP_MIXED,  /* steps of every kind */
	LOOP_BIND,   /* bind the next devices, and keep them bound */
	LOOP_UNBIND, /* unbind the devices that LOOP_BIND has bound */
	LOOP_KINDS,
	LOOP_RACE = LOOP_KINDS, /* not a loop, but one-shot races */
};

/* An implementation with its compiled loops. */
struct instance {
	const char *name;
	const char *file; /* path of its source file in the repository */
	const struct family *family;
	const struct impl_about *about;
	const void *ops; /* struct impl_ops, or the corresponding struct of another family */
	/* Indexed by kind, path (enum bus_path), check, and whether there are delays. */
	worker_loop *loops[LOOP_KINDS][2][LOOP_WATCHES][2];
	race_loop *races[RACE_ACTS_MAX]; /* indexed by the family's enum of acts */
};

#endif
