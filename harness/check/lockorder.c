/* SPDX-License-Identifier: MIT */
#include "harness/check/lockorder.h"

#include <string.h>

static uint64_t lock_bit(unsigned int lock)
{
	return (uint64_t)1 << lock;
}

/* -- locks -- */

static unsigned int size_of_class(const struct lockorder *o, const struct source_location *class)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < o->nr_locks; i++)
		n += o->locks[i].class == class;
	return n;
}

static uint8_t add_lock(struct lockorder *o, const void *lock, const struct source_location *class)
{
	if (o->nr_locks == LOCKORDER_LOCKS) {
		o->full = true;
		return LOCKORDER_NONE;
	}
	o->locks[o->nr_locks] = (struct lock_node){lock, class, (uint8_t)size_of_class(o, class)};
	return (uint8_t)o->nr_locks++;
}

static uint8_t find_lock(struct lockorder *o, const void *lock, const struct source_location *class)
{
	for (unsigned int i = 0; i < o->nr_locks; i++) {
		if (o->locks[i].lock == lock)
			return (uint8_t)i;
	}
	return add_lock(o, lock, class);
}

void lockorder_init(struct lockorder *o, const void *lock, const struct source_location *class)
{
	find_lock(o, lock, class);
}

/* -- reports -- */

static bool is_same(const struct lock_report *a, const struct lock_report *b)
{
	if (a->fault != b->fault || a->n != b->n)
		return false;
	for (unsigned int i = 0; i < a->n; i++) {
		if (a->edges[i].held.at != b->edges[i].held.at ||
		    a->edges[i].wanted.at != b->edges[i].wanted.at)
			return false;
	}
	return true;
}

/* Adds a report. Drops it if a report with the same source lines exists: other locks of the same
 * classes only repeat it. */
static void add_report(struct lockorder *o, const struct lock_report *report)
{
	o->faults |= report->fault;
	for (unsigned int i = 0; i < o->nr_reports; i++) {
		if (is_same(&o->reports[i], report))
			return;
	}
	if (o->nr_reports < LOCKORDER_REPORTS)
		o->reports[o->nr_reports++] = *report;
}

/* Reports a fault of `use`, with the locks that the thread holds, from index `first` on. */
static void report_held(struct lockorder *o, enum lockorder_fault fault, struct lock_use use,
    const struct lock_thread *t, unsigned int first)
{
	struct lock_report report = {.fault = fault};

	calltrace_take(&use.trace, t->stack_end);
	for (unsigned int i = first; i < t->nr_held; i++)
		report.edges[report.n++] = (struct lock_edge){t->held[i], use};
	if (!report.n)
		report.edges[report.n++] =
		    (struct lock_edge){{.at = use.at, .lock = LOCKORDER_NONE}, use};
	o->faults_now |= fault;
	add_report(o, &report);
}

/* -- cycles -- */

/* State of a breadth-first search. For each lock that was reached, it records the path. */
struct search {
	uint64_t seen;
	unsigned int n;
	uint8_t queue[LOCKORDER_LOCKS];
	uint8_t from[LOCKORDER_LOCKS]; /* the lock that was held when this one was requested */
	uint8_t prev[LOCKORDER_LOCKS]; /* the lock that was reached: `from`, or one of its class */
};

/* Returns the locks that are equivalent to this one, as a bit mask. */
static uint64_t peer_locks(const struct lockorder *o, uint8_t lock, bool by_class)
{
	uint64_t set = lock_bit(lock);

	for (unsigned int i = 0; by_class && i < o->nr_locks; i++) {
		if (o->locks[i].class == o->locks[lock].class)
			set |= lock_bit(i);
	}
	return set;
}

static void go_on(struct search *s, const struct lockorder *o, const uint64_t *after,
    uint8_t reached, bool by_class)
{
	for (uint64_t set = peer_locks(o, reached, by_class); set; set &= set - 1) {
		uint8_t from = (uint8_t)__builtin_ctzll(set);
		uint64_t left;

		while ((left = after[from] & ~s->seen)) {
			uint8_t next = (uint8_t)__builtin_ctzll(left);

			s->from[next] = from;
			s->prev[next] = reached;
			s->seen |= peer_locks(o, next, by_class);
			s->queue[s->n++] = next;
		}
	}
}

