/* SPDX-License-Identifier: MIT */
#include "harness/measure/run_here.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "harness/aligned.h"
#include "harness/measure/batches.h"
#include "harness/measure/clock.h"
#include "harness/measure/engine.h"
#include "harness/measure/placement.h"
#include "harness/measure/summary.h"

static void register_thread(struct engine *engine)
{
	const struct impl_about *about = engine->spec->instance->about;
	int ret = about->thread_register ? about->thread_register() : 0;

	if (ret)
		engine_die(
		    engine, "cannot register a thread with the implementation: %s", strerror(-ret));
}

static void unregister_thread(struct engine *engine)
{
	if (engine->spec->instance->about->thread_unregister)
		engine->spec->instance->about->thread_unregister();
}

/* Opens the thread's counters. A failure only sets result->uncounted to the errno, because the run
 * is valid without counters. */
static void open_counters(struct engine_thread *thread)
{
	const struct run_spec *spec = thread->engine->spec;
	int ret = spec->counters ? counters_open(&thread->counters, spec->counters) : 0;

	if (ret)
		atomic_store_explicit(
		    &thread->engine->result->uncounted, -ret, memory_order_relaxed);
}

static void read_counters(struct engine_thread *thread)
{
	struct run_result *result = thread->engine->result;
	int ret = counters_read(&thread->counters, result->threads[thread->number].counts);

	if (ret)
		atomic_store_explicit(&result->uncounted, -ret, memory_order_relaxed);
	counters_close(&thread->counters);
}

static void *thread_main(void *arg)
{
	struct engine_thread *thread = arg;
	struct engine *engine = thread->engine;
	int cpu = engine->spec->pins->cpus[thread->number];
	int ret = pin_thread(cpu);

	if (ret)
		engine_die(engine, "cannot bind a thread to CPU %d: %s", cpu, strerror(-ret));
	pthread_barrier_wait(&engine->started);
	register_thread(engine);
	recorder_mine = &thread->recorder;
	latency_mine = thread->latency;
	open_counters(thread);
	switch (engine->spec->loop) {
	case LOOP_BIND:
		rounds_thread(thread);
		break;
	case LOOP_RACE:
		batches_thread(thread);
		break;
	default:
		window_thread(thread);
	}
	if (engine->spec->instance->family->finish)
		engine->spec->instance->family->finish(thread);
	read_counters(thread);
	unregister_thread(engine);
	return NULL;
}

/* Returns whether any thread times operations. */
static bool is_timed(const struct run_spec *spec)
{
	return spec->latency_every || spec->timed_apart || spec->only_race;
}

static void prepare_timing(struct engine_thread *thread)
{
	struct engine *engine = thread->engine;
	const struct run_spec *spec = engine->spec;

	if (!is_timed(spec))
		return;
	thread->latency = calloc(1, sizeof(*thread->latency));
	if (!thread->latency)
		engine_die(engine, "not enough memory to record latencies");
	thread->latency->timer_ns = engine->result->latency.timer_ns;
	/* Stagger the timed steps, so that threads do not time theirs at the same moment. */
	if (spec->latency_every)
		thread->untimed = (uint64_t)thread->number * 37 % spec->latency_every;
	else
		/* Steps are not timed, only operations of the claimer, the unbinder or a race. */
		thread->untimed = UINT64_MAX;
}

static void prepare_thread(struct engine *engine, unsigned int number)
{
	const struct run_spec *spec = engine->spec;
	struct engine_thread *thread = &engine->threads[number];

	thread->engine = engine;
	thread->number = number;
	prepare_timing(thread);
	thread->worker = (struct worker){
	    .driver = &engine->driver,
	    .hold = spec->hold,
	    .gap = spec->gap,
	    .user = number + 1,
	};
	if (spec->instance->family->prepare)
		spec->instance->family->prepare(thread);
}

/* Returns the number of bytes that this process has allocated, including large blocks from mmap().
 * 0 if the allocator does not report it, as in sanitizer builds. */
