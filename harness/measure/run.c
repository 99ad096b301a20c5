/* SPDX-License-Identifier: MIT */
#include "harness/measure/run.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/audit.h"
#include "harness/measure/engine.h"
#include "harness/measure/summary.h"

size_t run_result_size(unsigned int nr_threads)
{
	return sizeof(struct run_result) + nr_threads * sizeof(struct run_thread);
}

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind)
{
	const struct run_spec *spec = engine->spec;

	return spec->instance->loops[kind][spec->path][spec->witness][spec->hold || spec->gap];
}

void engine_wait_seen(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		while (sem_wait(&engine->seen) && errno == EINTR)
			;
	}
}

/* Ends the run, which has a process of its own; the parent finds the text. */
__attribute__((noreturn, format(printf, 2, 3))) static void die(
    struct engine *engine, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(engine->result->failure, sizeof(engine->result->failure), format, args);
	va_end(args);
	_exit(EXIT_FAILURE);
}

static void register_thread(struct engine *engine)
{
	const struct impl_ops *impl = engine->spec->instance->impl;
	int ret = impl->thread_register ? impl->thread_register() : 0;

	if (ret)
		die(engine, "cannot register a thread: %s", strerror(-ret));
}

static void unregister_thread(struct engine *engine)
{
	if (engine->spec->instance->impl->thread_unregister)
		engine->spec->instance->impl->thread_unregister();
}

static void *thread_main(void *arg)
{
	struct engine_thread *thread = arg;
	struct engine *engine = thread->engine;
	int cpu = engine->spec->pins->cpus[thread->number];
	int ret = pin_thread(cpu);

	if (ret)
		die(engine, "cannot bind a thread to CPU %d: %s", cpu, strerror(-ret));
	register_thread(engine);
	if (engine->spec->loop == LOOP_BIND)
		rounds_thread(thread);
	else
		window_thread(thread);
	unregister_thread(engine);
	return NULL;
}

static void prepare_thread(struct engine *engine, unsigned int number)
{
	const struct run_spec *spec = engine->spec;
	struct engine_thread *thread = &engine->threads[number];
	struct error err;

	thread->engine = engine;
	thread->number = number;
	thread->trace = spec->make_trace(spec, &engine->model, number, &thread->steps, &err);
	if (!thread->trace)
		die(engine, "%s", err.text);
	thread->worker = (struct worker){
	    .trace = thread->trace,
	    .mask = thread->steps - 1,
	    .driver = &engine->driver,
	    .hold = spec->hold,
	    .gap = spec->gap,
	    .user = number + 1,
	};
}

static void prepare(struct engine *engine)
{
	const struct impl_ops *impl = engine->spec->instance->impl;
	const size_t size = engine->nr_threads * sizeof(*engine->threads);
	struct error err;
	int ret = impl->setup ? impl->setup() : 0;

	if (ret)
		die(engine, "cannot run on this machine: %s", strerror(-ret));
	register_thread(engine);
	if (model_create(&engine->model, impl, engine->spec->topology, &err))
		die(engine, "%s", err.text);
	engine->threads = aligned_alloc(BUS_ALIGN, size);
	if (!engine->threads)
		die(engine, "not enough memory for %u threads", engine->nr_threads);
	memset(engine->threads, 0, size);
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		prepare_thread(engine, i);
}

static void hold_all(struct engine *engine)
{
	for (size_t g = 0; g < engine->model.nr_groups; g++) {
		if (engine->spec->instance->impl->group_claim(engine->model.groups[g], engine))
			die(engine, "a user cannot claim an idle group");
	}
}

static void release_all(struct engine *engine)
{
	for (size_t g = 0; g < engine->model.nr_groups; g++) {
		if (engine->spec->instance->impl->group_release(engine->model.groups[g]))
			engine->threads[0].worker.tally.unpaired++;
	}
}

/* This thread may block while the others run. */
static void run_threads(struct engine *engine)
{
	const struct impl_ops *impl = engine->spec->instance->impl;

	if (impl->thread_offline)
		impl->thread_offline();
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		struct engine_thread *thread = &engine->threads[i];
		int ret = pthread_create(&thread->id, NULL, thread_main, thread);

		if (ret)
			die(engine, "cannot start thread %u of %u: %s", i + 1, engine->nr_threads,
			    strerror(ret));
	}
	if (engine->spec->loop == LOOP_BIND)
		rounds_control(engine);
	else
		window_control(engine);
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		pthread_join(engine->threads[i].id, NULL);
	if (impl->thread_online)
		impl->thread_online();
}

static void clean_up(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		free(engine->threads[i].trace);
	free(engine->threads);
	model_destroy(&engine->model);
	unregister_thread(engine);
	sem_destroy(&engine->seen);
}

void run_here(const struct run_spec *spec, struct run_result *result)
{
	struct engine engine = {
	    .spec = spec,
	    .result = result,
	    .driver = {.name = "dma_api"},
	    .nr_threads = spec->pins->nr_threads,
	    .rendezvous = {.nr_threads = spec->pins->nr_threads + 1}, /* and the control */
	};

	sem_init(&engine.seen, 0, 0);
	prepare(&engine);
	if (spec->user_holds)
		hold_all(&engine);
	run_threads(&engine);
	if (spec->user_holds)
		release_all(&engine);
	audit_run(&engine);
	summary_make(spec, result);
	clean_up(&engine);
}
