/* SPDX-License-Identifier: MIT */
/*
 * A window of fixed duration: every thread runs before, during and after the window of every other,
 * so that contention is the same throughout. Rates come from the threads' own stamps.
 */
#include <errno.h>

#include "harness/measure/claimer.h"
#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

/* A batch lasts long enough for its overhead to vanish, and little enough to stop soon. */
enum { BATCH_NS = 20000, BATCH_STEPS_MAX = 4096, BATCH_RECORDED_MAX = 64 };

/* With fewer CPUs than threads, a lock that is handed over to a thread which does not run costs a
 * time slice at each step: a batch that was short a moment ago lasts for a minute. */
enum { BATCH_LATE_NS = 8000000, BATCH_OVERSUBSCRIBED_MAX = 512 };

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
	atomic_store_explicit(&engine->phase, phase, memory_order_relaxed);
	engine_wait_seen(engine);
}

void window_control(struct engine *engine)
{
	engine_wait_seen(engine);
	sleep_seconds(engine->spec->warmup);
	set_phase(engine, PHASE_MEASURE);
	engine_tell_begin(engine);
	sleep_seconds(engine->spec->duration);
	engine_tell_end(engine);
	set_phase(engine, PHASE_DRAIN);
	set_phase(engine, PHASE_STOP);
}

static bool oversubscribed(const struct engine *engine)
{
	return engine->nr_threads > engine->spec->pins->nr_cpus;
}

static size_t batch_max(const struct engine *engine)
{
	if (engine->spec->check == CHECK_HISTORY)
		return BATCH_RECORDED_MAX;
	return oversubscribed(engine) ? BATCH_OVERSUBSCRIBED_MAX : BATCH_STEPS_MAX;
}

/* What a thread does for one batch. */
struct stepper {
	worker_loop *loop;
	worker_loop *timed; /* for one step in latency_every */
	struct claimer claimer;
	bool claims; /* this thread is a user, and a step is an attempt to claim */
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

/* Only while warming up, so that the window is free of clock reads. */
static size_t batch_grown(struct engine_thread *thread, struct stepper *stepper, size_t batch)
{
	uint64_t start = clock_ns();

	run_batch(thread, stepper, batch);
	if (batch < batch_max(thread->engine) && clock_ns() - start < BATCH_NS)
		return 2 * batch;
	return batch;
}

/* All the time, by a clock that costs a few nanoseconds and moves once in some milliseconds. It
 * doubles once in such a tick at most: so soon the threads that wait for a CPU have come, too. */
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
	return ticked && batch < batch_max(thread->engine) ? 2 * batch : batch;
}

static void tally_subtract(struct tally *t, const struct tally *before)
{
	t->pairs -= before->pairs;
	t->refused -= before->refused;
	t->failed -= before->failed;
	t->claims -= before->claims;
	t->claims_refused -= before->claims_refused;
	t->queries -= before->queries;
	t->plugs -= before->plugs;
	t->owned -= before->owned;
	t->unpaired -= before->unpaired;
	t->uses -= before->uses;
	t->unbinds -= before->unbinds;
}

static void set_timing(struct engine_thread *thread, bool on)
{
	if (thread->latency)
		thread->latency->on = on;
}

static void stamp(struct engine_thread *thread, enum phase phase, struct run_thread *out)
{
	if (phase == PHASE_MEASURE) {
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
		out->cpu_ns = clock_thread_cpu_ns() - out->cpu_ns;
		out->tally = thread->worker.tally;
		tally_subtract(&out->tally, &before);
	}
}

static void tell_seen(struct engine *engine)
{
	atomic_fetch_add_explicit(&engine->sightings, 1, memory_order_relaxed);
	sem_post(&engine->seen);
}

/* Where many threads share a CPU, each would run for a time slice before the next one sees the
 * phase: a thousand of them would take seconds from one phase to the next. */
static void let_others_see(struct engine *engine, enum phase seen)
{
	unsigned int all = ((unsigned int)seen + 1) * engine->nr_threads;

	if (atomic_load_explicit(&engine->sightings, memory_order_relaxed) < all)
		sched_yield();
}

void window_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	const struct impl_ops *impl = engine->spec->instance->impl;
	struct stepper stepper = {
	    .loop = engine_loop(engine, engine->spec->loop),
	    .timed = engine_timed_loop(engine),
	    .claims = engine->spec->claim_every_ns && thread->number + 1 == engine->nr_threads,
	};
	enum phase seen = PHASE_WARMUP;
	uint64_t tick = clock_coarse_ns();
	size_t batch = 1;

	if (stepper.claims)
		claimer_begin(thread, &stepper.claimer);
	tell_seen(engine);
	while (seen != PHASE_STOP) {
		enum phase phase = atomic_load_explicit(&engine->phase, memory_order_relaxed);

		if (phase != seen) {
			seen = phase;
			stamp(thread, phase, &engine->result->threads[thread->number]);
			if (phase == PHASE_DRAIN && stepper.claims)
				claimer_close(thread, &stepper.claimer);
			tell_seen(engine);
		}
		if (oversubscribed(engine)) {
			batch = batch_fitted(thread, &stepper, batch, &tick);
			let_others_see(engine, seen);
		} else if (seen == PHASE_WARMUP) {
			batch = batch_grown(thread, &stepper, batch);
		} else {
			run_batch(thread, &stepper, batch);
		}
		if (impl->thread_quiescent)
			impl->thread_quiescent();
	}
}