/* Finds the shortest path from one lock to another. Locks of the same class are equivalent, unless
 * `from` and `to` are of the same class. Returns the lock at which the path ends, or
 * LOCKORDER_NONE. */
static uint8_t find_way(
    struct search *s, const struct lockorder *o, const uint64_t *after, uint8_t from, uint8_t to)
{
	const bool by_class = o->locks[from].class != o->locks[to].class;
	const uint64_t goal = peer_locks(o, to, by_class);

	s->seen = peer_locks(o, from, by_class);
	s->queue[0] = from;
	s->n = 1;
	for (unsigned int i = 0; i < s->n; i++) {
		if (goal & lock_bit(s->queue[i]))
			return s->queue[i];
		go_on(s, o, after, s->queue[i], by_class);
	}
	return LOCKORDER_NONE;
}

static const struct lock_edge *find_edge(const struct lockorder *o, uint8_t held, uint8_t wanted)
{
	const struct lock_edge *e = o->edges;

	while (e->held.lock != held || e->wanted.lock != wanted)
		e++;
	return e; /* always found, because every pair in after[] has an edge */
}

/* If the edge closes a cycle, reports the cycle, starting with this edge. */
static void find_circle(struct lockorder *o, const struct lock_edge *last)
{
	struct lock_report report = {.fault = LOCKORDER_CIRCLE, .n = 1, .edges = {*last}};
	struct search s;
	uint8_t at = find_way(&s, o, o->after, last->wanted.lock, last->held.lock);

	if (at == LOCKORDER_NONE)
		return;
	for (; at != last->wanted.lock; at = s.prev[at]) {
		memmove(
		    &report.edges[2], &report.edges[1], (report.n - 1) * sizeof(report.edges[0]));
		report.edges[1] = *find_edge(o, s.from[at], at);
		report.n++;
	}
	add_report(o, &report);
}

static void add_edge(struct lockorder *o, const struct lock_edge *edge)
{
	if (o->nr_edges == LOCKORDER_EDGES) {
		o->full = true;
		return;
	}
	o->edges[o->nr_edges++] = *edge;
	o->after[edge->held.lock] |= lock_bit(edge->wanted.lock);
	find_circle(o, edge);
}

static bool is_circle_now(const struct lockorder *o)
{
	struct search s;

	for (unsigned int held = 0; held < o->nr_locks; held++) {
		for (uint64_t set = o->after_now[held]; set; set &= set - 1) {
			if (find_way(&s, o, o->after_now, (uint8_t)__builtin_ctzll(set),
				(uint8_t)held) != LOCKORDER_NONE)
				return true;
		}
	}
	return false;
}

unsigned int lockorder_faults_now(const struct lockorder *o)
{
	if (!(o->faults & LOCKORDER_CIRCLE) || !is_circle_now(o))
		return o->faults_now;
	return o->faults_now | LOCKORDER_CIRCLE;
}

/* -- acquisitions and releases by threads -- */

void lockorder_restart(struct lockorder *o)
{
	o->faults_now = 0;
	memset(o->after_now, 0, o->nr_locks * sizeof(o->after_now[0]));
	for (unsigned int t = 0; t < LOCKORDER_THREADS; t++) {
		o->threads[t].operation = NULL;
		o->threads[t].nr_held = o->threads[t].held_before = 0;
	}
}

void lockorder_stack(struct lockorder *o, unsigned int thread, const void *end)
{
	o->threads[thread].stack_end = end;
}

/* Returns a description of a use, with an empty call trace. */
static struct lock_use use_of(
    const struct lockorder *o, unsigned int thread, uint8_t lock, const struct source_location *at)
{
	return (struct lock_use){.operation = o->threads[thread].operation,
	    .at = at,
	    .thread = (uint8_t)thread,
	    .lock = lock};
}

/* Adds an edge: this lock was never requested before with that one held. */
static void add_wait(struct lockorder *o, unsigned int thread, const struct lock_use *held,
    uint8_t lock, const struct source_location *at)
{
	struct lock_edge edge = {*held, use_of(o, thread, lock, at)};

	calltrace_take(&edge.wanted.trace, o->threads[thread].stack_end);
	add_edge(o, &edge);
}

