/* SPDX-License-Identifier: MIT */
/* Allocating, freeing and reallocating memory. */
#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/hook_outside.h"
#include "harness/explore/hook_stack.h"
#include "harness/explore/memory.h"
#include "harness/explore/messages.h"
#include "harness/explore/schedule.h"

void *explore_alloc(size_t align, size_t size)
{
	struct watcher *watcher = hook_context.watcher;

	if (hook_context.phase == PHASE_SETUP)
		return memory_alloc(hook_context.machine, align, size);
	if (hook_context.machine)
		machine_refuse("the implementation allocates memory in an operation; only its "
			       "setup may allocate");
	return watcher ? watcher->alloc(watcher, align, size) : NULL;
}

static void add_dead(struct machine *m, size_t start, size_t size)
{
	memset(&m->dead[start], true, size);
	m->any_dead = true;
}

/* Frees or reallocates one location in a step. */
static void step_of_memory(
    struct machine *m, const struct source_location *site, enum access_kind kind, size_t loc)
{
	struct access a = memory_access(m, site, kind, &m->arena[loc], 1);

	/* Drain the store buffer first. Otherwise a buffered store could overwrite the new
	 * content. */
	a.drains = kind == ACCESS_RENEW;
	machine_step(m, a);
	m->events[m->length - 1].release = m->clocks[m->current->id];
	machine_observe_step(m, 0);
}

/* Freeing a location is a step only if the location is known to be stored to atomically. Otherwise
 * it is a plain object that a lock protects. */
HOOK(explore_free);
void explore_free_body(const struct source_location *site, void *p, size_t size)
{
	struct machine *m = machine_running();
	const size_t start = m ? memory_offset(m, p) : 0;

	if (!m)
		return;
	m->frees = true;
	for (size_t loc = start; loc < start + size; loc++) {
		if (!memory_free_is_step(m, loc))
			continue;
		step_of_memory(m, site, ACCESS_FREE, loc);
		add_dead(m, loc, 1);
	}
	data_race_free(m, site, start, size);
	add_dead(m, start, size);
}

/* Discards what is known of a location's previous use: stores, and the clocks that they
 * released. */
HOOK(explore_renew);
void explore_renew_body(const struct source_location *site, void *p, const void *fresh, size_t size)
{
	struct machine *m = machine_running();
	const size_t start = memory_offset(m, p);

	for (size_t i = 0; i < size; i++) {
		if (memory_free_is_step(m, start + i)) {
			step_of_memory(m, site, ACCESS_RENEW, start + i);
			sync_store(&m->sync, (unsigned int)(start + i), (vclock){0});
			messages_forget(&m->messages, (unsigned int)(start + i));
		}
		data_race_forget(m, start + i);
		m->dead[start + i] = false;
		m->arena[start + i] = ((const unsigned char *)fresh)[i];
	}
}
