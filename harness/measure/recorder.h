/* SPDX-License-Identifier: MIT */
/*
 * Records the operations of a run: a log for each thread, made before the run, shared with nobody.
 * A loop that records calls the operations through wrappers (bench/ownership/instance.c).
 */
#ifndef HARNESS_MEASURE_RECORDER_H
#define HARNESS_MEASURE_RECORDER_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/check/spec.h"
#include "harness/measure/clock.h"
#include "impl.h"

struct record {
	uint64_t call;
	uint64_t ret;
	const void *of;   /* the group, or what else its spec is of one of */
	const void *with; /* a device of the group, the state that a touch gave; or NULL */
	int result;
	enum spec_op kind;
};

struct recorder {
	struct record *records; /* as many as its thread may need */
	size_t nr, room;
};

/* What the calling thread records into; the operations have no argument for it. */
extern __thread struct recorder *recorder_mine;

/* No load of what follows is done ahead of the clock's; what the clock's own fence does not say. */
static inline void recorder_fence(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__asm__ volatile("lfence" ::: "memory");
#elif defined(__aarch64__)
	__asm__ volatile("isb" ::: "memory");
#else
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

/* Whether the calling thread records at all. */
static inline bool recorder_is_on(void)
{
	return recorder_mine && recorder_mine->room;
}

/* When there is none left, the thread has to rest: others would see what is not recorded. */
static inline bool recorder_has_room(size_t records)
{
	if (recorder_mine->nr + records <= recorder_mine->room)
		return true;
	sched_yield();
	return false;
}

/*
 * The kernel's clock: it reads the TSC, in order, where that is the same on all CPUs, and another
 * counter where it is not. Nothing here drains a store buffer: an operation whose store is still in
 * there when it returns is late for all who call after that, and shall look like it.
 */
static inline struct record *recorder_call(enum spec_op kind, const void *of, const void *with)
{
	struct recorder *mine = recorder_mine;
	struct record *record = &mine->records[mine->nr++];

	record->of = of;
	record->with = with;
	record->kind = kind;
	record->call = clock_ns();
	recorder_fence();
	return record;
}

static inline int recorder_return(struct record *record, int result)
{
	record->ret = clock_ns();
	record->result = result;
	return result;
}

#endif
