/* SPDX-License-Identifier: MIT */
/*
 * Measures a window of fixed duration. Every thread also runs before and after the windows of all
 * other threads, so contention does not change at a window's ends. Rates are computed from the
 * threads' own time stamps.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "harness/aligned.h"
#include "harness/measure/claimer.h"
#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

/*
 * A warm-up is extended until its rate is steady, and a window until UNDISTURBED_SLICES of its
 * slices count. Both are extended to at most LONGEST_TIMES their length, and by at most
 * LONGER_SECONDS. While no slice of a window counts, the limit is NONE_COUNTS_TIMES its length,
 * because otherwise its rate would be that of disturbed slices. These conditions are checked only
 * every WATCH_SLICES slices, because each check takes CPU time from a thread.
 */
enum { LONGEST_TIMES = 3, NONE_COUNTS_TIMES = 10, WATCH_SLICES = 4, UNDISTURBED_SLICES = 10 };
static const double LONGER_SECONDS = 1;

/*
 * LOOK_NS is the time between clock reads. It is far shorter than a slice, and so long that the
 * reads cost next to nothing. For comparison, reading every 2 us would slow the ceiling by 1.1%. If
 * more than LOOK_LONG_NS passes between two reads, the clock is read after each batch.
 */
enum { LOOK_NS = 80000, LOOK_LONG_NS = 4 * LOOK_NS };

/* A batch is long enough to make its overhead negligible, and so short that the thread soon sees a
 * new phase. */
enum { BATCH_NS = 20000, BATCH_STEPS_MAX = 4096, BATCH_RECORDED_MAX = 64 };

/*
 * With fewer CPUs than threads, a step may have to wait for a lock holder that is not running,
 * which costs a time slice. A batch that was short a moment ago can then last for a minute. So
 * batches grow only after all threads have started. Where every operation is checked, they do not
 * grow at all: the checks cost more than the end of a batch.
 */
enum { BATCH_LATE_NS = 8000000, BATCH_OVERSUBSCRIBED_MAX = 512, BATCH_OVERSUBSCRIBED_CHECKED = 1 };

static void sleep_seconds(double seconds)
{
	struct timespec left = {
	    .tv_sec = (time_t)seconds,
	    .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9),
	};

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR)
		;
}

static void set_phase(struct engine *engine, enum phase phase)
{
	/* release: pairs with the acquire in window_thread(), and publishes begin_ns. */
	atomic_store_explicit(&engine->phase, phase, memory_order_release);
	engine_wait_seen(engine);
}

static bool is_oversubscribed(const struct run_spec *spec)
{
	return spec->pins->nr_threads > spec->pins->nr_cpus;
}

/*
 * Returns whether the window is cut into slices. It is not if threads share CPUs, because
 * preemption then belongs to the measurement. Checks other than the audit need every operation. If
 * threads alternate, excluding a slice would give the other half of the trace more weight.
 */
static bool has_slices(const struct run_spec *spec)
{
	return spec->check == CHECK_AUDIT && !is_oversubscribed(spec) && !spec->alternate_ns;
}

static uint64_t to_ns(double seconds)
{
	return (uint64_t)(seconds * 1e9);
}

int window_start(struct engine *engine)
{
	const struct run_spec *spec = engine->spec;

	engine->logs = aligned_zeroed(engine->nr_threads * sizeof(*engine->logs), BUS_ALIGN);
	if (has_slices(spec))
		engine->slice_ns = slice_length_ns(spec->duration);
	engine->begin_ns = clock_ns();
	return engine->logs ? 0 : -1;
}

static double longest_seconds(double seconds, int times)
{
	return fmin(times * seconds, seconds + LONGER_SECONDS);
}

static double longest_warmup(const struct run_spec *spec)
{
	return longest_seconds(spec->warmup, LONGEST_TIMES);
}

double window_longest_seconds(const struct run_spec *spec)
{
	if (!has_slices(spec))
		return spec->warmup + spec->duration;
	return longest_warmup(spec) + longest_seconds(spec->duration, NONE_COUNTS_TIMES);
}

