/* SPDX-License-Identifier: MIT */
#include "harness/explore/sync.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool is_acquire(int order)
{
	return order == memory_order_acquire || order == memory_order_consume ||
	       order == memory_order_acq_rel || order == memory_order_seq_cst;
}

static bool is_release(int order)
{
	return order == memory_order_release || order == memory_order_acq_rel ||
	       order == memory_order_seq_cst;
}

void sync_reset(struct sync *s)
{
	for (unsigned int i = 0; i < s->n_touched; i++)
		s->locs[s->touched[i]] = (vclock){0};
	memset(s->works, 0, s->n_objects * sizeof(s->works[0]));
	memset(s, 0, offsetof(struct sync, touched));
	for (int t = 0; t < MAX_THREADS; t++)
		s->now[t][t] = 1;
}

static void set_location(struct sync *s, unsigned int loc, vclock released)
{
	s->locs[loc] = released;
	for (unsigned int i = 0; i < s->n_touched; i++) {
		if (s->touched[i] == loc)
			return;
	}
	s->touched[s->n_touched++] = (uint16_t)loc;
}

vclock sync_released(const struct sync *s, int thread, int order)
{
	return is_release(order) ? s->now[thread] : s->fence_released[thread];
}

void sync_store(struct sync *s, unsigned int loc, vclock released)
{
	set_location(s, loc, released);
}

void sync_read(struct sync *s, int thread, vclock released, int order)
{
	s->acquirable[thread] = clock_join(s->acquirable[thread], released);
	if (is_acquire(order))
		s->now[thread] = clock_join(s->now[thread], released);
}

void sync_load(struct sync *s, int thread, unsigned int loc, int order)
{
	sync_read(s, thread, s->locs[loc], order);
}

/* A read-modify-write continues the release sequence that it reads from, so the location keeps what
 * that sequence released. */
void sync_rmw(struct sync *s, int thread, unsigned int loc, int order)
{
	vclock before = s->locs[loc];

	sync_load(s, thread, loc, order);
	set_location(s, loc, clock_join(before, sync_released(s, thread, order)));
}

void sync_fence(struct sync *s, int thread, int order)
{
	if (is_acquire(order))
		s->now[thread] = clock_join(s->now[thread], s->acquirable[thread]);
	if (is_release(order))
		s->fence_released[thread] = s->now[thread];
}

void sync_barrier_begin(struct sync *s, int thread)
{
	sync_fence(s, thread, memory_order_seq_cst);
	s->barrier[thread] = s->waited[thread] = s->now[thread];
}

void sync_barrier_pass(struct sync *s, int thread, int other)
{
	sync_fence(s, other, memory_order_seq_cst);
	s->waited[thread] = clock_join(s->waited[thread], s->now[other]);
	s->now[other] = clock_join(s->now[other], s->barrier[thread]);
	s->fence_released[other] = s->now[other];
}

void sync_barrier_end(struct sync *s, int thread)
{
	s->now[thread] = clock_join(s->now[thread], s->waited[thread]);
	sync_fence(s, thread, memory_order_seq_cst);
}

void sync_section_enter(struct sync *s, int thread)
{
	s->now[thread] = clock_join(s->now[thread], s->waits);
}

void sync_section_leave(struct sync *s, int thread)
{
	s->section_end[thread] = s->now[thread];
}

void sync_wait_begin(struct sync *s, int thread)
{
	s->waits = clock_join(s->waits, s->now[thread]);
	s->waited[thread] = s->now[thread];
	for (int t = 0; t < MAX_THREADS; t++)
		s->waited[thread] = clock_join(s->waited[thread], s->section_end[t]);
}

void sync_wait_seen(struct sync *s, int thread, int reader)
{
	s->waited[thread] = clock_join(s->waited[thread], s->section_end[reader]);
}

void sync_wait_end(struct sync *s, int thread)
{
	s->now[thread] = clock_join(s->now[thread], s->waited[thread]);
}

/* Returns true if all of `work` happens before the thread's next step. */
static bool follows_work(const struct sync *s, int thread, vclock work)
{
	return clock_is_zero(clock_join(s->now[thread], work) != s->now[thread]);
}

void sync_work(struct sync *s, int thread, unsigned int object, unsigned int side)
{
	if (object >= SYNC_OBJECTS || side >= SYNC_SIDES)
		abort(); /* unreachable: programs have fewer objects and sides */
	if (object >= s->n_objects)
		s->n_objects = object + 1;
	for (unsigned int other = 0; other < SYNC_SIDES; other++) {
		if (other != side && !follows_work(s, thread, s->works[object][other]))
			s->unordered = true;
	}
	s->works[object][side][thread] = ++s->now[thread][thread];
}
