/* SPDX-License-Identifier: MIT */
/*
 * Slices of a few milliseconds, into which the threads' time stamps cut a window. If a thread was
 * disturbed in a slice, the slice is excluded for all threads, because contention differed in it.
 */
#ifndef HARNESS_MEASURE_SLICES_H
#define HARNESS_MEASURE_SLICES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/measure/worker.h"

/* Summary of the slices of a window, and of the warm-up before it. */
struct slices {
	double length_seconds;
	unsigned int total;
	unsigned int excluded;  /* preempted + late */
	unsigned int preempted; /* slices in which a runnable thread lost its CPU */
	unsigned int late;      /* slices with a stall, or a wait for a CPU after a wake-up */
	bool all_disturbed;     /* every slice was disturbed, so the whole window counts */
	double warmup_seconds;
	bool steady; /* the rate was steady when the window began */
};

/* The state of a thread at its first clock read in a slice. */
struct slice_stamp {
	_Alignas(BUS_ALIGN) uint64_t ns;
	uint64_t longest_ns;  /* longest time between two clock reads since the previous stamp */
	uint64_t waited_ns;   /* time that the thread has spent on run queues so far; 0: unknown */
	uint32_t slice;       /* index of the slice that begins here */
	uint32_t involuntary; /* the thread's involuntary context switches so far */
	uint32_t voluntary;   /* its voluntary context switches so far */
	struct tally tally;
};

/* The stamps of one thread. Only this thread writes them. */
struct slice_log {
	_Alignas(BUS_ALIGN) struct slice_stamp *stamps; /* NULL: the thread takes no stamps */
	size_t max;
	int schedstat;      /* descriptor of /proc/thread-self/schedstat; -1: the kernel has none */
	_Atomic(size_t) nr; /* number of stamps, which other threads read */
	uint64_t length_ns;
	uint64_t begin_ns; /* start of slice 0 */
	uint64_t next_ns;  /* time at which the next stamp is due */
	uint64_t look_ns;  /* time of the last clock read */
	uint64_t longest_ns;
};

/* What a thread did in the slices that count, and how long they lasted. */
struct counted {
	uint64_t ns;
	struct tally tally;
};

enum slice_verdict { SPAN_COUNTS, SPAN_LATE, SPAN_PREEMPTED };

/* A series of slices, from one in which all threads have a stamp to the next such slice. */
struct slice_span {
	uint32_t first, end;
	enum slice_verdict verdict;
};

/* Returns the length of a slice in nanoseconds, for a window of `duration` seconds. The window is a
 * whole number of slices. */
uint64_t slice_length_ns(double duration);

/* Allocates zeroed memory for `max` stamps. Returns 0, or -1 if memory is short. */
int slice_log_create(struct slice_log *log, uint64_t length_ns, size_t max);
void slice_log_destroy(struct slice_log *log);

/* Drops all stamps. Slice 0 begins at `begin_ns`, and the next clock read from then on takes a
 * stamp. */
void slice_log_begin(struct slice_log *log, uint64_t begin_ns);

/* Takes a stamp in the slice that contains `now`. Only slice_log_look() calls this. */
void slice_log_stamp(struct slice_log *log, uint64_t now, const struct tally *tally);

/* To be called after each clock read. Takes a stamp if one is due. Returns the nanoseconds since
 * the previous call. */
static inline uint64_t slice_log_look(
    struct slice_log *log, uint64_t now, const struct tally *tally)
{
	const uint64_t gap = now - log->look_ns;

	log->look_ns = now;
	if (gap > log->longest_ns)
		log->longest_ns = gap;
	if (now >= log->next_ns)
		slice_log_stamp(log, now, tally);
	return gap;
}

/*
 * Finds the spans, and judges for each whether a thread was disturbed in it. Adds the numbers of
 * slices to *slices. Returns the spans, which the caller frees, or NULL if memory is short. Other
 * threads may take stamps meanwhile.
 */
struct slice_span *slices_judge(
    const struct slice_log *logs, unsigned int nr_threads, size_t *nr, struct slices *slices);

/* Returns what one thread did in the spans that count, and how long they lasted. */
struct counted slices_sum(const struct slice_log *log, const struct slice_span *spans, size_t nr);

/* Returns how many undisturbed slices there are so far. Other threads may take stamps meanwhile. */
unsigned int slices_undisturbed(const struct slice_log *logs, unsigned int nr_threads);

/* Returns whether the total rate of all threads is steady, see STEADY_SLICES. */
bool slices_steady(const struct slice_log *logs, unsigned int nr_threads);

#endif
