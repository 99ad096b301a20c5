/* SPDX-License-Identifier: MIT */
/*
 * A depth-first search with sleep sets. Once a process has moved from a state, it sleeps: until
 * another process makes a move that depends on its own, moving it would only lead to states that
 * are reached anyway. A state that is reached again continues with those processes only that were
 * asleep before and are awake now (Godefroid, LNCS 1032, 1996).
 *
 * A state is not stored if only one process needs to move from it (forced.h).
 */
#include "harness/explore/states.h"

#include <stdlib.h>
#include <string.h>

#include "harness/explore/fault.h"
#include "harness/explore/fingerprint.h"
#include "harness/explore/forced.h"
#include "harness/explore/machine.h"
#include "harness/explore/monitor.h"
#include "harness/explore/runnable.h"
#include "harness/explore/schedule.h"
#include "harness/explore/sleepers.h"
#include "harness/explore/snapshot.h"
#include "harness/explore/visited.h"

/* Whether stacks can be copied and contain nothing but the state of explored code. A sanitizer adds
 * its own state. */
#if defined(OWNBENCH_SANITIZED)
enum { HAS_STACKS = false };
#else
enum { HAS_STACKS = HOOK_STACK };
#endif

enum { ASK_EVERY = 1024 }; /* least number of moves between two calls of go_on() */

/* A state on the way to the current one. */
struct branch {
	size_t saved; /* its snapshot; none if it has only one process to move */
	uint8_t left; /* mask of the processes that have not moved from here */
	struct sleepers asleep;
};

struct states {
	struct machine *m;
	struct spec_state start;
	unsigned int known;
	struct monitor monitor;
	struct visited visited;
	struct snapshots snapshots;
	uint64_t moves, asked;  /* number of moves: all, and at the last call of go_on() */
	struct sleepers asleep; /* in the current state */
	int n_branches;
	struct branch branches[MAX_EVENTS];

	/* While paused: what snapshots omit, because it does not change on the path to the last
	 * branch during a search. */
	bool paused;
	struct event events[MAX_EVENTS];
	struct op ops[MAX_THREADS][MAX_OPS];
};

bool states_possible(const struct explore_family *family, enum memory_model model)
{
	return HAS_STACKS && model != MODEL_RC11 && family->judging->n_results &&
	       !family->faults_in_time && !family->may_hang;
}

/* Returns a random number of 31 bits. */
static unsigned int next_random(uint64_t *random)
{
	*random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned int)(*random >> 33);
}

/* Returns one of the processes in the mask, at random. */
static int any_process(unsigned int enabled, uint64_t *random)
{
	unsigned int skipped = next_random(random) % (unsigned int)__builtin_popcount(enabled);

	while (skipped-- > 0)
		enabled &= enabled - 1;
	return __builtin_ctz(enabled);
}

/* Begins an execution that moves step by step. */
static void begin(struct machine *m)
{
	m->clears_stacks = true;
	machine_begin(m);
	m->stepping = true;
}

static void end(struct machine *m)
{
	m->clears_stacks = m->stepping = false;
	machine_end();
}

/* Lets another process move after `stay` moves on average, and when the present one cannot move. */
static void run_at_random(struct machine *m, unsigned int stay, uint64_t *random)
{
	unsigned int enabled;
	int proc = MAX_PROCS; /* none */

	begin(m);
	while (m->ending == END_COMPLETE && m->length < MAX_EVENTS - 1 &&
	       (enabled = machine_enabled(m))) {
		if (!(enabled & 1u << proc) || next_random(random) % stay == 0)
			proc = any_process(enabled, random);
		machine_move(m, proc);
	}
	end(m);
}

bool states_run_at_random(struct states *s)
{
	/* Some code is only reached if whole operations follow one another, and other code only if
	 * they overlap at every step. */
	enum { EXECUTIONS = 2048, NR_STAYS = 8 };
	uint64_t random = 1;
	bool other_steps = false;

	for (int i = 0; i < EXECUTIONS && s->m->ending != END_REFUSED; i++) {
		run_at_random(s->m, 1u << i % NR_STAYS, &random);
		other_steps |= s->m->ending == END_RESTART;
	}
	s->m->kept = 0;
	return other_steps;
}

struct states *states_new(struct machine *m, struct spec_state start)
{
	struct states *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->m = m;
	s->start = start;
	return s;
}

void states_free(struct states *s)
{
	if (!s)
		return;
	visited_free(&s->visited);
	snapshots_free(&s->snapshots);
	free(s);
}

uint64_t states_visited(const struct states *s)
{
	return s->visited.n;
}

