/* SPDX-License-Identifier: MIT */
/*
 * A window of fixed duration: every thread runs before, during and after the window of every other,
 * so that contention is the same throughout. Rates come from the threads' own stamps.
 */
#include <errno.h>

#include "harness/measure/clock.h"
#include "harness/measure/engine.h"

/* A batch lasts long enough for its overhead to vanish, and little enough to stop soon. */
enum { BATCH_NS = 20000, BATCH_STEPS_MAX = 4096, BATCH_RECORDED_MAX = 64 };

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
	sleep_seconds(engine->spec->duration);
	set_phase(engine, PHASE_DRAIN);
	set_phase(engine, PHASE_STOP);
}

/* Only while warming up, so that the window is free of clock reads. */
static size_t batch_grown(struct engine_thread *thread, worker_loop *loop, size_t batch)
{
	uint64_t start = clock_ns();

	const size_t most =
	    thread->engine->spec->check == CHECK_HISTORY ? BATCH_RECORDED_MAX : BATCH_STEPS_MAX;

	loop(&thread->worker, batch);
	if (batch < most && clock_ns() - start < BATCH_NS)
		return 2 * batch;
	return batch;
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
}

static void stamp(struct engine_thread *thread, enum phase phase, struct run_thread *out)
{
	if (phase == PHASE_MEASURE) {
		out->tally = thread->worker.tally;
		out->cpu_ns = clock_thread_cpu_ns();
		out->start_ns = clock_ns();
	} else if (phase == PHASE_DRAIN) {
		struct tally before = out->tally;

		out->end_ns = clock_ns();
		out->cpu_ns = clock_thread_cpu_ns() - out->cpu_ns;
		out->tally = thread->worker.tally;
		tally_subtract(&out->tally, &before);
	}
}

void window_thread(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	const struct impl_ops *impl = engine->spec->instance->impl;
	worker_loop *loop = engine_loop(engine, engine->spec->loop);
	enum phase seen = PHASE_WARMUP;
	size_t batch = 1;

	sem_post(&engine->seen);
	while (seen != PHASE_STOP) {
		enum phase phase = atomic_load_explicit(&engine->phase, memory_order_relaxed);

		if (phase != seen) {
			seen = phase;
			stamp(thread, phase, &engine->result->threads[thread->number]);
			sem_post(&engine->seen);
		}
		if (seen == PHASE_WARMUP)
			batch = batch_grown(thread, loop, batch);
		else
			loop(&thread->worker, batch);
		if (impl->thread_quiescent)
			impl->thread_quiescent();
	}
}