/*
 * Returns the capacity of a log, with spare stamps in case the main thread is scheduled late. The
 * stamps of a window always fit, because long windows have longer slices. A long warm-up may fill
 * the log, and its later slices then have no stamps.
 */
static size_t stamps_max(const struct engine *engine)
{
	enum { SPARE = 64, STAMPS_MAX = 4096 };
	const double longest = fmax(longest_warmup(engine->spec),
	    longest_seconds(engine->spec->duration, NONE_COUNTS_TIMES));
	const uint64_t slices = to_ns(longest) / engine->slice_ns;

	return slices + SPARE < STAMPS_MAX ? slices + SPARE : STAMPS_MAX;
}

/* -- the main thread -- */

static void sleep_slices(const struct engine *engine, unsigned int slices)
{
	sleep_seconds(slices * (double)engine->slice_ns * 1e-9);
}

static void watch_warmup(struct engine *engine)
{
	struct slices *slices = &engine->result->slices;
	const uint64_t end_ns = engine->begin_ns + to_ns(longest_warmup(engine->spec));

	while (!(slices->steady = slices_steady(engine->logs, engine->nr_threads)) &&
	       clock_ns() < end_ns)
		sleep_slices(engine, WATCH_SLICES);
}

static void watch_window(struct engine *engine)
{
	const double duration = engine->spec->duration;
	const uint64_t slices = to_ns(duration) / engine->slice_ns;
	const uint64_t wanted = slices < UNDISTURBED_SLICES ? slices : UNDISTURBED_SLICES;
	uint64_t undisturbed, longest_ns;

	for (;;) {
		undisturbed = slices_undisturbed(engine->logs, engine->nr_threads);
		longest_ns = to_ns(
		    longest_seconds(duration, undisturbed ? LONGEST_TIMES : NONE_COUNTS_TIMES));
		if (undisturbed >= wanted || clock_ns() - engine->begin_ns >= longest_ns)
			break;
		sleep_slices(engine, WATCH_SLICES);
	}
}

void window_control(struct engine *engine)
{
	engine_wait_seen(engine);
	sleep_seconds(engine->spec->warmup);
	if (engine->slice_ns)
		watch_warmup(engine);
	engine->result->slices.warmup_seconds = clock_seconds_since(engine->begin_ns);
	engine->begin_ns = clock_ns();
	set_phase(engine, PHASE_MEASURE);
	engine_watch_begin(engine);
	sleep_seconds(engine->spec->duration);
	if (engine->slice_ns)
		watch_window(engine);
	engine_watch_end(engine);
	set_phase(engine, PHASE_DRAIN);
	set_phase(engine, PHASE_STOP);
}

static void count_whole_window(struct run_thread *t)
{
	t->counted = (struct counted){.ns = t->end_ns - t->start_ns, .tally = t->tally};
}

static void count_slices(struct engine *engine)
{
	struct run_result *result = engine->result;
	size_t nr;
	struct slice_span *spans =
	    slices_judge(engine->logs, engine->nr_threads, &nr, &result->slices);

	if (!spans)
		engine_die(engine, "not enough memory to judge the slices of the window");
	if (result->slices.excluded < result->slices.total) {
		for (unsigned int i = 0; i < engine->nr_threads; i++)
			result->threads[i].counted = slices_sum(&engine->logs[i], spans, nr);
	}
	free(spans);
}

void window_finish(struct engine *engine)
{
	struct run_result *result = engine->result;

	for (unsigned int i = 0; i < engine->nr_threads; i++)
		count_whole_window(&result->threads[i]);
	result->slices.length_seconds = (double)engine->slice_ns * 1e-9;
	if (engine->slice_ns)
		count_slices(engine);
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		slice_log_destroy(&engine->logs[i]);
	free(engine->logs);
}

/* -- the measured threads -- */

static size_t batch_max(const struct engine *engine)
{
	const bool audit = engine->spec->check == CHECK_AUDIT;

	if (is_oversubscribed(engine->spec))
		return audit ? BATCH_OVERSUBSCRIBED_MAX : BATCH_OVERSUBSCRIBED_CHECKED;
	return engine->spec->check == CHECK_HISTORY ? BATCH_RECORDED_MAX : BATCH_STEPS_MAX;
}

