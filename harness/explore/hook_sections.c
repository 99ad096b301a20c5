/* SPDX-License-Identifier: MIT */
/* RCU read-side critical sections, waits for readers, and membarrier. */
#include "harness/explore/hook_outside.h"
#include "harness/explore/hook_stack.h"
#include "harness/explore/memory.h"
#include "harness/explore/schedule.h"
#include "harness/explore/store_buffer.h"

/*
 * As in lockdep, entering a read-side section counts as taking a lock, and a grace period as
 * waiting for this lock. So if a section waits for a thread that waits for a grace period, the two
 * form a cycle. Entering a section itself never waits.
 */
static const struct source_location section = {"", 0, "read-side section"};

static void section_init(struct machine *m)
{
	lockorder_init(m->locks, &section, &section);
}

static void wait_end(struct machine *m, const struct source_location *site)
{
	machine_step(
	    m, (struct access){
		   .site = site, .kind = ACCESS_WAIT_END, .loc = LOC_NONE, .full_fence = true});
	machine_observe_step(m, 0);
}

/* Makes the steps of this detail part of all executions. If they were not part of them
 * yet, restarts the exploration. */
static void need_detail(struct machine *m, enum detail detail)
{
	if (m->detail >= detail)
		return;
	m->detail = detail;
	m->ending = END_RESTART;
}

/* Begins to wait for the buffered stores of `threads`. Returns the threads to wait for: those that
 * have buffered stores, or under RC11 all of them. */
static unsigned int begin_drain(struct machine *m, const struct source_location *site,
    enum wait_kind wait, unsigned int threads)
{
	/* Under RC11, each thread passes its fence at its own moment. */
	const bool rc11 = m->model == MODEL_RC11;
	struct thread *t = m->current;

	memory_note_use(m, LOC_SYNC + MARK_STORES);
	machine_step(
	    m, (struct access){
		   .site = site, .kind = ACCESS_MEMBARRIER, .drains = true, .full_fence = true});
	machine_observe_step(m, 0);
	t->wait = wait;
	t->waited = (vclock){0};
	for (int i = 0; i < m->n_threads; i++)
		if (threads & 1u << i && (!store_buffer_empty(&m->threads[i]) || rc11))
			t->waits_for |= 1u << i;
	return t->waits_for;
}

/* In the kernel, membarrier() interrupts each CPU at some moment before it returns. So a thread has
 * passed its fence as soon as its store buffer has been empty once during the call. */
HOOK(explore_membarrier);
void explore_membarrier_body(const struct source_location *site)
{
	struct machine *m = machine_running();
	unsigned int later;
	int self;

	if (!m) {
		hook_outside(WATCHED_MEMBARRIER, NULL);
		return;
	}
	self = m->current->id;
	need_detail(m, DETAIL_WORK);
	later = begin_drain(m, site, WAIT_FENCES, ~(1u << self));
	sync_barrier_begin(&m->sync, self);
	for (int i = 0; i < m->n_threads; i++)
		if (i != self && !(later & 1u << i))
			sync_barrier_pass(&m->sync, self, i);
	if (m->model != MODEL_SC)
		wait_end(m, site);
	sync_barrier_end(&m->sync, self);
	m->current->n_waits++;
}

HOOK(explore_section_enter);
void explore_section_enter_body(const struct source_location *site)
{
	struct machine *m = machine_running();
	struct thread *t;

	if (!m) {
		hook_outside(WATCHED_SECTION, NULL);
		return;
	}
	if (m->current->sections++ > 0)
		return;
	t = m->current;
	t->sections = 0;
	machine_step(m, (struct access){.site = site, .kind = ACCESS_ENTER});
	t->sections = 1;
	section_init(m);
	lockorder_hold(m->locks, (unsigned int)t->id, &section, site);
	t->covered |= !store_buffer_empty(t);
	sync_section_enter(&m->sync, t->id);
	machine_observe_step(m, 0);
}

HOOK(explore_section_leave);
void explore_section_leave_body(const struct source_location *site)
{
	struct machine *m = machine_running();
	struct thread *t;

	if (!m)
		return;
	t = m->current;
	if (t->sections > 1) {
		t->sections--;
		return;
	}
	machine_step(m, (struct access){.site = site, .kind = ACCESS_LEAVE});
	t->sections = 0;
	lockorder_release(m->locks, (unsigned int)t->id, &section, site);
	sync_section_leave(&m->sync, t->id);
	machine_observe_step(m, 0);
	machine_stop_waiting(m, t->id, true, m->clocks[t->id]);
}

static void begin_wait(struct machine *m, struct thread *t)
{
	t->wait = WAIT_SECTIONS;
	t->waited = (vclock){0};
	for (int i = 0; i < m->n_threads; i++)
		if (m->threads[i].sections)
			t->waits_for |= 1u << i;
}

/* Returns the threads whose buffered stores a wait for readers must see: those that are in a
 * section, whether they have stored yet or not, and those with stores from an earlier one. */
static unsigned int covered_threads(const struct machine *m)
{
	unsigned int covered = 0;

	for (int i = 0; i < m->n_threads; i++)
		covered |= (unsigned int)(m->threads[i].covered || m->threads[i].sections) << i;
	return covered;
}

/* Guarantees no more than impl/rcu/any.h: if a thread was in no section, its stores may remain in
 * its store buffer. */
HOOK(explore_section_wait);
void explore_section_wait_body(const struct source_location *site)
{
	struct machine *m = machine_running();
	struct thread *t;

	if (!m) {
		hook_outside(WATCHED_GRACE_PERIOD, NULL);
		return;
	}
	t = m->current;
	section_init(m);
	lockorder_wait(m->locks, (unsigned int)t->id, &section, site);
	memory_note_use(m, LOC_SYNC + MARK_SECTIONS);
	machine_step(m,
	    (struct access){.site = site, .kind = ACCESS_WAIT, .drains = true, .full_fence = true});
	sync_wait_begin(&m->sync, t->id);
	t->drains_for = covered_threads(m);
	machine_observe_step(m, 0);
	begin_wait(m, t);
	wait_end(m, site);
	sync_wait_end(&m->sync, t->id);
	if (m->model == MODEL_TSO) {
		need_detail(m, DETAIL_STORES);
		begin_drain(m, site, WAIT_STORES, t->drains_for);
		t->drains_for = 0;
		wait_end(m, site);
	}
	t->n_waits++;
}
