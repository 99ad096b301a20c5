/* SPDX-License-Identifier: MIT */
/* The thread that unbinds each provider in turn, and binds it again a little later. */
#include <sched.h>
#include <stdlib.h>

#include "harness/lifetime/lifetime.h"
#include "harness/lifetime/sequence.h"
#include "harness/measure/clock.h"
#include "harness/measure/latency.h"
#include "harness/measure/recorder.h"

/* A provider stays unbound for 1/UNBOUND_PART of the interval between two unbinds. */
enum { UNBOUND_PART = 8 };

/* A turn records at most three operations: unbind or bind, get, and put. */
enum { TURN_RECORDS = 3 };

/* Counts the service's bytes as held, from just before the unbind until service_free(). */
static void count_held(struct lifetime *l, struct provider *p)
{
	const size_t bytes = p->bound->bytes;
	uint64_t held = atomic_fetch_add_explicit(&l->held, bytes, memory_order_relaxed) + bytes;

	p->bound->unbound_ns = clock_ns();
	if (held > atomic_load_explicit(&l->held_max, memory_order_relaxed))
		atomic_store_explicit(&l->held_max, held, memory_order_relaxed);
}

/* -- the operations, recorded if this thread records -- */

static void unbind_provider(struct lifetime *l, struct provider *p)
{
	struct record *record = recorder_is_on() ? recorder_call(SPEC_UNBIND, p, NULL) : NULL;

	provider_unbind(l->ops, p);
	if (record)
		recorder_return(record, 0);
}

static int get_service(struct lifetime *l, struct consumer *by)
{
	struct record *record =
	    recorder_is_on() ? recorder_call(SPEC_GET, by->provider, NULL) : NULL;
	int ret = l->ops->get(by);

	return record ? recorder_return(record, ret) : ret;
}

static void put_service(struct lifetime *l, struct consumer *by)
{
	struct record *record =
	    recorder_is_on() ? recorder_call(SPEC_PUT, by->provider, NULL) : NULL;

	l->ops->put(by);
	if (record)
		recorder_return(record, 0);
}

/* -- the thread's steps -- */

void lifetime_unbind(struct lifetime *l, size_t provider, struct consumer *by)
{
	struct provider *p = l->providers[provider];
	uint64_t start;

	count_held(l, p);
	start = latency_start();
	unbind_provider(l, p);
	if (latency_mine)
		latency_end(LATENCY_UNBIND, start);
	/* Relaxed: this store must not order the uses that it monitors. A use that sees `gone` is
	 * late. */
	atomic_store_explicit(&p->gone, true, memory_order_relaxed);
	l->in_use += atomic_load_explicit(&p->in_use, memory_order_relaxed) != 0;
	if (!get_service(l, by)) {
		l->granted++;
		put_service(l, by);
	}
}

static void bind_again(struct lifetime *l, size_t provider, struct consumer *by)
{
	if (lifetime_bind(l, provider))
		abort(); /* out of memory: a service needs only a few hundred bytes */
	if (get_service(l, by))
		l->refused++;
	else
		put_service(l, by);
}

/* Returns the consumer that checks the effect of this thread's binds and unbinds. */
static struct consumer *unbinding_user(const struct lifetime_worker *w)
{
	return lifetime_user(w->lifetime, w->lifetime->nr_threads - 1, w->provider);
}

static void bind_or_unbind(struct worker *worker, struct lifetime_worker *w)
{
	if (w->unbound) {
		bind_again(w->lifetime, w->provider, unbinding_user(w));
		w->provider = (w->provider + 1) % w->lifetime->nr_providers;
		w->due_ns += w->every_ns - w->every_ns / UNBOUND_PART;
	} else {
		lifetime_unbind(w->lifetime, w->provider, unbinding_user(w));
		worker->tally.unbinds++;
		w->due_ns += w->every_ns / UNBOUND_PART;
	}
	w->unbound = !w->unbound;
}

void lifetime_step(struct worker *worker)
{
	struct lifetime_worker *w = worker->context;
	uint64_t now = clock_ns();

	if (now < w->due_ns) {
		if (!w->unbound) /* while unbound, spin: consumers wait for the bind */
			sched_yield();
		return;
	}
	if (recorder_is_on() && !recorder_has_room(TURN_RECORDS))
		return; /* every operation must be recorded */
	bind_or_unbind(worker, w);
	/* Missed intervals are not made up for: the longer a design's unbinds take, the fewer it
	 * does. */
	now = clock_ns();
	if (w->due_ns < now)
		w->due_ns = now;
}
