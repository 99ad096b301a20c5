/* SPDX-License-Identifier: MIT */
/*
 * A window is cut into slices of a few milliseconds by the threads' own stamps. A slice in which
 * one thread was disturbed is set aside for all threads, because their contention differed in it.
 */
#ifndef HARNESS_MEASURE_SLICES_H
#define HARNESS_MEASURE_SLICES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/measure/worker.h"

/* What became of a window's slices, and of the warm-up before it. */
struct slices {
	double length_seconds; /* of one slice */
	unsigned int total;
	unsigned int set_aside; /* sum of the two reasons, even if all_disturbed */
	unsigned int preempted; /* a thread was switched out while it could run */
	unsigned int late;      /* a thread stood still, or was woken and had to wait for a CPU */
	bool all_disturbed;     /* so the whole window counts */
	double warmup_seconds;  /* that were needed */
	bool steady;            /* the rate was, before the window began */
};

/* A thread's figures at its first look at the clock in a slice. */
struct slice_stamp {
	_Alignas(BUS_ALIGN) uint64_t ns;
	uint64_t longest_ns;  /* between two looks since the stamp before */
	uint64_t waited_ns;   /* in which the thread could run and had no CPU, so far; 0: unknown */
	uint32_t slice;       /* number of the slice that begins, from 0 */
	uint32_t involuntary; /* context switches of the thread so far */
	uint32_t voluntary;
	struct tally tally;
};

/* Written by one thread. */
struct slice_log {
	_Alignas(BUS_ALIGN) struct slice_stamp *stamps; /* NULL: the thread takes none */
	size_t max;
	int schedstat;      /* file that has waited_ns; -1: this kernel has none */
	_Atomic(size_t) nr; /* may be read by another thread */
	uint64_t length_ns;
	uint64_t begin_ns; /* of slice 0 */
	uint64_t next_ns;  /* the next stamp is due */
	uint64_t look_ns;  /* time of the last look */
	uint64_t longest_ns;
};

/* Work of a thread, and the time that it took. */
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

/* Length of a slice of a window: it divides the duration. */
uint64_t slice_length_ns(double duration);

/* Memory for stamps of as many slices, touched. 0, or -1: no memory. */
int slice_log_create(struct slice_log *log, uint64_t length_ns, size_t max);
void slice_log_destroy(struct slice_log *log);

/* Forgets all stamps. The next look stamps slice 0, or a later one if it comes late. */
void slice_log_begin(struct slice_log *log, uint64_t begin_ns);

/* Takes the stamp of slice (now - begin) / length; for slice_log_look(). */
void slice_log_stamp(struct slice_log *log, uint64_t now, const struct tally *tally);

/* Returns the nanoseconds since the look before. */
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

/* Finds the spans, and what disturbed them; counts them in *slices. The caller frees the spans.
 * Returns NULL if there is no memory. Other threads may take stamps meanwhile. */
struct slice_span *slices_judge(
    const struct slice_log *logs, unsigned int nr_threads, size_t *nr, struct slices *slices);

/* Returns the work of one thread in the spans that count. */
struct counted slices_sum(const struct slice_log *log, const struct slice_span *spans, size_t nr);

/* Returns how many slices count so far. Other threads may take stamps meanwhile. */
unsigned int slices_undisturbed(const struct slice_log *logs, unsigned int nr_threads);

/* Returns whether the rate of all threads has stopped moving: the medians of the last undisturbed
 * slices, and of those before them, are close. */
bool slices_steady(const struct slice_log *logs, unsigned int nr_threads);

#endif
