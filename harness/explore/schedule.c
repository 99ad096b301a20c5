/* SPDX-License-Identifier: MIT */
#include "harness/explore/schedule.h"

#include <sanitizer/asan_interface.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/fault.h"
#include "harness/explore/messages.h"
#include "harness/explore/order.h"
#include "harness/explore/runnable.h"
#include "harness/explore/search.h"
#include "harness/explore/seq_cst.h"
#include "harness/explore/store_buffer.h"

/* Maximum number of steps of a thread, less than the maximum of a vclock lane. */
enum { MAX_CLOCK = 1 << 14 };

void machine_stop_waiting(struct machine *m, int t, bool section, vclock now)
{
	for (int w = 0; w < m->n_threads; w++) {
		struct thread *waiter = &m->threads[w];

		if (!(waiter->waits_for & 1u << t) || (waiter->wait == WAIT_SECTIONS) != section)
			continue;
		waiter->waits_for &= ~(1u << t);
		waiter->waited = clock_join(waiter->waited, now);
		if (waiter->wait == WAIT_SECTIONS)
			sync_wait_seen(&m->sync, w, t);
		else if (waiter->wait == WAIT_FENCES)
			sync_barrier_pass(&m->sync, w, t);
	}
}

/* Moves a store buffer: writes its oldest store to memory. */
static void flush_store(struct machine *m, int thread)
{
	struct thread *t = &m->threads[thread];
	const struct store *s = store_buffer_oldest(t);
	int proc = machine_buffer_of(thread);
	struct access access = {
	    .site = s->site, .addr = s->addr, .size = s->size, .kind = ACCESS_FLUSH};

	m->clocks[proc] = clock_join(m->clocks[proc], s->clock);
	order_add(m, proc, store_buffer_event(s), s->unlocks ? LOC_NONE : s->loc);
	if (s->unlocks && m->last[s->loc] >= 0)
		m->events[m->last[s->loc]].release = m->clocks[proc];
	memory_write(s->addr, s->size, s->value);
	sync_store(&m->sync, s->loc, s->released);
	machine_observe(m, proc, &access, s->value);
	store_buffer_pop(t);
	if (store_buffer_empty(t))
		machine_stop_waiting(m, thread, false, m->clocks[proc]);
}

/* RC11: makes `thread` pass a fence, for the membarrier of thread m->pick. */
static void interrupt(struct machine *m, int thread)
{
	const int waiter = (int)m->pick, proc = machine_buffer_of(thread);
	struct thread *w = &m->threads[waiter];

	m->clocks[proc] = clock_join(m->clocks[proc], m->clocks[waiter]);
	m->events[m->length].pick = (uint8_t)waiter;
	m->events[m->length].reads = m->events[m->length].writes = false;
	order_add(m, proc, EVENT_INTERRUPT, LOC_NONE);
	w->waits_for &= ~(1u << thread);
	w->waited = clock_join(w->waited, m->clocks[proc]);
	seq_cst_begin(&m->seq_cst, thread, &m->sync.now[thread]);
	seq_cst_fence(&m->seq_cst, thread);
	sync_barrier_pass(&m->sync, waiter, thread);
	machine_observe(m, proc,
	    &(struct access){.site = w->pending.site, .kind = ACCESS_INTERRUPT}, (uint64_t)waiter);
}

/* Lets store buffers and interrupts move until the search chooses a thread, which is returned.
 * Returns NULL if the execution has ended. */
static struct thread *next_thread(struct machine *m)
{
	for (;;) {
		int proc = search_choose(m);

		if (proc < 0)
			return NULL;
		if (machine_is_thread(proc))
			return m->current = &m->threads[proc];
		if (m->model == MODEL_RC11)
			interrupt(m, proc - MAX_THREADS);
		else
			flush_store(m, proc - MAX_THREADS);
	}
}

/* Lets other threads run until the search chooses the current thread's pending access. */
static void give_way(struct machine *m, struct thread *t)
{
	struct hook_stack *const hooks = hook_stack;
	struct thread *next = m->stepping ? NULL : next_thread(m);

	if (next != t)
		context_switch(&t->context, next ? &next->context : &m->main);
	hook_stack = hooks;
}

