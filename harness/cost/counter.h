/* SPDX-License-Identifier: MIT */
/*
 * Counts what an implementation's instrumented build does, and follows the cache lines that it
 * touches through the caches of two CPUs.
 *
 * A line is in no cache, in one, or shared by both. A CPU that touches a line which is not in its
 * cache but in the other's fetches it, and one that writes a line which the other has read since
 * takes it away: either is one transfer. What neither has touched yet, memory gives for nothing.
 */
#ifndef HARNESS_COST_COUNTER_H
#define HARNESS_COST_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/error.h"
#include "harness/explore/hook.h"

enum { COST_LINE = 64 }; /* bytes */

enum count {
	COUNT_RMWS, /* an exchange, a CAS that fails and a seq_cst store included; one of each lock
	             */
	COUNT_FENCES,      /* full ones */
	COUNT_MEMBARRIERS, /* each a system call, and an interrupt of every other CPU */
	COUNT_LOCKS,       /* acquired */
	COUNT_GRACE_PERIODS,
	COUNT_SECTIONS, /* of readers, entered */
	COUNT_LOADS,    /* atomic */
	COUNT_STORES,   /* atomic; one of each unlock */
	COUNT_TRANSFERS,
	NR_COUNTS,
};

/* "rmws", ... */
extern const char *const count_names[NR_COUNTS];

struct counter {
	struct watcher watcher; /* first */
	uint64_t counts[NR_COUNTS];
	const void *stack; /* plain accesses between here and the top of the stack do not count */
	unsigned int cpu;
	bool overflow; /* more lines were touched than there is room for: the counts are void */
	unsigned char *memory;
	size_t used;
	struct line *lines;
};

/* There is one at a time, at the same address in every run: implementations hash addresses. 0, or
 * -1 with the error set. */
int counter_init(struct counter *counter, struct error *err);
void counter_free(struct counter *counter);

/* Zeroed memory, until counter_free(). NULL: no room. Implementations that call malloc() get theirs
 * here, too. */
void *counter_alloc(struct counter *counter, size_t align, size_t size);

/* Everything in between, by `cpu` (0 or 1), is added to counter->counts. The caller's own frame,
 * and what it calls, is the stack that is left out. */
void counter_start(struct counter *counter, unsigned int cpu);
void counter_stop(void);

/* A plain access of `size` bytes, while something is counted: its lines, and no other count. */
void counter_plain(const volatile void *p, size_t size, bool write);

#endif