void lockorder_wait(
    struct lockorder *o, unsigned int thread, const void *lock, const struct source_location *at)
{
	const struct lock_thread *t = &o->threads[thread];
	uint8_t wanted;

	if (!t->nr_held)
		return;
	wanted = find_lock(o, lock, at);
	if (wanted == LOCKORDER_NONE)
		return;
	for (unsigned int i = 0; i < t->nr_held; i++) {
		const uint8_t held = t->held[i].lock;

		o->after_now[held] |= lock_bit(wanted);
		if (!(o->after[held] & lock_bit(wanted)))
			add_wait(o, thread, &t->held[i], wanted, at);
	}
}

/* Records the call trace now: when the next lock is requested, the functions on the stack may have
 * returned. */
void lockorder_hold(
    struct lockorder *o, unsigned int thread, const void *lock, const struct source_location *at)
{
	struct lock_thread *t = &o->threads[thread];
	const uint8_t taken = find_lock(o, lock, at);

	if (t->nr_held == LOCKORDER_HELD) {
		o->full = true;
	} else if (taken != LOCKORDER_NONE) {
		struct lock_use *use = &t->held[t->nr_held++];

		use->operation = t->operation;
		use->at = at;
		use->thread = (uint8_t)thread;
		use->lock = taken;
		calltrace_take(&use->trace, t->stack_end);
	}
}

/* Returns the lock's index in the thread's held locks, or nr_held if the thread does not hold
 * it. */
static unsigned int find_held(
    const struct lockorder *o, const struct lock_thread *t, const void *lock)
{
	for (unsigned int i = t->nr_held; i-- > 0;) {
		if (o->locks[t->held[i].lock].lock == lock)
			return i;
	}
	return t->nr_held;
}

/* Returns the lock's index in the thread's held locks. If the thread does not hold it, reports a
 * fault and returns nr_held. */
static unsigned int expect_held(
    struct lockorder *o, unsigned int thread, const void *lock, const struct source_location *at)
{
	const struct lock_thread *t = &o->threads[thread];
	const unsigned int i = find_held(o, t, lock);
	uint8_t needed;

	if (i < t->nr_held)
		return i;
	needed = find_lock(o, lock, at);
	if (!o->full) /* if a table overflowed, the lock may be held without being listed */
		report_held(o, LOCKORDER_NOT_HELD, use_of(o, thread, needed, at), t, 0);
	return i;
}

void lockorder_release(
    struct lockorder *o, unsigned int thread, const void *lock, const struct source_location *at)
{
	struct lock_thread *t = &o->threads[thread];
	const unsigned int i = expect_held(o, thread, lock, at);

	if (i == t->nr_held)
		return;
	t->nr_held--;
	memmove(&t->held[i], &t->held[i + 1], (t->nr_held - i) * sizeof(t->held[0]));
}

void lockorder_assert_held(
    struct lockorder *o, unsigned int thread, const void *lock, const struct source_location *at)
{
	expect_held(o, thread, lock, at);
}

void lockorder_enter(
    struct lockorder *o, unsigned int thread, const struct source_location *operation)
{
	o->threads[thread].operation = operation;
	o->threads[thread].held_before = o->threads[thread].nr_held;
}

void lockorder_leave(struct lockorder *o, unsigned int thread)
{
	struct lock_thread *t = &o->threads[thread];

	if (t->nr_held > t->held_before)
		report_held(o, LOCKORDER_KEPT, use_of(o, thread, LOCKORDER_NONE, t->operation), t,
		    t->held_before);
	t->operation = NULL;
}

/* -- merging -- */

/* Finds a lock by class and index, since addresses differ between executions. Adds the lock if it
 * is unknown. */
static uint8_t find_same(struct lockorder *o, const struct lock_node *node)
{
	for (unsigned int i = 0; i < o->nr_locks; i++) {
		if (o->locks[i].class == node->class && o->locks[i].index == node->index)
			return (uint8_t)i;
	}
	if (add_lock(o, NULL, node->class) == LOCKORDER_NONE)
		return LOCKORDER_NONE;
	o->locks[o->nr_locks - 1].index = node->index;
	return (uint8_t)(o->nr_locks - 1);
}