/* Abandons the execution if the operation repeats a step too often. To save time, searches for
 * repeated steps only if the operation is long. */
static void bound_spinning(struct machine *m, struct thread *t, const struct access *a)
{
	unsigned int seen = 0;

	if (++t->op_steps <= m->spin_bound || m->stepping)
		return;
	for (int i = m->length - 1; i >= t->op_start; i--) {
		const struct event *e = &m->events[i];

		seen += e->proc == t->id && e->site == a->site && e->loc == a->loc;
	}
	if (seen >= m->spin_bound)
		m->ending = END_CUT;
}

/* Returns true if no other process can observe when the step happens. Such a private step needs no
 * scheduling. */
static bool is_private(const struct machine *m, const struct thread *t, const struct access *a)
{
	if (store_buffer_takes(m, a))
		return m->detail < DETAIL_STORES;
	switch (a->kind) {
	case ACCESS_FENCE:
	case ACCESS_UNLOCK:
		/* Under RC11, an interrupt can come between the previous step and this one. */
		return store_buffer_empty(t) && (m->model != MODEL_RC11 || m->detail < DETAIL_WORK);
	default:
		return false;
	}
}

void machine_use_of_dead(const struct source_location *site)
{
	struct machine *m = machine_running();

	m->faults |= FAULT_DEAD;
	m->dead_at = site;
	m->dead_pc = NULL;
	machine_observe(m, m->current->id, &(struct access){.site = site, .kind = ACCESS_DEAD}, 0);
}

/* Reports a fault if the access uses freed memory. Plain accesses are checked in data_race.c. */
static void find_dead(const struct machine *m, const struct access *a)
{
	const bool plain = a->kind == ACCESS_PLAIN_LOAD || a->kind == ACCESS_PLAIN_STORE;
	const size_t offset = (uintptr_t)a->addr - (uintptr_t)m->arena;

	if (m->any_dead && offset < MAX_ARENA && m->dead[offset] && !plain &&
	    a->kind != ACCESS_RENEW)
		machine_use_of_dead(a->site);
}

/* RC11: begins a step of happens-before. Calls and works are no such steps, because they access
 * nothing. */
static void begin_step(struct machine *m, const struct thread *t, const struct access *a)
{
	if (m->model != MODEL_RC11 || a->kind == ACCESS_CALL || a->kind == ACCESS_WORK)
		return;
	seq_cst_begin(&m->seq_cst, t->id, &m->sync.now[t->id]);
	if (a->full_fence)
		seq_cst_fence(&m->seq_cst, t->id);
	if (m->seq_cst.full)
		m->ending = END_CUT;
}

/* Performs a private step without letting other processes run. If the execution has ended, gives
 * way nevertheless, because a thread may take private steps forever. */
static void private_step(struct machine *m, struct thread *t, const struct access *a)
{
	begin_step(m, t, a);
	if (++m->clocks[t->id][t->id] == MAX_CLOCK)
		m->ending = END_CUT;
	find_dead(m, a);
	if (m->ending != END_COMPLETE)
		give_way(m, t);
}

/* RC11: records in the event which message it reads, and whether it writes one. */
static void record_pick(struct machine *m, const struct access *a)
{
	struct event *e = &m->events[m->length];

	e->pick = (uint8_t)m->pick;
	e->reads = e->writes = false;
	e->reads_from = -1;
	if (!access_has_messages(a))
		return;
	e->reads = a->kind != ACCESS_STORE;
	e->writes = messages_writes(m, a, m->pick);
	if (e->reads)
		e->reads_from = messages_read_by(m, a, m->pick)->event;
}

/* Appends the event of the access that is about to take effect. */
static void record_event(struct machine *m, const struct thread *t, const struct access *a)
{
	vclock *clock = &m->clocks[t->id];
	enum event_kind kind;
	uint16_t loc;

	machine_next_event(m, t->id, &kind, &loc);
	/* RC11 has no store buffers: add_interrupts() orders a thread's steps and interrupts. */
	if (a->drains && m->model != MODEL_RC11)
		*clock = clock_join(*clock, m->clocks[machine_buffer_of(t->id)]);
	if (a->kind == ACCESS_WAIT_END)
		*clock = clock_join(*clock, t->waited);
	if (kind == EVENT_READ && a->kind == ACCESS_LOAD && store_buffer_find(t, a->addr))
		kind = EVENT_FORWARD;
	if (kind == EVENT_WRITE && a->kind == ACCESS_CAS &&
	    memory_read(a->addr, a->size) != a->expected)
		kind = EVENT_READ;
	m->events[m->length].site = a->site;
	if (m->model == MODEL_RC11)
		record_pick(m, a);
	order_add(m, t->id, kind, loc);
	m->events[m->length - 1].calls = a->kind == ACCESS_CALL;
	begin_step(m, t, a);
}

