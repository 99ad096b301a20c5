/* SPDX-License-Identifier: MIT */
#include "harness/measure/slices.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/aligned.h"

/*
 * A slice is long enough to make the cost of its stamp negligible, and so short that a preemption
 * of some milliseconds spoils only a few slices. Slices are longer in a window that would otherwise
 * have more than SLICES_MAX of them.
 */
static const double SLICE_SECONDS = 0.002;
enum { SLICES_MAX = 1000 };

/* A gap between two clock reads is a disturbance if it is longer than LATE_TIMES the usual gap, and
 * longer than a slice divided by LATE_PART. */
enum { LATE_TIMES = 5, LATE_PART = 8 };

/* The rate is steady if two medians differ by at most STEADY_WITHIN: that of the last STEADY_SLICES
 * undisturbed slices, and that of the STEADY_SLICES undisturbed slices before. */
enum { STEADY_SLICES = 3 };
static const double STEADY_WITHIN = 0.1;

#define NO_SLICE UINT32_MAX

uint64_t slice_length_ns(double duration)
{
	const double slices = fmin(fmax(floor(duration / SLICE_SECONDS), 1), SLICES_MAX);

	return (uint64_t)(duration * 1e9 / slices);
}

int slice_log_create(struct slice_log *log, uint64_t length_ns, size_t max)
{
	*log = (struct slice_log){.length_ns = length_ns, .max = max};
	log->stamps = aligned_zeroed(max * sizeof(*log->stamps), BUS_ALIGN);
	if (!log->stamps)
		return -1;
	log->schedstat = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
	return 0;
}

void slice_log_destroy(struct slice_log *log)
{
	if (log->stamps && log->schedstat >= 0)
		close(log->schedstat);
	free(log->stamps);
}

void slice_log_begin(struct slice_log *log, uint64_t begin_ns)
{
	atomic_store_explicit(&log->nr, 0, memory_order_relaxed);
	log->begin_ns = begin_ns;
	log->next_ns = begin_ns;
	log->look_ns = begin_ns;
	log->longest_ns = 0;
}

/* Returns how long the thread has waited for a CPU, in nanoseconds; 0 if unknown. This is the
 * second number in "110303 383980 2": time on a CPU, time on a run queue, time slices. */
