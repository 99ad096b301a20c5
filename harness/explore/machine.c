/* SPDX-License-Identifier: MIT */
#include "harness/explore/machine.h"

#include <errno.h>
#include <sanitizer/asan_interface.h>
#include <string.h>
#include <sys/mman.h>

#include "harness/explore/data_race.h"
#include "harness/explore/memory.h"
#include "harness/explore/messages.h"
#include "harness/explore/order.h"
#include "harness/explore/runnable.h"
#include "harness/explore/schedule.h"
#include "harness/explore/search.h"
#include "harness/explore/seq_cst.h"

/* Inaccessible bytes below each stack, so that a stack overflow crashes. Pages can be as large as
 * 64 KiB. */
enum { STACK_GUARD = 64 << 10 };

/*
 * A fixed address, below the range that Linux chooses from and below AddressSanitizer's shadow.
 * With the arena at this address, implementations that hash addresses put some devices into the
 * same slot and others into different slots, so that both cases are explored.
 */
static void *const MACHINE_ADDRESS = (void *)(((uintptr_t)1 << 30) + ((uintptr_t)37 << 12));

_Static_assert(offsetof(struct machine, arena) == 0, "the arena must be at the machine's address");

/* Where a thread's stack and its hook stack are in their common mapping. The hook stack is below
 * the other one, since call traces go from lower to higher addresses. */
enum {
	HOOK_STACK_AT = STACK_GUARD,
	STACK_AT = HOOK_STACK_AT + HOOK_STACK_SIZE + STACK_GUARD,
	STACKS_SIZE = STACK_AT + STACK_SIZE,
};

static bool map_stacks(struct thread *t)
{
	char *all =
	    mmap(NULL, STACKS_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (all == MAP_FAILED)
		return false;
	t->stack = all + STACK_AT;
	t->hooks.top = all + HOOK_STACK_AT + HOOK_STACK_SIZE;
	return !mprotect(t->stack, STACK_SIZE, PROT_READ | PROT_WRITE) &&
	       !mprotect(all + HOOK_STACK_AT, HOOK_STACK_SIZE, PROT_READ | PROT_WRITE);
}

static void unmap_stacks(const struct thread *t)
{
	char *all = (char *)t->stack - STACK_AT;

	/* AddressSanitizer must not keep the poison of frames that never returned: the next
	 * mapping, which may have this address, would inherit it. */
	ASAN_UNPOISON_MEMORY_REGION(all, STACKS_SIZE);
	munmap(all, STACKS_SIZE);
}

struct machine *machine_new(int n_threads, enum memory_model model)
{
	struct machine *m = mmap(MACHINE_ADDRESS, sizeof(*m), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (m == MAP_FAILED)
		return NULL;
	if (m != MACHINE_ADDRESS) { /* before Linux 4.17, the flag is only a hint */
		munmap(m, sizeof(*m));
		errno = EEXIST;
		return NULL;
	}
	memset(m->last, -1, sizeof(m->last));
	m->n_threads = n_threads;
	m->model = model;
	m->spin_bound = 8;
	m->freeable_from = MAX_ARENA;
	for (int i = 0; i < n_threads; i++) {
		m->threads[i].id = i;
		if (map_stacks(&m->threads[i]))
			continue;
		machine_free(m);
		errno = ENOMEM;
		return NULL;
	}
	return m;
}

void machine_free(struct machine *m)
{
	memory_restore(m);
	for (int i = 0; i < m->n_threads; i++)
		if (m->threads[i].stack)
			unmap_stacks(&m->threads[i]);
	munmap(m, sizeof(*m));
}

static bool act_returns(struct machine *m, void (*act)(void *arg), void *arg)
{
	m->actions = 0;
	if (setjmp(m->outside))
		return false;
	act(arg);
	return true;
}

static void enter_phase(struct machine *m, enum machine_phase phase)
{
	hook_context.machine = m;
	hook_context.phase = phase;
}

static bool act_outside(
    struct machine *m, enum machine_phase phase, void (*act)(void *arg), void *arg)
{
	bool returned;

	enter_phase(m, phase);
	returned = act_returns(m, act, arg);
	enter_phase(NULL, PHASE_NONE);
	return returned;
}

bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg)
{
	bool returned = act_outside(m, PHASE_SETUP, act, arg);

	memcpy(m->initial, m->arena, m->used);
	return returned;
}

bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg)
{
	return act_outside(m, PHASE_AT_REST, act, arg);
}

/* In a deadlock, each blocked step races with the steps that blocked it. */
static void add_blocked(struct machine *m)
{
	for (int i = 0; i < m->n_threads; i++) {
		const struct access *a = &m->threads[i].pending;
		enum event_kind kind;
		uint16_t loc;

		if (!access_blocks(a))
			continue;
		machine_next_event(m, i, &kind, &loc);
		order_blocked(m, i, kind, loc);
	}
}

void machine_begin(struct machine *m)
{
	memory_restore(m);
	order_reset(m);
	sync_reset(&m->sync);
	data_race_reset(m);
	messages_reset(&m->messages);
	seq_cst_reset(&m->seq_cst);
	lockorder_restart(m->locks);
	m->ending = END_COMPLETE;
	m->faults = 0;
	if (m->any_dead)
		memset(m->dead, 0, m->used);
	m->any_dead = false;
	enter_phase(m, PHASE_EXECUTION);
	machine_start_threads(m);
}

void machine_resume(struct machine *m)
{
	enter_phase(m, PHASE_EXECUTION);
}

void machine_end(void)
{
	hook_stack = NULL;
	enter_phase(NULL, PHASE_NONE);
}

enum ending machine_run(struct machine *m)
{
	machine_begin(m);
	machine_run_threads(m);
	machine_end();
	if (m->ending == END_DEADLOCK)
		add_blocked(m);
	m->search->depth = m->length;
	return m->ending;
}