/* -- moves -- */

/* Tells the monitor what a thread's move has called or has returned from. */
static void note_operations(struct states *s, struct moved *moved, unsigned int called, bool open)
{
	const struct thread *t = &s->m->threads[moved->proc];

	moved->calls = t->n_ops > called;
	moved->returns = (open || moved->calls) && !machine_open_op(t);
	if (moved->calls)
		monitor_call(&s->monitor, s->m);
	if (moved->returns)
		monitor_return(&s->monitor, s->m, t->id);
}

/* Lets the process move. Returns what it did. */
static struct moved move(struct states *s, int proc)
{
	struct thread *t = &s->m->threads[proc % MAX_THREADS];
	const unsigned int called = t->n_ops;
	const bool open = machine_open_op(t), shared = t->pending.shared;
	const struct event *e;
	struct moved moved;

	s->moves++;
	machine_move(s->m, proc);
	e = &s->m->events[s->m->length - 1];
	moved = (struct moved){e->loc, e->proc, e->kind, false, false};
	if (machine_is_thread(proc)) {
		if (shared) /* a reader's unlock, too */
			moved.kind = EVENT_SHARE;
		fingerprint_thread(s->m, t);
		note_operations(s, &moved, called, open);
	}
	sleepers_wake(&s->asleep, &moved);
	return moved;
}

/* -- faults -- */

/* Returns true if the execution so far has a fault that is not known. Lock-order cycles are
 * collected over all executions, see explore_lock_faults(). */
static bool is_faulty(const struct states *s)
{
	const struct machine *m = s->m;
	const unsigned int faults = m->faults | (m->sync.unordered ? FAULT_UNORDERED : 0) |
	                            (m->locks->faults_now ? FAULT_NOT_HELD : 0);

	return !s->monitor.n || m->races.any_new || faults & ~s->known;
}

/* Checks a state in which no process can move. */
static enum states_end judge_end(struct states *s, const struct states_calls *calls)
{
	unsigned int faults = FAULT_DEADLOCK;

	if (machine_all_done(s->m)) {
		machine_end();
		faults = calls->faults_at_rest(calls->arg) | monitor_faults(&s->monitor);
		machine_resume(s->m);
	}
	return faults & ~s->known ? STATES_FAULT : STATES_ALL;
}

/* -- the search -- */

/* Adds the state to those on the way, with the processes that have to move from it. */
static enum states_end push_branch(struct states *s, unsigned int left)
{
	struct branch *b = &s->branches[s->n_branches++];

	b->saved = s->snapshots.used;
	b->left = (uint8_t)left;
	b->asleep = s->asleep;
	if (!(left & (left - 1)) ||
	    snapshot_push(&s->snapshots, s->m, &s->monitor, monitor_size(&s->monitor)))
		return STATES_ALL;
	return STATES_FULL;
}

/* Looks at the state that the last move has reached. Returns STATES_ALL if the search goes on. */
static enum states_end visit_state(struct states *s, const struct states_calls *calls)
{
	const unsigned int enabled = machine_enabled(s->m);
	unsigned int left = enabled & ~s->asleep.mask;
	uint8_t slept = s->asleep.mask;
	struct digest d;

	if (!fingerprint(s->m, &s->monitor, &d))
		return STATES_FULL;
	switch (visited_add(&s->visited, d, &slept)) {
	case VISIT_AGAIN:
		left = slept & ~s->asleep.mask;
		s->asleep.mask &= slept;
		break;
	case VISIT_FULL:
		return STATES_FULL;
	case VISIT_NEW:
		if (!enabled)
			return judge_end(s, calls);
		break;
	}
	return left ? push_branch(s, left) : STATES_ALL;
}

/* Moves on while only one process needs to move. Returns STATES_ALL if several have to move, or in
 * *pruned that the one is asleep. */
static enum states_end follow_forced_moves(struct states *s, bool *pruned)
{
	for (*pruned = false;;) {
		int proc;

		if (s->m->ending != END_COMPLETE)
			return STATES_ENDED;
		if (s->monitor.full || s->m->length == MAX_EVENTS - 1)
			return STATES_FULL;
		if (is_faulty(s))
			return STATES_FAULT;
		proc = forced_process(s->m, machine_enabled(s->m));
		if (proc < 0)
			return STATES_ALL;
		*pruned = s->asleep.mask >> proc & 1;
		if (*pruned)
			return STATES_ALL;
		move(s, proc);
	}
}

/* Backtracks to the last state that has an unexplored move. Returns the process to move, or -1 if
 * there is none. */
