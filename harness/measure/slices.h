/* SPDX-License-Identifier: MIT */
/*
 * The threads' own time stamps cut a window into slices of a few milliseconds. If one thread was
 * disturbed in a slice, the slice is excluded for all threads, because contention differed in it.
 */
#ifndef HARNESS_MEASURE_SLICES_H
#define HARNESS_MEASURE_SLICES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/measure/worker.h"

/* Summary of a window's slices and of the warm-up before it. */
struct slices {
	double length_seconds; /* length of one slice */
	unsigned int total;
	unsigned int excluded;  /* preempted + late, even if all_disturbed */
	unsigned int preempted; /* a runnable thread was switched out */
	unsigned int late;      /* a thread stalled, or waited for a CPU after a wake-up */
	bool all_disturbed;     /* every slice was disturbed, so the whole window counts */
	double warmup_seconds;  /* duration of the warm-up */
	bool steady;            /* the rate was steady when the window began */
};

/* State of a thread when it first reads the clock in a slice. */
struct slice_stamp {
	_Alignas(BUS_ALIGN) uint64_t ns;
	uint64_t longest_ns;  /* longest gap between clock reads since the previous stamp */
	uint64_t waited_ns;   /* time that the thread has waited on a run queue; 0: unknown */
	uint32_t slice;       /* index of the slice that begins here */
	uint32_t involuntary; /* involuntary context switches of the thread so far */
	uint32_t voluntary;   /* voluntary context switches so far */
	struct tally tally;
};

/* Stamps of one thread, which is the only writer. */
struct slice_log {
	_Alignas(BUS_ALIGN) struct slice_stamp *stamps; /* NULL: the thread takes no stamps */
	size_t max;
	int schedstat;      /* descriptor of the file with waited_ns; -1: this kernel has none */
	_Atomic(size_t) nr; /* number of stamps; other threads read it */
	uint64_t length_ns;
	uint64_t begin_ns; /* start of slice 0 */
	uint64_t next_ns;  /* when the next stamp is due */
	uint64_t look_ns;  /* time of the last clock read */
	uint64_t longest_ns;
};

/* Work of a thread, and the time it took. */
struct counted {
	uint64_t ns;
	struct tally tally;
};

enum slice_verdict { SPAN_COUNTS, SPAN_LATE, SPAN_PREEMPTED };

/* The slices between two neighbouring stamps that all threads have. */
struct slice_span {
	uint32_t first, end;
	enum slice_verdict verdict;
};

/* Returns the length of a slice in nanoseconds, so that a window of `duration` seconds is a whole
 * number of slices. */
uint64_t slice_length_ns(double duration);

/* Allocates and touches memory for `max` stamps. Returns 0, or -1 if memory is short. */
int slice_log_create(struct slice_log *log, uint64_t length_ns, size_t max);
void slice_log_destroy(struct slice_log *log);

/* Drops all stamps, and starts slice 0 at `begin_ns`. The next look takes a stamp. */
void slice_log_begin(struct slice_log *log, uint64_t begin_ns);

/* Takes a stamp for the slice that contains `now`. Called by slice_log_look() only. */
void slice_log_stamp(struct slice_log *log, uint64_t now, const struct tally *tally);

/* Called after each clock read: takes a stamp if one is due. Returns the nanoseconds since the
 * previous look. */
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

void tally_add(struct tally *sum, const struct tally *t);
void tally_subtract(struct tally *t, const struct tally *before);

/*
 * Finds the spans and judges whether a thread was disturbed in them. Adds the result to *slices.
 * Returns the spans, or NULL if memory is short. The caller frees them. Other threads may take
 * stamps meanwhile.
 */
struct slice_span *slices_judge(
    const struct slice_log *logs, unsigned int nr_threads, size_t *nr, struct slices *slices);

/* Returns the work of one thread in the spans that count. */
struct counted slices_sum(const struct slice_log *log, const struct slice_span *spans, size_t nr);

/* Returns how many slices count so far. Other threads may take stamps meanwhile. */
unsigned int slices_undisturbed(const struct slice_log *logs, unsigned int nr_threads);

/* Returns whether the rate of all threads together is steady, see STEADY_SLICES. */
bool slices_steady(const struct slice_log *logs, unsigned int nr_threads);

#endif