/* Clears what functions that have returned left on the stack. Otherwise it would show in unused
 * parts of later frames, and equal states would look different. */
static void clear_stack(const struct thread *t)
{
	enum { CLEARED = 1024 };
	char *frames = (char *)t->hooks.caller;

	if (frames && frames - (char *)t->stack >= CLEARED)
		memset(frames - CLEARED, 0, CLEARED);
}

void machine_step(struct machine *m, struct access a)
{
	struct thread *t = m->current;

	t->pending = a;
	t->seen_in_last_step = false;
	t->spin.steps++;
	if (is_private(m, t, &a)) {
		private_step(m, t, &a);
	} else {
		bound_spinning(m, t, &a);
		give_way(m, t);
		record_event(m, t, &a);
		find_dead(m, &a);
	}
	/* After giving way: snapshots do not contain what is cleared, so other executions may have
	 * left something there. */
	if (m->clears_stacks)
		clear_stack(t);
}

_Noreturn void machine_refuse(const char *format, ...)
{
	struct machine *m = machine_now_used();
	va_list args;

	va_start(args, format);
	vsnprintf(m->refused.text, sizeof(m->refused.text), format, args);
	va_end(args);
	if (!machine_running())
		longjmp(m->outside, 1);
	m->ending = END_REFUSED;
	give_way(m, m->current);
	abort(); /* unreachable: no thread is chosen after machine_refuse() */
}

static void thread_main(void)
{
	struct machine *m = machine_running();
	struct thread *t = m->current;

	m->body(m, t->id);
	t->pending.kind = ACCESS_DONE;
	t->pending.drains = false;
	t->op_steps = 0;
	give_way(m, t);
	abort(); /* unreachable: a thread that has ended is never chosen */
}

static void reset_thread(struct machine *m, struct thread *t)
{
	t->head = t->count = t->sections = t->waits_for = t->op_steps = 0;
	t->n_ops = t->n_waits = 0;
	t->drains_for = t->spin.steps = 0;
	t->wait = WAIT_SECTIONS;
	t->spin.yields = false;
	t->seen = NULL;
	t->spin.site = NULL;
	t->spin.top = (const char *)t->stack + STACK_SIZE;
	t->hooks.caller = NULL;
	t->read.any = t->awaits.any = t->failed_weakly = false;
	t->covered = false;
	t->waited = (vclock){0};
	t->op_start = 0;
	/* AddressSanitizer may still poison stack frames that the last execution left behind. */
	ASAN_UNPOISON_MEMORY_REGION(t->stack, STACK_SIZE);
	ASAN_UNPOISON_MEMORY_REGION((char *)t->hooks.top - HOOK_STACK_SIZE, HOOK_STACK_SIZE);
	context_prepare(&t->context, t->stack, STACK_SIZE, thread_main);
	lockorder_stack(m->locks, (unsigned int)t->id, (char *)t->stack + STACK_SIZE);
}

void machine_start_threads(struct machine *m)
{
	m->stepping = true;
	for (int i = 0; i < m->n_threads; i++) {
		m->current = &m->threads[i];
		reset_thread(m, m->current);
		hook_stack = &m->current->hooks;
		context_switch(&m->main, &m->current->context);
	}
	m->stepping = false;
	hook_stack = NULL;
}

void machine_move(struct machine *m, int proc)
{
	if (!machine_is_thread(proc)) {
		flush_store(m, proc - MAX_THREADS);
		return;
	}
	m->current = &m->threads[proc];
	context_switch(&m->main, &m->current->context);
	hook_stack = NULL;
}

void machine_run_threads(struct machine *m)
{
	struct thread *first = next_thread(m);

	if (first)
		context_switch(&m->main, &first->context);
}
