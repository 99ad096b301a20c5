/* SPDX-License-Identifier: MIT */
/* Memory as a thread sees it through its store buffer. */
#ifndef EXPLORE_STORE_BUFFER_H
#define EXPLORE_STORE_BUFFER_H

#include <string.h>

#include "harness/explore/machine_state.h"

static inline uint64_t memory_read(const volatile void *p, unsigned int size)
{
	uint64_t value = 0;

	memcpy(&value, (const void *)p, size);
	return value;
}

static inline void memory_write(volatile void *p, unsigned int size, uint64_t value)
{
	memcpy((void *)p, &value, size);
}

static inline bool store_buffer_empty(const struct thread *t)
{
	return t->count == 0;
}

static inline const struct store *store_buffer_oldest(const struct thread *t)
{
	return &t->buffer[t->head];
}

/* Returns the thread's newest buffered store to `p`, or NULL. */
static inline const struct store *store_buffer_find(const struct thread *t, const volatile void *p)
{
	for (unsigned int i = t->count; i-- > 0;) {
		const struct store *s = &t->buffer[(t->head + i) % MAX_STORES];

		if (s->addr == p)
			return s;
	}
	return NULL;
}

/* Returns the value that the thread would load. */
static inline uint64_t store_buffer_read(
    const struct thread *t, const volatile void *p, unsigned int size)
{
	const struct store *own = store_buffer_find(t, p);

	return own ? own->value : memory_read(p, size);
}

/* Returns true if the access is a store that enters the store buffer. */
static inline bool store_buffer_takes(const struct machine *m, const struct access *a)
{
	return m->model == MODEL_TSO && !a->drains &&
	       (a->kind == ACCESS_STORE || a->kind == ACCESS_UNLOCK);
}

/* Returns the kind of event by which a store leaves the buffer. For an unlock this is EVENT_LOCAL,
 * because only taking a lock conflicts, see add_lock() in order.c. */
static inline enum event_kind store_buffer_event(const struct store *s)
{
	return s->unlocks ? EVENT_LOCAL : EVENT_WRITE;
}

/* Appends a store to the buffer. Abandons the execution if the buffer is full. */
void store_buffer_push(
    struct machine *m, struct thread *t, const struct access *a, vclock released);

/* Removes the oldest store from the buffer. */
void store_buffer_pop(struct thread *t);

#endif