static size_t allocated_bytes(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

/* Creates the groups and devices. Sets result->model_bytes to the memory that was allocated
 * meanwhile, including the implementation's own. */
static void build_model(struct engine *engine, const struct model_layout *layout)
{
	const size_t before = allocated_bytes();
	struct error err;

	if (engine->spec->instance->family->create(engine, layout, &err))
		engine_die(engine, "%s", err.text);
	engine->result->model_bytes = allocated_bytes() - before;
}

/* Runs the implementation's global setup, and creates groups and devices in the memory that the run
 * asks for. */
static void set_up_model(struct engine *engine)
{
	const struct impl_about *about = engine->spec->instance->about;
	const struct memory *memory = engine->spec->memory;
	const struct model *model = &engine->model;
	struct placement placement;
	struct model_layout layout;
	struct error err;
	int ret;

	if (placement_make(&placement, memory, engine->spec->pins, &err) ||
	    placement_begin(&placement, 0, &err))
		engine_die(engine, "%s", err.text);
	ret = about->setup ? about->setup() : 0;
	if (ret)
		engine_die(engine, "the implementation's setup failed on this machine: %s",
		    strerror(-ret));
	if (engine->spec->counters)
		counters_reserve(engine->spec->counters, engine->nr_threads);
	register_thread(engine);
	layout = placement_layout(&placement);
	build_model(engine, &layout);
	if (placement_end(&placement, model, &err))
		engine_die(engine, "%s", err.text);
	placement_free(&placement);
	if (memory)
		memory_where(memory, model->area, model->area_bytes, engine->result->memory_nodes);
}

static void prepare_engine(struct engine *engine)
{
	set_up_model(engine);
	engine->threads = aligned_zeroed(engine->nr_threads * sizeof(*engine->threads), BUS_ALIGN);
	if (!engine->threads)
		engine_die(engine, "not enough memory for %u threads", engine->nr_threads);
	if (is_timed(engine->spec))
		engine->result->latency.timer_ns = latency_timer_cost();
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		prepare_thread(engine, i);
}

/* Runs all threads until they have ended. Meanwhile the calling thread is offline, because it
 * waits. */
static void run_threads(struct engine *engine)
{
	const struct impl_about *about = engine->spec->instance->about;

	const bool window = engine->spec->loop != LOOP_BIND && engine->spec->loop != LOOP_RACE;

	if (engine->spec->loop == LOOP_BIND && rounds_start(engine))
		engine_die(engine, "not enough memory to record rounds");
	if (window && window_start(engine))
		engine_die(engine, "not enough memory for %u threads", engine->nr_threads);
	if (engine->spec->loop == LOOP_RACE)
		batches_start(engine);
	if (engine->spec->check == CHECK_HISTORY && histories_start(engine))
		engine_die(engine, "not enough memory to record %zu operations per thread",
		    engine->spec->history);
	if (about->thread_offline)
		about->thread_offline();
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		struct engine_thread *thread = &engine->threads[i];
		int ret = pthread_create(&thread->id, NULL, thread_main, thread);

		if (ret)
			engine_die(engine, "cannot start thread %u of %u: %s", i + 1,
			    engine->nr_threads, strerror(ret));
	}
	pthread_barrier_wait(&engine->started);
	if (window)
		window_control(engine);
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		pthread_join(engine->threads[i].id, NULL);
	if (about->thread_online)
		about->thread_online();
	if (window)
		window_finish(engine);
	if (engine->spec->loop == LOOP_BIND)
		rounds_finish(engine);
	if (engine->spec->loop == LOOP_RACE)
		batches_finish(engine);
}

static void merge_latencies(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		if (engine->threads[i].latency)
			latency_merge(&engine->result->latency, engine->threads[i].latency);
	}
}

static void clean_up(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		free(engine->threads[i].latency);
	engine->spec->instance->family->destroy(engine);
	free(engine->threads);
	unregister_thread(engine);
	sem_destroy(&engine->seen);
	pthread_barrier_destroy(&engine->started);
}

void run_here(const struct run_spec *spec, struct run_result *result)
{
	const struct family *family = spec->instance->family;
	struct engine engine = {
	    .spec = spec,
	    .result = result,
	    .driver = {.name = "dma_api"},
	    .nr_threads = spec->pins->nr_threads,
	    .rendezvous = {.nr_threads = spec->pins->nr_threads,
		.spins = rendezvous_spins(spec->pins->nr_threads, spec->pins->nr_cpus)},
	};

	const uint64_t start = clock_ns();

	sem_init(&engine.seen, 0, 0);
	pthread_barrier_init(&engine.started, NULL, engine.nr_threads + 1);
	prepare_engine(&engine);
	if (family->begin)
		family->begin(&engine);
	result->setup = clock_seconds_since(start);
	engine_watch_attach(&engine);
	run_threads(&engine);
	if (family->ended)
		family->ended(&engine);
	if (spec->check == CHECK_HISTORY)
		histories_finish(&engine);
	if (!result->failure[0])
		family->audit(&engine);
	merge_latencies(&engine);
	summary_make(spec, result);
	clean_up(&engine);
}
