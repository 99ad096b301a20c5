/* SPDX-License-Identifier: MIT */
/* Atomic accesses, fences and yields. */
#include <stdatomic.h>
#include <stdlib.h>

#include "harness/explore/data_race.h"
#include "harness/explore/hook_outside.h"
#include "harness/explore/hook_stack.h"
#include "harness/explore/memory.h"
#include "harness/explore/messages.h"
#include "harness/explore/schedule.h"
#include "harness/explore/spin.h"
#include "harness/explore/store_buffer.h"

static void atomic_step(struct machine *m, struct access a)
{
	machine_step(m, a);
	data_race_atomic(m, &a);
}

/* Called before a store. At rest, gives the atomic a location, so that the next execution restores
 * its value. */
static void keep_foreign(const volatile void *p, unsigned int size)
{
	if (hook_context.phase == PHASE_AT_REST)
		memory_location(hook_context.machine, p, size);
}

/* Records what a yield will wait for: that the location's value differs from the one that the
 * thread saw. `p` is NULL if the thread changed the value itself; a yield does not wait then. */
static void note_seen(struct thread *t, const volatile void *p, unsigned int size, uint64_t value)
{
	t->read.any = false;
	t->seen = (const void *)p;
	t->seen_size = size;
	t->seen_value = value;
	t->seen_in_last_step = true;
}

/* Called before a yield. At first, the search by states assumes that a thread yields right after
 * the access that it waits for, and omits older accesses from the state. A later yield restarts the
 * search. */
static void note_yield(struct machine *m, const struct thread *t)
{
	if (t->seen_in_last_step || m->yields_late)
		return;
	m->yields_late = m->must_restart = true;
}

HOOK(explore_load);
uint64_t explore_load_body(
    const struct source_location *site, const volatile void *p, unsigned int size, int order)
{
	struct machine *m = machine_running();
	const struct store *own;
	struct access a;
	struct thread *t;
	uint64_t value;

	if (!m) {
		hook_outside(WATCHED_LOAD, p);
		return memory_read(p, size);
	}
	t = m->current;
	spin_wait(m, site, p, 0, 0);
	a = memory_load_access(m, site, p, size);
	a.order = (uint8_t)order;
	atomic_step(m, a);
	if (m->model == MODEL_RC11 && a.kind == ACCESS_LOAD) {
		value = messages_load(m, &a, order);
		machine_observe_step(m, value);
		return value;
	}
	own = store_buffer_find(t, p);
	value = own ? own->value : memory_read(p, size);
	if (!own)
		sync_load(&m->sync, t->id, a.loc, order);
	note_seen(t, p, size, value);
	machine_observe_step(m, value);
	return value;
}

HOOK(explore_store);
void explore_store_body(const struct source_location *site, volatile void *p, unsigned int size,
    uint64_t value, int order)
{
	struct machine *m = machine_running();
	struct access a;
	vclock released;

	if (!m) {
		hook_outside(order == memory_order_seq_cst ? WATCHED_RMW : WATCHED_STORE, p);
		keep_foreign(p, size);
		memory_write(p, size, value);
		return;
	}
	a = memory_write_access(m, site, ACCESS_STORE, p, size);
	a.value = value;
	a.order = (uint8_t)order;
	/* On x86, a sequentially consistent store is an xchg, or a mov followed by an mfence. */
	a.drains = order == memory_order_seq_cst;
	atomic_step(m, a);
	if (m->model == MODEL_RC11)
		messages_store(m, &a, value, order);
	machine_observe_step(m, value);
	if (m->model == MODEL_RC11)
		return;
	released = sync_released(&m->sync, m->current->id, order);
	if (m->model == MODEL_TSO && !a.drains) {
		store_buffer_push(m, m->current, &a, released);
		return;
	}
	memory_write(p, size, value);
	sync_store(&m->sync, a.loc, released);
}

static uint64_t cut_to(uint64_t value, unsigned int size)
{
	return size < sizeof(value) ? value & ((UINT64_C(1) << 8 * size) - 1) : value;
}

static uint64_t modified_value(enum rmw op, uint64_t old, uint64_t operand)
{
	switch (op) {
	case RMW_EXCHANGE:
		return operand;
	case RMW_ADD:
		return old + operand;
	case RMW_SUB:
		return old - operand;
	case RMW_OR:
		return old | operand;
	case RMW_AND:
		return old & operand;
	case RMW_XOR:
		return old ^ operand;
	}
	abort();
}

static uint64_t rc11_rmw(
    struct machine *m, const struct access *a, enum rmw op, uint64_t operand, int order)
{
	const uint64_t old = messages_read_by(m, a, m->pick)->value;
	const uint64_t new = cut_to(modified_value(op, old, operand), a->size);