/* The loops that a thread runs in one batch. */
struct stepper {
	worker_loop *loop;
	worker_loop *timed; /* runs one step, and times it */
	struct claimer claimer;
	bool claims; /* this thread is the claimer, which attempts one claim per batch */
};

static void run_timed(struct engine_thread *thread, const struct stepper *stepper, size_t batch)
{
	while (batch) {
		size_t n = batch < thread->untimed ? batch : (size_t)thread->untimed;

		if (n)
			stepper->loop(&thread->worker, n);
		batch -= n;
		thread->untimed -= n;
		if (!batch)
			break;
		stepper->timed(&thread->worker, 1);
		batch--;
		thread->untimed = thread->engine->spec->latency_every - 1;
	}
}

static void run_batch(struct engine_thread *thread, struct stepper *stepper, size_t batch)
{
	if (stepper->claims)
		claimer_step(thread, &stepper->claimer);
	else if (thread->latency)
		run_timed(thread, stepper, batch);
	else
		stepper->loop(&thread->worker, batch);
}

/* Returns whether all threads have seen this phase. */
static bool all_have_seen(const struct engine *engine, enum phase phase)
{
	const unsigned int all = ((unsigned int)phase + 1) * engine->nr_threads;

	return atomic_load_explicit(&engine->sightings, memory_order_relaxed) >= all;
}

static bool may_grow(const struct engine *engine, size_t batch)
{
	return batch < batch_max(engine) && all_have_seen(engine, PHASE_WARMUP);
}

/*
 * Runs a batch, and returns the size of the next. Used if threads share CPUs. Reads the coarse
 * clock, which costs a few nanoseconds and advances every few milliseconds. The size doubles at
 * most once per advance, so that the other threads have run before it grows again.
 */
static size_t batch_fitted(
    struct engine_thread *thread, struct stepper *stepper, size_t batch, uint64_t *tick)
{
	uint64_t start = clock_coarse_ns();
	bool ticked = start != *tick;
	uint64_t late;

	run_batch(thread, stepper, batch);
	*tick = start;
	late = (clock_coarse_ns() - start) / BATCH_LATE_NS;
	if (late)
		return batch > late ? batch / (late + 1) : 1;
	return ticked && may_grow(thread->engine, batch) ? 2 * batch : batch;
}

/* Allocates the thread's log before its window. The thread does this itself, so that the memory is
 * local to its CPU. */
static void prepare_log(struct engine_thread *thread)
{
	const struct engine *engine = thread->engine;

	thread->log = &engine->logs[thread->number];
	if (!engine->slice_ns) {
		slice_log_begin(thread->log, UINT64_MAX); /* no stamp is ever due */
		return;
	}
	if (slice_log_create(thread->log, engine->slice_ns, stamps_max(engine)))
		engine_die(thread->engine, "not enough memory for the time stamps of thread %u",
		    thread->number);
	slice_log_begin(thread->log, engine->begin_ns);
}

/* How many steps a thread executes in a batch, and how often it reads the clock. */
struct pace {
	size_t batch;       /* steps in a batch */
	unsigned int every; /* batches between clock reads */
	unsigned int left;  /* batches until the next clock read */
};

/* Reads the clock, and adjusts the pace: batches should take BATCH_NS, and clock reads should be
 * LOOK_NS apart. Returns the time. */
static uint64_t look_at_clock(struct engine_thread *thread, struct pace *pace)
{
	const uint64_t now_ns = clock_ns();
	const uint64_t gap = slice_log_look(thread->log, now_ns, &thread->worker.tally);

	if (gap < pace->every * (uint64_t)BATCH_NS && pace->batch < batch_max(thread->engine))
		pace->batch *= 2;
	else if (gap < LOOK_NS)
		pace->every *= 2;
	else if (gap > LOOK_LONG_NS)
		pace->every = 1;
	pace->left = pace->every;
	return now_ns;
}