static struct lock_edge rename_edge(
    struct lockorder *into, const struct lockorder *from, struct lock_edge e)
{
	if (e.held.lock != LOCKORDER_NONE)
		e.held.lock = find_same(into, &from->locks[e.held.lock]);
	if (e.wanted.lock != LOCKORDER_NONE)
		e.wanted.lock = find_same(into, &from->locks[e.wanted.lock]);
	return e;
}

void lockorder_merge(struct lockorder *into, const struct lockorder *from)
{
	into->full |= from->full;
	into->faults |= from->faults;
	for (unsigned int i = 0; i < from->nr_reports; i++) {
		struct lock_report report = from->reports[i];

		for (unsigned int e = 0; e < report.n; e++)
			report.edges[e] = rename_edge(into, from, report.edges[e]);
		/* Cycles are found again when the edges are added. */
		if (report.fault != LOCKORDER_CIRCLE)
			add_report(into, &report);
	}
	for (unsigned int i = 0; i < from->nr_edges; i++) {
		const struct lock_edge e = rename_edge(into, from, from->edges[i]);

		if (e.held.lock != LOCKORDER_NONE && e.wanted.lock != LOCKORDER_NONE &&
		    !(into->after[e.held.lock] & lock_bit(e.wanted.lock)))
			add_edge(into, &e);
	}
}

/* -- printing -- */

enum { INDENT = 14 };

static void print_use(
    FILE *out, const struct lockorder *o, const char *what, const struct lock_use *use)
{
	const struct lock_node *node = &o->locks[use->lock];

	fprintf(out, "    %-9s %s", what, node->class->what);
	if (size_of_class(o, node->class) > 1)
		fprintf(out, " #%u", node->index);
	fputc('\n', out);
	if (use->trace.n) {
		calltrace_print(out, &use->trace, use->at, INDENT);
		return;
	}
	fprintf(out, "%*s", INDENT, "");
	source_location_print(out, use->at);
	fputc('\n', out);
}

static void print_thread(FILE *out, const struct lock_use *use)
{
	fprintf(out, "  thread %u%s%s\n", use->thread, use->operation ? ", " : "",
	    use->operation ? use->operation->what : "");
}

static void print_circle(FILE *out, const struct lockorder *o, const struct lock_report *report)
{
	if (report->n == 1)
		fprintf(out, "lock order: a thread waits for a lock that it holds\n");
	else
		fprintf(
		    out, "lock order: a cycle of %u locks, found without a deadlock\n", report->n);
	for (unsigned int i = 0; i < report->n; i++) {
		print_thread(out, &report->edges[i].wanted);
		print_use(out, o, "holds", &report->edges[i].held);
		print_use(out, o, "waits for", &report->edges[i].wanted);
	}
}

static void print_held(FILE *out, const struct lockorder *o, const struct lock_report *report)
{
	const struct lock_use *use = &report->edges[0].wanted;

	fprintf(out, "%s\n",
	    report->fault == LOCKORDER_KEPT
		? "lock kept: an operation returns without releasing a lock that it took"
		: "lock not held: a thread releases or asserts a lock that it does not hold");
	print_thread(out, use);
	if (use->lock != LOCKORDER_NONE)
		print_use(out, o, "needs", use);
	if (report->edges[0].held.lock == LOCKORDER_NONE) {
		fprintf(out, "    holds     nothing\n");
		return;
	}
	for (unsigned int i = 0; i < report->n; i++)
		print_use(out, o, "holds", &report->edges[i].held);
}

void lockorder_print(FILE *out, const struct lockorder *o)
{
	for (unsigned int i = 0; i < o->nr_reports; i++) {
		if (o->reports[i].fault == LOCKORDER_CIRCLE)
			print_circle(out, o, &o->reports[i]);
		else
			print_held(out, o, &o->reports[i]);
	}
	if (o->full)
		fprintf(out, "lock order: incomplete, because there are more locks or lock orders "
			     "than can be recorded\n");
}