	messages_modify(m, a, new, order);
	machine_observe_step(m, new);
	return old;
}

HOOK(explore_rmw);
uint64_t explore_rmw_body(const struct source_location *site, volatile void *p, unsigned int size,
    enum rmw op, uint64_t operand, int order)
{
	struct machine *m = machine_running();
	uint64_t old, new;

	if (m) {
		struct access a;

		spin_wait(m, site, p, operand, 0);
		a = memory_write_access(m, site, ACCESS_RMW, p, size);
		a.value = operand;
		a.order = (uint8_t)order;
		a.drains = true;
		atomic_step(m, a);
		if (m->model == MODEL_RC11)
			return rc11_rmw(m, &a, op, operand, order);
		sync_rmw(&m->sync, m->current->id, a.loc, order);
	} else {
		hook_outside(WATCHED_RMW, p);
		keep_foreign(p, size);
	}
	old = memory_read(p, size);
	new = cut_to(modified_value(op, old, operand), size);
	memory_write(p, size, new);
	if (m) {
		note_seen(m->current, new == old ? p : NULL, size, new);
		machine_observe_step(m, new);
	}
	return old;
}

static struct cas_result rc11_cas(
    struct machine *m, const struct access *a, uint64_t desired, struct cas_kind kind)
{
	const struct cas_result result = {
	    messages_read_by(m, a, m->pick)->value, messages_writes(m, a, m->pick)};

	if (result.done)
		messages_modify(m, a, desired, kind.success);
	else
		messages_load(m, a, kind.failure);
	machine_observe_step(m, result.done ? desired : result.seen);
	return result;
}

HOOK(explore_cas);
struct cas_result explore_cas_body(const struct source_location *site, volatile void *p,
    unsigned int size, uint64_t expected, uint64_t desired, struct cas_kind kind)
{
	struct machine *m = machine_running();
	uint64_t old;
	bool same;

	if (m) {
		struct access a;

		spin_wait(m, site, p, desired, expected);
		a = memory_write_access(m, site, ACCESS_CAS, p, size);
		a.drains = true;
		a.expected = expected;
		a.value = desired;
		a.order = kind.success;
		a.weak = kind.weak;
		atomic_step(m, a);
		if (m->model == MODEL_RC11)
			return rc11_cas(m, &a, desired, kind);
	} else {
		hook_outside(WATCHED_RMW, p);
		keep_foreign(p, size);
	}
	old = memory_read(p, size);
	same = old == expected;
	if (m && same)
		sync_rmw(&m->sync, m->current->id, m->current->pending.loc, kind.success);
	else if (m)
		sync_load(&m->sync, m->current->id, m->current->pending.loc, kind.failure);
	if (same)
		memory_write(p, size, desired);
	if (m) {
		note_seen(m->current, same && old != desired ? NULL : p, size, old);
		machine_observe_step(m, same ? desired : old);
	}
	return (struct cas_result){old, same};
}

HOOK(explore_yield);
void explore_yield_body(const struct source_location *site)
{
	struct machine *m = machine_running();
	struct thread *t;
	struct access a;

	if (!m) {
		hook_count();
		return;
	}
	t = m->current;
	if (t->read.any) {
		t->awaits = t->read;
		return;
	}
	note_yield(m, t);
	if (!t->seen)
		return;
	a = memory_access(m, site, ACCESS_YIELD, t->seen, t->seen_size);
	a.expected = t->seen_value;
	machine_step(m, a);
	machine_progress(m, t);
	machine_observe_step(m, store_buffer_read(t, t->seen, t->seen_size));
}

static void fence_step(struct machine *m, const struct source_location *site, int order)
{
	machine_step(m, (struct access){.site = site,
			    .kind = ACCESS_FENCE,
			    .loc = LOC_NONE,
			    .drains = true,
			    .order = (uint8_t)order,
			    .full_fence = order == memory_order_seq_cst});
	machine_observe_step(m, 0);
}

int explore_tries(int n)
{
	return machine_running() && n > 2 ? 2 : n;
}

unsigned int explore_threshold(unsigned int n)
{
	return machine_running() ? 1 : n;
}

HOOK(explore_fence);
void explore_fence_body(const struct source_location *site, int order)
{
	struct machine *m = machine_running();

	if (!m) {
		if (order == memory_order_seq_cst)
			hook_outside(WATCHED_FENCE, NULL);
		return;
	}
	if (order == memory_order_seq_cst || m->model == MODEL_RC11)
		fence_step(m, site, order);
	sync_fence(&m->sync, m->current->id, order);
}