static uint64_t read_waited(const struct slice_log *log)
{
	char text[64];
	char *end;
	const ssize_t n =
	    log->schedstat < 0 ? -1 : pread(log->schedstat, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	strtoull(text, &end, 10);
	return strtoull(end, NULL, 10);
}

void slice_log_stamp(struct slice_log *log, uint64_t now, const struct tally *tally)
{
	const size_t nr = atomic_load_explicit(&log->nr, memory_order_relaxed);
	const uint64_t slice = (now - log->begin_ns) / log->length_ns;
	struct rusage usage = {0};

	log->next_ns = log->begin_ns + (slice + 1) * log->length_ns;
	if (nr == log->max)
		return;
	getrusage(RUSAGE_THREAD, &usage);
	log->stamps[nr] = (struct slice_stamp){
	    .ns = now,
	    .slice = (uint32_t)slice,
	    .longest_ns = log->longest_ns,
	    .waited_ns = read_waited(log),
	    .involuntary = (uint32_t)usage.ru_nivcsw,
	    .voluntary = (uint32_t)usage.ru_nvcsw,
	    .tally = *tally,
	};
	log->longest_ns = 0;
	/* release: pairs with the acquire in nr_stamps(), and publishes the complete stamp. */
	atomic_store_explicit(&log->nr, nr + 1, memory_order_release);
}

static size_t nr_stamps(const struct slice_log *log)
{
	/* acquire: pairs with the release in slice_log_stamp(). */
	return atomic_load_explicit(&log->nr, memory_order_acquire);
}

/* Returns the first stamp in this slice or later, or NULL if there is none. */
static const struct slice_stamp *find_stamp(const struct slice_log *log, uint32_t slice)
{
	size_t low = 0, end = nr_stamps(log);
	const size_t nr = end;

	while (low < end) {
		const size_t middle = low + (end - low) / 2;

		if (log->stamps[middle].slice < slice)
			low = middle + 1;
		else
			end = middle;
	}
	return low < nr ? &log->stamps[low] : NULL;
}

/* -- spans: runs of slices between stamps that all threads have -- */

/* Returns the first slice, from `slice` on, in which all threads have a stamp, or NO_SLICE. */
static uint32_t common_slice(const struct slice_log *logs, unsigned int nr_threads, uint32_t slice)
{
	unsigned int agreed = 0;

	for (unsigned int i = 0; agreed < nr_threads; i = (i + 1) % nr_threads) {
		const struct slice_stamp *stamp = find_stamp(&logs[i], slice);

		if (!stamp)
			return NO_SLICE;
		agreed = stamp->slice == slice ? agreed + 1 : 1;
		slice = stamp->slice;
	}
	return slice;
}

/* Returns the lower quartile of the slices' longest gaps. If most slices have long gaps, the cause
 * is the thread's long steps, not a disturbance. */
static uint64_t usual_gap(const struct slice_log *log, double *gaps)
{
	const size_t nr = nr_stamps(log);

	for (size_t i = 1; i < nr; i++)
		gaps[i - 1] = (double)log->stamps[i].longest_ns;
	if (nr < 2)
		return 0;
	gsl_sort(gaps, 1, nr - 1);
	return (uint64_t)gaps[(nr - 1) / 4];
}

/* Returns whether the thread was delayed, but not by the implementation. A thread that slept was
 * blocked by the implementation, unless it had to wait for a CPU after its wake-up. */
static bool is_late(const struct slice_stamp *from, const struct slice_stamp *to, uint64_t usual_ns,
    uint64_t length_ns)
{
	const uint64_t least_ns = length_ns / LATE_PART;

	if (to->waited_ns - from->waited_ns > least_ns)
		return true;
	return to->voluntary == from->voluntary && to->longest_ns > LATE_TIMES * usual_ns &&
	       to->longest_ns > least_ns;
}

static enum slice_verdict judge_interval(const struct slice_stamp *from,
    const struct slice_stamp *to, uint64_t usual_ns, uint64_t length_ns)
{
	if (to->involuntary != from->involuntary)
		return SPAN_PREEMPTED;
	return is_late(from, to, usual_ns, length_ns) ? SPAN_LATE : SPAN_COUNTS;
}

/* Returns how many nanoseconds after the start of its slice the stamp was taken. */
static uint64_t delay_of(const struct slice_log *log, const struct slice_stamp *stamp)
{
	return stamp->ns - log->begin_ns - stamp->slice * log->length_ns;
}

/* Updates the span's verdict if this thread was disturbed between the stamps `from` and `end`. */
static void judge_stamps(struct slice_span *span, const struct slice_log *log,
    const struct slice_stamp *from, const struct slice_stamp *end, uint64_t usual_ns)
{
	for (; from < end && span->verdict != SPAN_PREEMPTED; from++) {
		const enum slice_verdict verdict =
		    judge_interval(from, from + 1, usual_ns, log->length_ns);

		if (verdict != SPAN_COUNTS)
			span->verdict = verdict;
	}
}

static void judge_span(struct slice_span *span, const struct slice_log *log, uint64_t usual_ns)
{
	const struct slice_stamp *from = find_stamp(log, span->first);

	/* If the span's first stamp is late, a disturbance has lasted from the interval before the
	 * span into it. Judge that interval, too. */
	if (from > log->stamps && delay_of(log, from) > log->length_ns / LATE_PART)
		from--;
	judge_stamps(span, log, from, find_stamp(log, span->end), usual_ns);
}

/* Judges the whole window. Used if there are no two slices in which all threads have a stamp. */
static void judge_all(struct slice_span *window, const struct slice_log *log, uint64_t usual_ns)
{
	const size_t nr = nr_stamps(log);

	if (!nr)
		return;
	if (log->stamps[nr - 1].slice > window->end)
		window->end = log->stamps[nr - 1].slice;
	judge_stamps(window, log, log->stamps, log->stamps + nr - 1, usual_ns);
}

static size_t find_spans(
    const struct slice_log *logs, unsigned int nr_threads, struct slice_span *spans)
{
	uint32_t first = common_slice(logs, nr_threads, 0);
	size_t nr = 0;

	while (first != NO_SLICE) {
		const uint32_t end = common_slice(logs, nr_threads, first + 1);

		if (end != NO_SLICE)
			spans[nr++] = (struct slice_span){.first = first, .end = end};
		first = end;
	}
	return nr;
}

static void count_span(const struct slice_span *span, struct slices *slices)
{
	const unsigned int nr = (unsigned int)(span->end - span->first);

	slices->total += nr;
	if (span->verdict == SPAN_COUNTS)
		return;
	slices->excluded += nr;
	*(span->verdict == SPAN_LATE ? &slices->late : &slices->preempted) += nr;
}

struct slice_span *slices_judge(
    const struct slice_log *logs, unsigned int nr_threads, size_t *nr, struct slices *slices)
{
	struct slice_span *spans = calloc(logs[0].max, sizeof(*spans));
	struct slice_span window = {0};
	double *gaps = calloc(logs[0].max, sizeof(*gaps));

	if (!spans || !gaps) {
		free(spans);
		free(gaps);
		return NULL;
	}
	*nr = find_spans(logs, nr_threads, spans);
	for (unsigned int i = 0; i < nr_threads; i++) {
		const uint64_t usual_ns = usual_gap(&logs[i], gaps);

		for (size_t s = 0; s < *nr; s++)
			judge_span(&spans[s], &logs[i], usual_ns);
		if (!*nr)
			judge_all(&window, &logs[i], usual_ns);
	}
	free(gaps);
	for (size_t s = 0; s < *nr; s++)
		count_span(&spans[s], slices);
	if (window.verdict != SPAN_COUNTS)
		count_span(&window, slices);
	slices->all_disturbed = slices->total && slices->excluded == slices->total;
	return spans;
}

struct counted slices_sum(const struct slice_log *log, const struct slice_span *spans, size_t nr)
{
	struct counted sum = {0};

	for (size_t s = 0; s < nr; s++) {
		const struct slice_stamp *from = find_stamp(log, spans[s].first);
		const struct slice_stamp *to = find_stamp(log, spans[s].end);

		if (spans[s].verdict != SPAN_COUNTS)
			continue;
		sum.ns += to->ns - from->ns;
		tally_add(&sum.tally, &to->tally);
		tally_subtract(&sum.tally, &from->tally);
	}
	return sum;
}

/* -- warm-up -- */

/* Returns the number of steps, whatever their kind. */
static uint64_t tally_steps(const struct tally *t)
{
	return t->pairs + t->refused + t->failed + t->claims + t->claims_refused + t->queries +
	       t->plugs + t->uses + t->unbinds;
}

/* Returns the number of steps per second of all threads together. */
static double span_rate(
    const struct slice_log *logs, unsigned int nr_threads, const struct slice_span *span)
{
	double rate = 0;

	for (unsigned int i = 0; i < nr_threads; i++) {
		const struct counted sum = slices_sum(&logs[i], span, 1);

		rate += (double)tally_steps(&sum.tally) / (double)sum.ns * 1e9;
	}
	return rate;
}

/* Stores the rates of the last undisturbed spans, latest first, and returns their number, at most
 * `max`. */
static size_t last_rates(
    const struct slice_log *logs, unsigned int nr_threads, double *rates, size_t max)
{
	struct slices slices = {0};
	size_t nr_spans, nr = 0;
	struct slice_span *spans = slices_judge(logs, nr_threads, &nr_spans, &slices);

	if (!spans)
		return 0;
	while (nr < max && nr_spans-- > 0) {
		if (spans[nr_spans].verdict == SPAN_COUNTS)
			rates[nr++] = span_rate(logs, nr_threads, &spans[nr_spans]);
	}
	free(spans);
	return nr;
}

unsigned int slices_undisturbed(const struct slice_log *logs, unsigned int nr_threads)
{
	struct slices slices = {0};
	size_t nr;

	free(slices_judge(logs, nr_threads, &nr, &slices));
	return slices.total - slices.excluded;
}

bool slices_steady(const struct slice_log *logs, unsigned int nr_threads)
{
	enum { SLICES = 2 * STEADY_SLICES };
	double rates[SLICES];
	double late, early;

	if (last_rates(logs, nr_threads, rates, SLICES) < SLICES)
		return false;
	late = gsl_stats_median(rates, 1, STEADY_SLICES);
	early = gsl_stats_median(rates + STEADY_SLICES, 1, STEADY_SLICES);
	return fabs(late - early) <= STEADY_WITHIN * early;
}