static int next_branch(struct states *s, bool arrived)
{
	struct branch *b;
	int proc;

	while (s->n_branches && !s->branches[s->n_branches - 1].left) {
		s->snapshots.used = s->branches[--s->n_branches].saved;
		arrived = false;
	}
	if (!s->n_branches)
		return -1;
	b = &s->branches[s->n_branches - 1];
	if (!arrived)
		snapshot_restore(&s->snapshots, b->saved, s->m);
	s->asleep = b->asleep;
	proc = __builtin_ctz(b->left);
	b->left &= (uint8_t)(b->left - 1);
	return proc;
}

/* Moves a process from the last branch. It sleeps there from now on, unless it calls an operation:
 * orders in which the call comes later are not tried, see forced_process(). */
static void move_from_branch(struct states *s, int proc)
{
	struct branch *b = &s->branches[s->n_branches - 1];
	const struct moved moved = move(s, proc);

	b->asleep.moved[proc] = moved;
	if (!moved.calls)
		b->asleep.mask |= (uint8_t)(1u << proc);
}

static void start(struct states *s, unsigned int known)
{
	s->known = known;
	s->paused = false;
	s->m->must_restart = false;
	memset(s->m->sole_users, 0, sizeof(s->m->sole_users));
	s->moves = s->asked = 0;
	s->asleep.mask = 0;
	s->n_branches = 0;
	s->snapshots.used = 0;
	visited_free(&s->visited);
	begin(s->m);
	monitor_start(&s->monitor, s->start, known, s->m->family->judging);
	for (int t = 0; t < s->m->n_threads; t++)
		fingerprint_thread(s->m, &s->m->threads[t]);
}

/* Prepares the search to go on after other executions of the machine. `arrived` is as in
 * next_branch(). */
static enum states_end pause(struct states *s, bool arrived)
{
	const struct branch *b = &s->branches[s->n_branches - 1];

	/* A state with only one process to move has no snapshot yet. */
	if (arrived && s->snapshots.used == b->saved &&
	    !snapshot_push(&s->snapshots, s->m, &s->monitor, monitor_size(&s->monitor)))
		return STATES_FULL;
	s->paused = true;
	memcpy(s->events, s->m->events, (size_t)s->m->length * sizeof(s->events[0]));
	for (int t = 0; t < MAX_THREADS; t++)
		memcpy(s->ops[t], s->m->threads[t].ops, sizeof(s->ops[t]));
	return STATES_STOPPED;
}

/* The next call of next_branch() restores the rest. */
static void resume(struct states *s)
{
	s->paused = false;
	begin(s->m);
	memcpy(s->m->events, s->events, sizeof(s->events));
	for (int t = 0; t < MAX_THREADS; t++)
		memcpy(s->m->threads[t].ops, s->ops[t], sizeof(s->ops[t]));
}

/* Returns STATES_ALL if the search may go on now. */
static enum states_end ask(struct states *s, const struct states_calls *calls, bool arrived)
{
	if (s->moves - s->asked < ASK_EVERY)
		return STATES_ALL;
	s->asked = s->moves;
	if (s->m->must_restart)
		return STATES_AGAIN;
	return calls->go_on(calls->arg, s->visited.n) ? STATES_ALL : pause(s, arrived);
}

/* Goes on from the state of the machine to the next one that is stored or known. Sets *arrived if
 * processes have to move from there. */
static enum states_end arrive(struct states *s, const struct states_calls *calls, bool *arrived)
{
	const int before = s->n_branches;
	enum states_end end;
	bool pruned;

	if ((end = follow_forced_moves(s, &pruned)) || (!pruned && (end = visit_state(s, calls))))
		return end;
	*arrived = s->n_branches > before;
	return s->n_branches ? ask(s, calls, *arrived) : STATES_ALL;
}

/* Goes on from the last branch, or if `begins` from the state of the machine. */
static enum states_end search(struct states *s, const struct states_calls *calls, bool begins)
{
	bool arrived = false;
	enum states_end end;
	int proc;

	for (;; begins = true) {
		if (begins && (end = arrive(s, calls, &arrived)))
			return end;
		proc = next_branch(s, arrived);
		if (proc < 0)
			return s->m->must_restart ? STATES_AGAIN : STATES_ALL;
		move_from_branch(s, proc);
	}
}

enum states_end states_search(
    struct states *s, unsigned int known, const struct states_calls *calls)
{
	const bool goes_on = s->paused && known == s->known && !s->m->must_restart;
	enum states_end how;

	if (goes_on)
		resume(s);
	else
		start(s, known);
	how = search(s, calls, !goes_on);
	end(s->m);
	return how;
}
