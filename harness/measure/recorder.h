/* SPDX-License-Identifier: MIT */
/* Records the operations of a run. Each thread has a log, which is allocated before the run. Loops
 * that record call the operations through wrappers (bench/ownership/instance.c). */
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
	/* The operation's object: a group, a provider or a device. */
	const void *of;
	const void *with; /* a device, the state that a touch returned, or NULL */
	int result;
	enum spec_op kind;
};

struct recorder {
	struct record *records; /* large enough for the whole run */
	size_t nr, room;
};

/* The calling thread's log. The operations have no argument for it, so it is thread-local. */
extern __thread struct recorder *recorder_mine;

/* Prevents later loads from executing before the clock is read. The fence in clock_gettime() only
 * orders earlier loads. */
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

/* Returns whether the calling thread records its operations. */
static inline bool recorder_is_on(void)
{
	return recorder_mine && recorder_mine->room;
}

/* Returns whether `records` more fit into the log. If not, the thread must not start an operation:
 * without its record, other threads' results could seem inexplicable. */
static inline bool recorder_has_room(size_t records)
{
	if (recorder_mine->nr + records <= recorder_mine->room)
		return true;
	sched_yield();
	return false;
}

/*
 * Records the start of an operation. Times of different CPUs are comparable, because
 * clock_gettime() does not use TSCs that are not synchronized. The store buffer is not drained: if
 * an operation returns while its store is still buffered, later operations may miss that store, and
 * the history must show this.
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
