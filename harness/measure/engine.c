/* SPDX-License-Identifier: MIT */
#include "harness/measure/engine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

worker_loop *engine_loop(const struct engine *engine, enum loop_kind kind)
{
	const struct run_spec *spec = engine->spec;

	return spec->instance->loops[kind][spec->path][spec->check][spec->hold || spec->gap];
}

worker_loop *engine_timed_loop(const struct engine *engine)
{
	const struct run_spec *spec = engine->spec;

	return spec->instance->loops[spec->loop][spec->path][LOOP_TIMED][spec->hold || spec->gap];
}

void engine_wait_seen(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		while (sem_wait(&engine->seen) && errno == EINTR)
			;
	}
}

void engine_meet(struct engine_thread *thread, void (*last)(struct engine *engine))
{
	const struct impl_about *about = thread->engine->spec->instance->about;
	struct rendezvous *rendezvous = &thread->engine->rendezvous;
	unsigned int round;

	if (about->thread_offline)
		about->thread_offline();
	if (rendezvous_arrive(rendezvous, &round)) {
		if (last)
			last(thread->engine);
		rendezvous_release(rendezvous, round);
	} else {
		rendezvous_wait(rendezvous, round);
	}
	if (about->thread_online)
		about->thread_online();
}

void engine_die(struct engine *engine, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(engine->result->failure, sizeof(engine->result->failure), format, args);
	va_end(args);
	_exit(EXIT_FAILURE);
}

static void notify_watch(struct engine *engine, int (*what)(void *arg, struct error *err))
{
	struct error err;

	if (what(engine->spec->watch->arg, &err))
		engine_die(engine, "%s", err.text);
}

void engine_watch_attach(struct engine *engine)
{
	if (engine->spec->watch)
		notify_watch(engine, engine->spec->watch->attach);
}

void engine_watch_begin(struct engine *engine)
{
	if (engine->spec->watch)
		notify_watch(engine, engine->spec->watch->begin);
}

void engine_watch_end(struct engine *engine)
{
	if (engine->spec->watch)
		notify_watch(engine, engine->spec->watch->end);
}