/* If threads alternate between the halves of their traces, sets the worker's trace to the half that
 * is due at this time. Returns the number of the half, 0 or 1. */
static size_t choose_half(struct engine_thread *thread, uint64_t now_ns)
{
	const uint64_t interval = thread->engine->spec->alternate_ns;
	size_t half;

	if (!interval)
		return 0;
	half = (now_ns - thread->alternates_ns) / interval % 2;
	thread->worker.trace = thread->trace + half * (thread->steps / 2);
	return half;
}

static void begin_slices(struct engine_thread *thread)
{
	if (thread->engine->slice_ns)
		slice_log_begin(thread->log, thread->engine->begin_ns);
}

static void set_timing(struct engine_thread *thread, bool on)
{
	if (thread->latency)
		thread->latency->on = on;
}

static void stamp_phase(struct engine_thread *thread, enum phase phase, struct run_thread *out)
{
	if (phase == PHASE_MEASURE) {
		begin_slices(thread);
		thread->alternates_ns = thread->engine->begin_ns;
		out->tally = thread->worker.tally;
		out->cpu_ns = clock_thread_cpu_ns();
		out->start_ns = clock_ns();
		set_timing(thread, true);
		counters_enable(&thread->counters);
	} else if (phase == PHASE_DRAIN) {
		struct tally before = out->tally;

		counters_disable(&thread->counters);
		set_timing(thread, false);
		out->end_ns = clock_ns();
		slice_log_look(thread->log, out->end_ns, &thread->worker.tally);
		out->cpu_ns = clock_thread_cpu_ns() - out->cpu_ns;
		out->tally = thread->worker.tally;
		tally_subtract(&out->tally, &before);
	}
}

static void post_seen(struct engine *engine)
{
	atomic_fetch_add_explicit(&engine->sightings, 1, memory_order_relaxed);
	sem_post(&engine->seen);
}

/*
 * Yields if some thread has not seen the phase yet. If a thousand threads shared a CPU and each ran
 * for a whole time slice before the next one saw the phase, a change of the phase would take
 * seconds.
 */
static void let_others_see(struct engine *engine, enum phase seen)
{
	if (!all_have_seen(engine, seen))
		sched_yield();
}

void window_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	const struct impl_about *about = engine->spec->instance->about;
	struct stepper stepper = {
	    .loop = engine_loop(engine, engine->spec->loop),
	    .timed = engine_timed_loop(engine),
	    .claims = engine->spec->claim_every_ns && thread->number + 1 == engine->nr_threads,
	};
	enum phase seen = PHASE_WARMUP;
	uint64_t tick = clock_coarse_ns();
	/* Each half of a trace has its own pace, because its steps may take a different time. */
	struct pace paces[] = {
	    {.batch = 1, .every = 1, .left = 1}, {.batch = 1, .every = 1, .left = 1}};
	struct pace *pace = &paces[0];

	prepare_log(thread);
	thread->alternates_ns = engine->begin_ns;
	if (stepper.claims)
		claimer_begin(thread, &stepper.claimer);
	post_seen(engine);
	while (seen != PHASE_STOP) {
		/* acquire: pairs with the release in set_phase(). */
		enum phase phase = atomic_load_explicit(&engine->phase, memory_order_acquire);

		if (phase != seen) {
			seen = phase;
			stamp_phase(thread, phase, &engine->result->threads[thread->number]);
			if (phase == PHASE_DRAIN && stepper.claims)
				claimer_close(thread, &stepper.claimer);
			post_seen(engine);
		}
		if (is_oversubscribed(engine->spec)) {
			pace->batch = batch_fitted(thread, &stepper, pace->batch, &tick);
			if (engine->spec->alternate_ns)
				pace = &paces[choose_half(thread, clock_ns())];
			let_others_see(engine, seen);
		} else {
			run_batch(thread, &stepper, pace->batch);
			if (--pace->left == 0)
				pace = &paces[choose_half(thread, look_at_clock(thread, pace))];
		}
		if (about->thread_quiescent)
			about->thread_quiescent();
	}
}
