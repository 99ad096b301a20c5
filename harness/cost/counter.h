/* SPDX-License-Identifier: MIT */
/*
 * Counts what an instrumented implementation does, and tracks which of its cache lines are in the
 * caches of two CPUs.
 *
 * A line is in no cache, in one, or in both. If a CPU accesses a line that only the other CPU has,
 * it fetches the line. If it writes a line that both have, it invalidates the other copy. Each of
 * these is one transfer. Fetching a line that neither CPU has, from memory, is not counted.
 */
#ifndef HARNESS_COST_COUNTER_H
#define HARNESS_COST_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/error.h"
#include "harness/explore/hook.h"

enum { COST_LINE = 64 }; /* bytes in a cache line */

enum count {
	/* Read-modify-writes, including failed CAS and seq_cst stores. Acquiring a lock counts as
	 * one. */
	COUNT_RMWS,
	COUNT_FENCES,      /* full fences only */
	COUNT_MEMBARRIERS, /* each is a system call, and an IPI to every other CPU */
	COUNT_LOCKS,       /* locks acquired */
	COUNT_GRACE_PERIODS,
	COUNT_SECTIONS, /* read-side sections entered */
	COUNT_LOADS,    /* atomic loads */
	COUNT_STORES,   /* atomic stores; an unlock counts as one */
	COUNT_TRANSFERS,
	NR_COUNTS,
};

/* The names of the counts: "rmws", "fences" and so on. */
extern const char *const count_names[NR_COUNTS];

struct counter {
	struct watcher watcher; /* must be the first member */
	uint64_t counts[NR_COUNTS];
	const void *stack; /* plain accesses to the stack below this address are not counted */
	unsigned int cpu;
	bool overflow; /* the table of lines was full, so the counts are invalid */
	unsigned char *memory;
	size_t used;
	struct line *lines;
};

/* Sets up the counter. Only one may exist at a time, because its memory has a fixed address.
 * Implementations hash addresses, so other addresses would change the counts. Returns 0, or -1 with
 * the error set. */
int counter_init(struct counter *counter, struct error *err);
void counter_free(struct counter *counter);

/* Returns zeroed memory that is valid until counter_free(), or NULL if the counter's memory is used
 * up. An instrumented implementation's malloc() also calls it. */
void *counter_alloc(struct counter *counter, size_t align, size_t size);

/* Accesses between start and stop are counted as those of `cpu`, 0 or 1. Plain accesses to the
 * stack of the caller and its callees are not counted. */
void counter_start(struct counter *counter, unsigned int cpu);
void counter_stop(void);

/* Records a plain access of `size` bytes, if a counter is active. Only its cache-line transfers
 * count. */
void counter_plain(const volatile void *p, size_t size, bool write);

#endif
