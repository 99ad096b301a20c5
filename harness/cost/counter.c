/* SPDX-License-Identifier: MIT */
#include "harness/cost/counter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MEMORY = 1 << 20, LINES = 1 << 14 };

/* The memory has a fixed address next to the explorer's memory, below the addresses that Linux
 * chooses itself. */
static void *const MEMORY_ADDRESS = (void *)((uintptr_t)5 << 28);

struct line {
	uintptr_t number;     /* address / COST_LINE; 0: unused entry */
	unsigned int holders; /* bit mask of the CPUs that have the line in their cache */
};

/* The active counter. It is global, because the hooks of plain accesses have no argument for it. */
static struct counter *counting;

const char *const count_names[NR_COUNTS] = {
    [COUNT_RMWS] = "rmws",
    [COUNT_FENCES] = "fences",
    [COUNT_MEMBARRIERS] = "membarriers",
    [COUNT_LOCKS] = "locks",
    [COUNT_GRACE_PERIODS] = "grace_periods",
    [COUNT_SECTIONS] = "sections",
    [COUNT_LOADS] = "loads",
    [COUNT_STORES] = "stores",
    [COUNT_TRANSFERS] = "transfers",
};

/* Returns the line's entry, which is added if it is missing. Returns NULL if the table is full. */
static struct line *line_of(struct counter *counter, uintptr_t number)
{
	for (size_t i = 0; i < LINES; i++) {
		struct line *line = &counter->lines[(number + i) % LINES];

		if (!line->number)
			line->number = number;
		if (line->number == number)
			return line;
	}
	return NULL;
}

static void touch_line(struct counter *counter, uintptr_t number, bool write)
{
	struct line *line = line_of(counter, number);
	unsigned int self = 1u << counter->cpu;
	bool elsewhere;

	if (!line) {
		counter->overflow = true;
		return;
	}
	elsewhere = line->holders & ~self;
	if (elsewhere && (write || !(line->holders & self)))
		counter->counts[COUNT_TRANSFERS]++;
	line->holders = write ? self : line->holders | self;
}

static void touch_lines(struct counter *counter, const volatile void *p, size_t size, bool write)
{
	uintptr_t first = (uintptr_t)p / COST_LINE;
	uintptr_t last = ((uintptr_t)p + size - 1) / COST_LINE;

	for (uintptr_t number = first; size && number <= last; number++)
		touch_line(counter, number, write);
}

/* Atomic objects and locks are aligned, so each lies within the line of its first byte. */
static void count_access(struct watcher *watcher, enum watched what, const volatile void *p)
{
	static const struct {
		enum count count;
		bool write;
	} counted[] = {
	    [WATCHED_LOAD] = {COUNT_LOADS, false},
	    [WATCHED_STORE] = {COUNT_STORES, true},
	    [WATCHED_RMW] = {COUNT_RMWS, true},
	    [WATCHED_FENCE] = {COUNT_FENCES, false},
	    [WATCHED_LOCK] = {COUNT_LOCKS, true},
	    [WATCHED_UNLOCK] = {COUNT_STORES, true},
	    [WATCHED_MEMBARRIER] = {COUNT_MEMBARRIERS, false},
	    [WATCHED_SECTION] = {COUNT_SECTIONS, false},
	    [WATCHED_GRACE_PERIOD] = {COUNT_GRACE_PERIODS, false},
	};
	struct counter *counter = (struct counter *)watcher;

	if (counting != counter)
		return;
	counter->counts[counted[what].count]++;
	if (what == WATCHED_LOCK)
		counter->counts[COUNT_RMWS]++;
	if (p)
		touch_lines(counter, p, 1, counted[what].write);
}

static void count_plain(struct watcher *watcher, const volatile void *p, size_t size, bool write)
{
	(void)watcher;
	counter_plain(p, size, write);
}

static void *alloc_watched(struct watcher *watcher, size_t align, size_t size)
{
	return counter_alloc((struct counter *)watcher, align, size);
}

int counter_init(struct counter *counter, struct error *err)
{
	*counter = (struct counter){
	    .watcher = {.see = count_access, .see_plain = count_plain, .alloc = alloc_watched}};
	counter->memory = mmap(MEMORY_ADDRESS, MEMORY, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (counter->memory != MEMORY_ADDRESS) {
		/* qemu-user and kernels before 4.17 ignore MAP_FIXED_NOREPLACE and may return
		 * another address. */
		if (counter->memory != MAP_FAILED && !munmap(counter->memory, MEMORY))
			errno = EEXIST;
		return error_errno(
		    err, "cannot map memory for the cost model at %p", MEMORY_ADDRESS);
	}
	counter->lines = calloc(LINES, sizeof(*counter->lines));
	if (!counter->lines) {
		munmap(counter->memory, MEMORY);
		return error_set(err, "cannot set up the cost model: out of memory");
	}
	explore_watch(&counter->watcher);
	return 0;
}

void counter_free(struct counter *counter)
{
	explore_watch(NULL);
	munmap(counter->memory, MEMORY);
	free(counter->lines);
}

void *counter_alloc(struct counter *counter, size_t align, size_t size)
{
	size_t start = (counter->used + align - 1) / align * align;

	if (size > MEMORY || start > MEMORY - size)
		return NULL;
	counter->used = start + size;
	return counter->memory + start;
}

void counter_start(struct counter *counter, unsigned int cpu)
{
	counter->cpu = cpu;
	counter->stack = __builtin_frame_address(0);
	counting = counter;
}

void counter_stop(void)
{
	counting = NULL;
}

void counter_plain(const volatile void *p, size_t size, bool write)
{
	struct counter *counter = counting;
	const char *frame = __builtin_frame_address(0);

	if (!counter)
		return;
	if ((const char *)p >= frame && (const char *)p < (const char *)counter->stack)
		return;
	touch_lines(counter, p, size, write);
}
