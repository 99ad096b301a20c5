/* SPDX-License-Identifier: MIT */
#include "harness/explore/machine.h"

#include <errno.h>
#include <sanitizer/asan_interface.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "harness/explore/order.h"
#include "harness/explore/search.h"

/* Coroutines have no argument and hooks no handle: these two are what they find their machine by.
 */
struct machine *machine_running;
static struct machine *in_setup, *at_rest;
struct watcher *explore_watcher;

/* Behind each stack there is nothing: one that is too deep is a crash. Some machines' pages are as
 * large. */
enum { STACK_SIZE = 64 << 10, STACK_GUARD = 64 << 10 };

enum { MAX_CLOCK = 1 << 14 }; /* of one thread: far from what has no room in a vclock */

enum { MAX_ACTIONS_OUTSIDE = 10000 }; /* behind which it waits for ever; state is far smaller */

/* Below what Linux chooses itself; higher up is AddressSanitizer's shadow. From here some devices
 * share a slot of those who hash their addresses, and some do not. */
static void *const MACHINE_ADDRESS = (void *)(((uintptr_t)1 << 30) + ((uintptr_t)37 << 12));

_Static_assert(offsetof(struct machine, arena) == 0, "it is what lies there");

static uint64_t memory_read(const volatile void *p, unsigned int size)
{
	uint64_t value = 0;

	memcpy(&value, (const void *)p, size);
	return value;
}

static void memory_write(volatile void *p, unsigned int size, uint64_t value)
{
	memcpy((void *)p, &value, size);
}

/* An atomic outside of the arena is restored to what it was when first seen. */
static uint16_t foreign_location(struct machine *m, const volatile void *p, unsigned int size)
{
	int i;

	for (i = 0; i < m->n_foreign; i++)
		if (m->foreign[i].addr == p)
			return (uint16_t)(MAX_ARENA + i);
	if (i == MAX_FOREIGN)
		machine_refuse("more than %d atomics outside of its state", MAX_FOREIGN);
	m->foreign[i].addr = (void *)p;
	m->foreign[i].size = size;
	m->foreign[i].value = memory_read(p, size);
	m->n_foreign++;
	return (uint16_t)(MAX_ARENA + i);
}

static size_t arena_offset(const struct machine *m, const volatile void *p)
{
	return (uintptr_t)p - (uintptr_t)m->arena;
}

static uint16_t location(struct machine *m, const volatile void *p, unsigned int size)
{
	size_t offset = arena_offset(m, p);

	return offset < MAX_ARENA ? (uint16_t)offset : foreign_location(m, p, size);
}

/* Outside of an execution, before something is stored. */
static void keep_foreign(const volatile void *p, unsigned int size)
{
	if (at_rest)
		location(at_rest, p, size);
}

struct machine *machine_now_used(void)
{
	return machine_running ? machine_running : in_setup ? in_setup : at_rest;
}

/* Outside of an execution: what is waited for there never comes. */
static void count_action(void)
{
	struct machine *m = in_setup ? in_setup : at_rest;

	if (m && ++m->actions > MAX_ACTIONS_OUTSIDE)
		longjmp(m->outside, 1);
}

/* The same. */
static void watch(enum watched what, const volatile void *p)
{
	if (explore_watcher)
		explore_watcher->see(explore_watcher, what, p);
	count_action();
}

/* -- store buffers -- */

static bool drained(const struct thread *t)
{
	return t->count == 0;
}

static const struct store *buffered(const struct thread *t, const volatile void *p)
{
	for (unsigned int i = t->count; i-- > 0;) {
		const struct store *s = &t->buffer[(t->head + i) % MAX_STORES];

		if (s->addr == p)
			return s;
	}
	return NULL;
}

/* As the thread itself sees it. */
static uint64_t memory_now(const struct thread *t, const volatile void *p, unsigned int size)
{
	const struct store *own = buffered(t, p);

	return own ? own->value : memory_read(p, size);
}

/* Those that wait for thread t, for its section or else its stores, need wait no longer. */
static void stop_waiting(struct machine *m, int t, bool section, vclock now)
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

static void observe(struct machine *m, int proc, const struct access *access, uint64_t value)
{
	if (m->observe)
		m->observe(m, proc, access, value);
}

static void flush(struct machine *m, int thread)
{
	struct thread *t = &m->threads[thread];
	const struct store *s = &t->buffer[t->head];
	int proc = machine_buffer_of(thread);
	struct access access = {
	    .site = s->site, .addr = s->addr, .size = s->size, .kind = ACCESS_FLUSH};

	m->clocks[proc] = clock_join(m->clocks[proc], s->clock);
	order_add(m, proc, EVENT_WRITE, s->loc);
	memory_write(s->addr, s->size, s->value);
	sync_store(&m->sync, s->loc, s->released);
	observe(m, proc, &access, s->value);
	t->head = (t->head + 1) % MAX_STORES;
	if (--t->count == 0) {
		t->covered = false;
		stop_waiting(m, thread, false, m->clocks[proc]);
	}
}

static void push(struct machine *m, struct thread *t, const struct access *a, vclock released)
{
	if (t->count == MAX_STORES) {
		m->ending = END_CUT;
		return;
	}
	t->buffer[(t->head + t->count++) % MAX_STORES] = (struct store){.clock = m->clocks[t->id],
	    .released = released,
	    .addr = a->addr,
	    .value = a->value,
	    .site = a->site,
	    .loc = a->loc,
	    .size = a->size};
	t->covered |= t->sections > 0;
}

/* -- who can move -- */

/* Of a step that waits for what others do to a location; all else behind it is no thread's. */
static bool awaited(const struct thread *t, const struct access *a)
{
	switch (a->kind) {
	case ACCESS_TAKE:
		return memory_read(a->addr, a->size);
	case ACCESS_ALONE:
		return !memory_read(a->addr, a->size);
	case ACCESS_SHARED:
		return !(memory_read(a->addr, a->size) & WORD_ALONE);
	case ACCESS_YIELD:
		return memory_now(t, a->addr, a->size) != a->expected;
	default:
		return true;
	}
}

static bool can_move(const struct thread *t)
{
	const struct access *a = &t->pending;

	if (a->drains && !drained(t))
		return false;
	if (a->kind == ACCESS_LOCK)
		return !((const struct lock *)a->addr)->holder;
	if (a->kind == ACCESS_WAIT_END)
		return !t->waits_for;
	if (a->kind >= ACCESS_TAKE)
		return awaited(t, a);
	return a->kind != ACCESS_DONE;
}

unsigned int machine_enabled(const struct machine *m)
{
	unsigned int enabled = 0;

	for (int i = 0; i < m->n_threads; i++) {
		const struct thread *t = &m->threads[i];

		enabled |= (unsigned int)can_move(t) << i;
		enabled |= (unsigned int)!drained(t) << machine_buffer_of(i);
	}
	return enabled;
}

void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc)
{
	static const struct {
		uint8_t kind;
		uint16_t loc; /* LOC_NONE: the access's */
	} events[] = {
	    [ACCESS_LOAD] = {EVENT_READ, LOC_NONE},
	    [ACCESS_STORE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_RMW] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_CAS] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_LOCK] = {EVENT_LOCK, LOC_NONE},
	    [ACCESS_PEEK] = {EVENT_SYNC, LOC_SYNC + MARK_LOCKS},
	    [ACCESS_FENCE] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_UNLOCK] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_CALL] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_WAIT_END] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_DONE] = {EVENT_LOCAL, LOC_NONE},
	    [ACCESS_WORK] = {EVENT_MARK, MARK_STORES},
	    [ACCESS_MEMBARRIER] = {EVENT_SYNC, LOC_SYNC + MARK_STORES},
	    [ACCESS_ENTER] = {EVENT_MARK, MARK_SECTIONS},
	    [ACCESS_LEAVE] = {EVENT_MARK, MARK_SECTIONS},
	    [ACCESS_WAIT] = {EVENT_SYNC, LOC_SYNC + MARK_SECTIONS},
	    [ACCESS_GIVE] = {EVENT_GIVE, LOC_NONE},
	    [ACCESS_TAKE] = {EVENT_TAKE, LOC_NONE},
	    [ACCESS_ALONE] = {EVENT_TAKE, LOC_NONE},
	    [ACCESS_SHARED] = {EVENT_SHARE, LOC_NONE},
	    [ACCESS_YIELD] = {EVENT_READ, LOC_NONE},
	    [ACCESS_FREE] = {EVENT_WRITE, LOC_NONE},
	    [ACCESS_RENEW] = {EVENT_WRITE, LOC_NONE},
	};
	const struct thread *t = &m->threads[proc % MAX_THREADS];
	const struct access *a = &t->pending;

	if (!machine_is_thread(proc)) {
		*kind = EVENT_WRITE;
		*loc = t->buffer[t->head].loc;
		return;
	}
	*kind = (enum event_kind)events[a->kind].kind;
	*loc = events[a->kind].loc;
	if (*loc == LOC_NONE && *kind != EVENT_LOCAL)
		*loc = a->loc;
	if (a->kind == ACCESS_STORE && m->model == MODEL_TSO && !a->drains) {
		*kind = EVENT_MARK;
		*loc = MARK_STORES;
	}
}

/* -- the threads -- */

/* Runs store buffers until a thread moves. NULL: the execution has ended. */
static struct thread *next_thread(struct machine *m)
{
	for (;;) {
		int proc = search_choose(m);

		if (proc < 0)
			return NULL;
		if (machine_is_thread(proc))
			return m->current = &m->threads[proc];
		flush(m, proc - MAX_THREADS);
	}
}

/* Returns when the pending access of the current thread is the one that the scheduler chose. */
static void give_way(struct machine *m, struct thread *t)
{
	struct thread *next = m->starting ? NULL : next_thread(m);

	if (next != t)
		context_switch(&t->context, next ? &next->context : &m->main);
}

/* Long operations are rare: only there it is worth to look for the same step over and over. */
static void bound_spinning(struct machine *m, struct thread *t, const struct access *a)
{
	unsigned int seen = 0;

	if (++t->op_steps <= m->spin_bound)
		return;
	for (int i = m->length - 1; i >= t->op_start; i--) {
		const struct event *e = &m->events[i];

		seen += e->proc == t->id && e->site == a->site && e->loc == a->loc;
	}
	if (seen >= m->spin_bound)
		m->ending = END_CUT;
}

/* A step that nothing can tell from being done at once: it needs no scheduling. */
static bool is_private(const struct machine *m, const struct thread *t, const struct access *a)
{
	switch (a->kind) {
	case ACCESS_FENCE:
	case ACCESS_UNLOCK:
		return drained(t);
	case ACCESS_STORE:
		return m->model == MODEL_TSO && !a->drains && m->detail < DETAIL_STORES;
	default:
		return false;
	}
}

/* What was freed is used, here. */
static void find_dead(const struct machine *m, const struct access *a)
{
	const size_t offset = arena_offset(m, a->addr);

	if (m->any_dead && offset < MAX_ARENA && m->dead[offset] && a->kind != ACCESS_RENEW)
		machine_use_of_dead(a->site);
}

/* Nobody else moves, unless the execution has ended: it may do nothing else for ever. */
static void private_step(struct machine *m, struct thread *t, const struct access *a)
{
	if (++m->clocks[t->id][t->id] == MAX_CLOCK)
		m->ending = END_CUT;
	find_dead(m, a);
	if (m->ending != END_COMPLETE)
		give_way(m, t);
}

/* Until it is the access's turn; then its event is recorded. */
static void step(struct machine *m, struct thread *t, struct access a)
{
	enum event_kind kind;
	uint16_t loc;

	t->pending = a;
	if (is_private(m, t, &a)) {
		private_step(m, t, &a);
		return;
	}
	bound_spinning(m, t, &a);
	give_way(m, t);
	machine_next_event(m, t->id, &kind, &loc);
	if (a.drains)
		m->clocks[t->id] =
		    clock_join(m->clocks[t->id], m->clocks[machine_buffer_of(t->id)]);
	if (a.kind == ACCESS_WAIT_END)
		m->clocks[t->id] = clock_join(m->clocks[t->id], t->waited);
	if (a.kind == ACCESS_LOAD && buffered(t, a.addr))
		kind = EVENT_FORWARD;
	if (a.kind == ACCESS_CAS && memory_read(a.addr, a.size) != a.expected)
		kind = EVENT_READ;
	m->events[m->length].site = a.site;
	order_add(m, t->id, kind, loc);
	find_dead(m, &a);
}

_Noreturn void machine_refuse(const char *format, ...)
{
	struct machine *m = machine_now_used();
	va_list args;

	va_start(args, format);
	vsnprintf(m->refused.text, sizeof(m->refused.text), format, args);
	va_end(args);
	if (!machine_running)
		longjmp(m->outside, 1);
	m->ending = END_REFUSED;
	give_way(m, m->current);
	abort(); /* nobody is chosen any more */
}

static void thread_main(void)
{
	struct machine *m = machine_running;
	struct thread *t = m->current;

	m->body(m, t->id);
	t->pending.kind = ACCESS_DONE;
	t->pending.drains = false;
	t->op_steps = 0;
	give_way(m, t);
	abort(); /* nobody chooses a thread that is done */
}

/* Each thread runs up to its first access: the root of the search. */
static void start_threads(struct machine *m)
{
	m->starting = true;
	for (int i = 0; i < m->n_threads; i++) {
		struct thread *t = &m->threads[i];

		t->head = t->count = t->sections = t->waits_for = t->op_steps = t->n_ops = 0;
		t->seen = NULL;
		t->covered = false;
		t->waited = (vclock){0};
		t->op_start = 0;
		/* The execution before may have been left in the midst of its functions. */
		ASAN_UNPOISON_MEMORY_REGION(t->stack, STACK_SIZE);
		context_prepare(&t->context, t->stack, STACK_SIZE, thread_main);
		lockorder_stack(m->locks, (unsigned int)i, (char *)t->stack + STACK_SIZE);
		m->current = t;
		context_switch(&m->main, &t->context);
	}
	m->starting = false;
}

static void restore_memory(struct machine *m)
{
	memcpy(m->arena, m->initial, m->used);
	for (int i = 0; i < m->n_foreign; i++)
		memory_write(m->foreign[i].addr, m->foreign[i].size, m->foreign[i].value);
}

/* A step that was waited with in vain races with those that it waited for. */
static void add_blocked(struct machine *m)
{
	for (int i = 0; i < m->n_threads; i++) {
		const struct access *a = &m->threads[i].pending;
		enum event_kind kind;
		uint16_t loc;

		if (a->kind != ACCESS_LOCK && a->kind < ACCESS_TAKE)
			continue;
		machine_next_event(m, i, &kind, &loc);
		order_blocked(m, i, kind, loc);
	}
}

enum ending machine_run(struct machine *m)
{
	struct thread *first;

	restore_memory(m);
	order_reset(m);
	sync_reset(&m->sync);
	lockorder_restart(m->locks);
	m->ending = END_COMPLETE;
	m->faults = 0;
	if (m->any_dead)
		memset(m->dead, 0, m->used);
	m->any_dead = false;
	machine_running = m;
	start_threads(m);
	first = next_thread(m);
	if (first)
		context_switch(&m->main, &first->context);
	machine_running = NULL;
	if (m->ending == END_DEADLOCK)
		add_blocked(m);
	m->search->depth = m->length;
	return m->ending;
}

static bool map_stack(struct thread *t)
{
	char *all = mmap(NULL, STACK_GUARD + STACK_SIZE, PROT_NONE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (all == MAP_FAILED)
		return false;
	t->stack = all + STACK_GUARD;
	return !mprotect(t->stack, STACK_SIZE, PROT_READ | PROT_WRITE);
}

struct machine *machine_new(int n_threads, enum memory_model model)
{
	struct machine *m = mmap(MACHINE_ADDRESS, sizeof(*m), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (m == MAP_FAILED)
		return NULL;
	if (m != MACHINE_ADDRESS) { /* before Linux 4.17 it is but a hint */
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
		if (map_stack(&m->threads[i]))
			continue;
		machine_free(m);
		errno = ENOMEM;
		return NULL;
	}
	return m;
}

void machine_free(struct machine *m)
{
	restore_memory(m);
	for (int i = 0; i < m->n_threads; i++)
		if (m->threads[i].stack)
			munmap((char *)m->threads[i].stack - STACK_GUARD, STACK_GUARD + STACK_SIZE);
	munmap(m, sizeof(*m));
}

static bool returns(struct machine *m, void (*act)(void *arg), void *arg)
{
	m->actions = 0;
	if (setjmp(m->outside))
		return false;
	act(arg);
	return true;
}

bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg)
{
	bool returned;

	in_setup = m;
	returned = returns(m, act, arg);
	in_setup = NULL;
	memcpy(m->initial, m->arena, m->used);
	return returned;
}

bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg)
{
	bool returned;

	at_rest = m;
	returned = returns(m, act, arg);
	at_rest = NULL;
	return returned;
}

void *explore_alloc(size_t align, size_t size)
{
	struct machine *m = in_setup;
	size_t start;

	if (!m && explore_watcher)
		return explore_watcher->alloc(explore_watcher, align, size);
	if (!m && !machine_now_used())
		return NULL;
	if (!m)
		machine_refuse("it allocates memory in an operation, and not in its setup");
	start = (m->used + align - 1) & ~(align - 1);
	if (align > MAX_ARENA || size > MAX_ARENA || start + size > MAX_ARENA)
		machine_refuse("more than %d bytes of state", MAX_ARENA);
	m->used = start + size;
	return m->arena + start;
}

/* -- operations -- */

struct moment machine_now(void)
{
	const struct machine *m = machine_running;
	const int self = m->current->id;

	return (struct moment){
	    m->clocks[self], m->clocks[self][self], (int16_t)(2 * m->length - 1)};
}

struct op *machine_call(const struct site *site, enum spec_op kind, int device, int owner)
{
	struct machine *m = machine_running;
	struct thread *t = m->current;
	struct op *op = &t->ops[t->n_ops];

	if (t->n_ops == MAX_OPS)
		machine_refuse("more than %d operations of one thread", MAX_OPS);
	t->op_steps = 0;
	step(m, t, (struct access){.site = site, .kind = ACCESS_CALL, .op = (uint8_t)kind});
	t->op_steps = 0;
	observe(m, t->id, &t->pending, (uint64_t)owner);
	op->kind = (uint8_t)kind;
	op->device = (uint8_t)device;
	op->owner = (uint8_t)owner;
	op->call = machine_now();
	t->op_start = m->length;
	t->n_ops++;
	lockorder_enter(m->locks, (unsigned int)t->id, site);
	return op;
}

void machine_return(struct op *op, int result)
{
	struct machine *m = machine_running;
	struct thread *t = m->current;

	lockorder_leave(m->locks, (unsigned int)t->id);
	op->result = (int8_t)(result > INT8_MIN && result <= INT8_MAX ? result : INT8_MIN);
	observe(m, t->id, &(struct access){.kind = ACCESS_RETURN}, (uint64_t)(int64_t)result);
	op->ret = machine_now();
	op->ret.index++;
	op->ret.stamp++;
	t->op_steps = 0;
}

void machine_work(const struct site *site, unsigned int object, unsigned int side)
{
	struct machine *m = machine_running;

	if (m->detail >= DETAIL_WORK) {
		step(m, m->current, (struct access){.site = site, .kind = ACCESS_WORK});
		observe(m, m->current->id, &m->current->pending, side);
	}
	sync_work(&m->sync, m->current->id, object, side);
}

/* -- accesses -- */

/* Freeing is a step at each location that is accessed: they have to be known. */
static uint16_t freeable(struct machine *m, uint16_t loc)
{
	if (loc < m->freeable_from || loc >= MAX_ARENA || m->freeable[loc])
		return loc;
	m->freeable[loc] = true;
	if (m->frees)
		m->ending = END_RESTART;
	return loc;
}

static struct access access_at(struct machine *m, const struct site *site, enum access_kind kind,
    const volatile void *p, unsigned int size)
{
	return (struct access){.site = site,
	    .addr = (void *)p,
	    .loc = freeable(m, location(m, p, size)),
	    .kind = (uint8_t)kind,
	    .size = (uint8_t)size};
}

/*
 * What is loaded but never stored to is a plain object that a lock guards, looked at without it:
 * its changes hide behind the locks. As soon as a store is seen all begins anew with better
 * knowledge.
 */
static struct access write_at(struct machine *m, const struct site *site, enum access_kind kind,
    volatile void *p, unsigned int size)
{
	struct access a = access_at(m, site, kind, p, size);

	m->written[a.loc] = true;
	if (m->peeked[a.loc]) {
		m->peeked[a.loc] = false;
		m->ending = END_RESTART;
	}
	return a;
}

uint64_t explore_load(const struct site *site, const volatile void *p, unsigned int size, int order)
{
	struct machine *m = machine_running;
	const struct store *own;
	struct access a;
	struct thread *t;
	uint64_t value;

	if (!m) {
		watch(WATCHED_LOAD, p);
		return memory_read(p, size);
	}
	t = m->current;
	a = access_at(m, site, ACCESS_LOAD, p, size);
	if (!m->written[a.loc]) {
		a.kind = ACCESS_PEEK;
		m->peeked[a.loc] = true;
	}
	step(m, t, a);
	own = buffered(t, p);
	value = own ? own->value : memory_read(p, size);
	if (!own)
		sync_load(&m->sync, t->id, a.loc, order);
	t->seen = (const void *)p;
	t->seen_size = size;
	t->seen_value = value;
	observe(m, t->id, &t->pending, value);
	return value;
}

void explore_store(
    const struct site *site, volatile void *p, unsigned int size, uint64_t value, int order)
{
	struct machine *m = machine_running;
	struct access a;
	vclock released;

	if (!m) {
		watch(order == memory_order_seq_cst ? WATCHED_RMW : WATCHED_STORE, p);
		keep_foreign(p, size);
		memory_write(p, size, value);
		return;
	}
	a = write_at(m, site, ACCESS_STORE, p, size);
	a.value = value;
	a.drains = order == memory_order_seq_cst; /* an xchg, or a fence behind it */
	step(m, m->current, a);
	observe(m, m->current->id, &a, value);
	released = sync_released(&m->sync, m->current->id, order);
	if (m->model == MODEL_TSO && !a.drains) {
		push(m, m->current, &a, released);
		return;
	}
	memory_write(p, size, value);
	sync_store(&m->sync, a.loc, released);
}

static uint64_t modified(enum rmw op, uint64_t old, uint64_t operand)
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

uint64_t explore_rmw(const struct site *site, volatile void *p, unsigned int size, enum rmw op,
    uint64_t operand, int order)
{
	struct machine *m = machine_running;
	uint64_t old, new;

	if (m) {
		struct access a = write_at(m, site, ACCESS_RMW, p, size);

		a.drains = true;
		step(m, m->current, a);
		sync_rmw(&m->sync, m->current->id, a.loc, order);
	} else {
		watch(WATCHED_RMW, p);
		keep_foreign(p, size);
	}
	old = memory_read(p, size);
	new = modified(op, old, operand);
	memory_write(p, size, new);
	if (m)
		observe(m, m->current->id, &m->current->pending, new);
	return old;
}

bool explore_cas(const struct site *site, volatile void *p, unsigned int size, uint64_t *expected,
    uint64_t desired, int success, int failure)
{
	struct machine *m = machine_running;
	uint64_t old;
	bool same;

	if (m) {
		struct access a = write_at(m, site, ACCESS_CAS, p, size);

		a.drains = true;
		a.expected = *expected;
		step(m, m->current, a);
	} else {
		watch(WATCHED_RMW, p);
		keep_foreign(p, size);
	}
	old = memory_read(p, size);
	same = old == *expected;
	if (m && same)
		sync_rmw(&m->sync, m->current->id, m->current->pending.loc, success);
	else if (m)
		sync_load(&m->sync, m->current->id, m->current->pending.loc, failure);
	if (same)
		memory_write(p, size, desired);
	*expected = old;
	if (m)
		observe(m, m->current->id, &m->current->pending, same ? desired : old);
	return same;
}

/* What taking adds to the word, or takes from it. */
static uint64_t taken(enum access_kind kind)
{
	return kind == ACCESS_TAKE ? (uint64_t)-1 : kind == ACCESS_ALONE ? WORD_ALONE : WORD_SHARE;
}

void machine_take(const struct site *site, void *word, enum access_kind kind)
{
	struct machine *m = machine_running;
	struct access a;

	if (m) {
		a = access_at(m, site, kind, word, sizeof(uint64_t));
		a.drains = true;
		step(m, m->current, a);
		sync_rmw(&m->sync, m->current->id, a.loc, memory_order_acquire);
		observe(m, m->current->id, &m->current->pending, 0);
	}
	memory_write(word, sizeof(uint64_t), memory_read(word, sizeof(uint64_t)) + taken(kind));
}

/* Of the lock that this thread has: what comes after its unlock is known from now on. */
static void keep_release(struct machine *m, uint16_t loc)
{
	int i = m->last[loc];

	while (i >= 0 && m->events[i].proc != m->current->id)
		i = m->events[i].prev;
	if (i >= 0)
		m->events[i].release = m->clocks[m->current->id];
}

/* `kind`: how it was taken, if not from a count: then ACCESS_GIVE. */
void machine_give(const struct site *site, void *word, enum access_kind kind)
{
	struct machine *m = machine_running;
	const uint64_t given = kind == ACCESS_GIVE ? 1 : -taken(kind);
	struct access a;

	if (m) {
		a = access_at(m, site, kind == ACCESS_GIVE ? ACCESS_GIVE : ACCESS_UNLOCK, word,
		    sizeof(uint64_t));
		a.drains = true;
		step(m, m->current, a);
		sync_rmw(&m->sync, m->current->id, a.loc, memory_order_release);
		if (kind != ACCESS_GIVE)
			keep_release(m, a.loc);
		observe(m, m->current->id, &a, 0);
	}
	memory_write(word, sizeof(uint64_t), memory_read(word, sizeof(uint64_t)) + given);
}

void explore_yield(const struct site *site)
{
	struct machine *m = machine_running;
	struct thread *t = m ? m->current : NULL;
	struct access a;

	if (!m)
		count_action();
	if (!t || !t->seen)
		return;
	a = access_at(m, site, ACCESS_YIELD, t->seen, t->seen_size);
	a.expected = t->seen_value;
	step(m, t, a);
	observe(m, t->id, &t->pending, memory_now(t, t->seen, t->seen_size));
}

static void drain(struct machine *m, const struct site *site)
{
	step(m, m->current,
	    (struct access){.site = site, .kind = ACCESS_FENCE, .loc = LOC_NONE, .drains = true});
	observe(m, m->current->id, &m->current->pending, 0);
}

int explore_tries(int n)
{
	return machine_running && n > 2 ? 2 : n;
}

void explore_fence(const struct site *site, int order)
{
	if (!machine_running) {
		if (order == memory_order_seq_cst)
			watch(WATCHED_FENCE, NULL);
		return;
	}
	if (order == memory_order_seq_cst)
		drain(machine_running, site);
	sync_fence(&machine_running->sync, machine_running->current->id, order);
}

/* -- memory that is freed -- */

void machine_freeable(struct machine *m)
{
	m->freeable_from = m->used;
}

void machine_writes(struct machine *m, const void *p)
{
	m->written[arena_offset(m, p)] = true;
}

static bool free_is_step(const struct machine *m, size_t loc)
{
	return m->freeable[loc] && !m->peeked[loc];
}

void machine_frees(const struct machine *m, bool steps[MAX_ARENA])
{
	for (size_t loc = 0; loc < MAX_ARENA; loc++)
		steps[loc] = free_is_step(m, loc);
}

void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA])
{
	for (size_t loc = 0; loc < MAX_ARENA; loc++) {
		m->freeable[loc] |= steps[loc];
		m->written[loc] |= steps[loc];
		m->frees |= steps[loc];
	}
}

void machine_use_of_dead(const struct site *site)
{
	struct machine *m = machine_running;

	m->faults |= FAULT_DEAD;
	m->dead_at = site;
	observe(m, m->current->id, &(struct access){.site = site, .kind = ACCESS_DEAD}, 0);
}

static void add_dead(struct machine *m, size_t start, size_t size)
{
	memset(&m->dead[start], true, size);
	m->any_dead = true;
}

/* Of one location that is freed, or handed out again. */
static void step_of_memory(
    struct machine *m, const struct site *site, enum access_kind kind, size_t loc)
{
	struct access a = access_at(m, site, kind, &m->arena[loc], 1);

	/* What this thread stored to it before is not to overwrite what is new. */
	a.drains = kind == ACCESS_RENEW;
	step(m, m->current, a);
	m->events[m->length - 1].release = m->clocks[m->current->id];
	observe(m, m->current->id, &m->current->pending, 0);
}

/* What is not known to be stored to is looked at under a lock alone: for that no step is needed. */
void explore_free(const struct site *site, void *p, size_t size)
{
	struct machine *m = machine_running;
	const size_t start = m ? arena_offset(m, p) : 0;

	if (!m)
		return;
	m->frees = true;
	for (size_t loc = start; loc < start + size; loc++) {
		if (!free_is_step(m, loc))
			continue;
		step_of_memory(m, site, ACCESS_FREE, loc);
		add_dead(m, loc, 1);
	}
	add_dead(m, start, size);
}

/* Each location is as new with its step: nothing that was stored to it before is there, and nothing
 * that was released by it. */
void explore_renew(const struct site *site, void *p, const void *fresh, size_t size)
{
	struct machine *m = machine_running;
	const size_t start = arena_offset(m, p);

	for (size_t i = 0; i < size; i++) {
		if (free_is_step(m, start + i)) {
			step_of_memory(m, site, ACCESS_RENEW, start + i);
			sync_store(&m->sync, (unsigned int)(start + i), (vclock){0});
		}
		m->dead[start + i] = false;
		m->arena[start + i] = ((const unsigned char *)fresh)[i];
	}
}

/* -- locks -- */

void explore_lock_init(const struct site *site, struct lock *lock)
{
	lock->holder = 0;
	if (in_setup)
		lockorder_init(in_setup->locks, lock, site);
}

void explore_lock_alone(const struct site *site, struct lock *lock)
{
	struct machine *m = machine_running;

	lockorder_wait(m->locks, (unsigned int)m->current->id, lock, site);
	lockorder_hold(m->locks, (unsigned int)m->current->id, lock, site);
}

void explore_unlock_alone(const struct site *site, struct lock *lock)
{
	struct machine *m = machine_running;

	lockorder_release(m->locks, (unsigned int)m->current->id, lock, site);
}

void explore_assert_held(const struct site *site, const struct lock *lock)
{
	struct machine *m = machine_running;

	if (m)
		lockorder_assert_held(m->locks, (unsigned int)m->current->id, lock, site);
}

void explore_lock(const struct site *site, struct lock *lock)
{
	struct machine *m = machine_running;
	struct access a;

	if (!m) {
		watch(WATCHED_LOCK, lock);
		return;
	}
	lockorder_wait(m->locks, (unsigned int)m->current->id, lock, site);
	a = access_at(m, site, ACCESS_LOCK, lock, sizeof(lock->holder));
	a.drains = true;
	step(m, m->current, a);
	lock->holder = (uintptr_t)m->current->id + 1;
	lockorder_hold(m->locks, (unsigned int)m->current->id, lock, site);
	sync_load(&m->sync, m->current->id, a.loc, memory_order_acquire);
	observe(m, m->current->id, &m->current->pending, 0);
}

void explore_unlock(const struct site *site, struct lock *lock)
{
	struct machine *m = machine_running;
	struct access a;

	if (!m) {
		watch(WATCHED_UNLOCK, lock);
		return;
	}
	a = access_at(m, site, ACCESS_UNLOCK, lock, sizeof(lock->holder));
	a.drains = true;
	step(m, m->current, a);
	lock->holder = 0;
	lockorder_release(m->locks, (unsigned int)m->current->id, lock, site);
	sync_store(&m->sync, a.loc, sync_released(&m->sync, m->current->id, memory_order_release));
	if (m->last[a.loc] >= 0)
		m->events[m->last[a.loc]].release = m->clocks[m->current->id];
	observe(m, m->current->id, &a, 0);
}

/* -- membarrier and read-side sections -- */

/* As lockdep has it, a section is held like a lock and a grace period waits for that lock: a
 * section that waits for who waits for readers is a circle. Nobody waits to enter one. */
static const struct site section = {"", 0, "read-side section"};

static void section_init(struct machine *m)
{
	lockorder_init(m->locks, &section, &section);
}

static void wait_end(struct machine *m, const struct site *site)
{
	step(
	    m, m->current, (struct access){.site = site, .kind = ACCESS_WAIT_END, .loc = LOC_NONE});
	observe(m, m->current->id, &m->current->pending, 0);
}

/* All begins anew if so much was not a step so far. */
static void need_detail(struct machine *m, enum detail detail)
{
	if (m->detail >= detail)
		return;
	m->detail = detail;
	m->ending = END_RESTART;
}

/* The threads, of these, that have stores to wait for. */
static unsigned int begin_drain(
    struct machine *m, const struct site *site, enum wait_kind wait, unsigned int threads)
{
	struct thread *t = m->current;

	step(m, t, (struct access){.site = site, .kind = ACCESS_MEMBARRIER, .drains = true});
	observe(m, t->id, &t->pending, 0);
	t->wait = wait;
	t->waited = (vclock){0};
	for (int i = 0; i < m->n_threads; i++)
		if (threads & 1u << i && !drained(&m->threads[i]))
			t->waits_for |= 1u << i;
	return t->waits_for;
}

/*
 * The kernel interrupts each processor at some time of its own between the call and the return: a
 * thread is done with when its buffer is empty at one moment in between.
 */
void explore_membarrier(const struct site *site)
{
	struct machine *m = machine_running;
	unsigned int later;
	int self;

	if (!m) {
		watch(WATCHED_MEMBARRIER, NULL);
		return;
	}
	self = m->current->id;
	need_detail(m, DETAIL_WORK);
	later = begin_drain(m, site, WAIT_FENCES, ~0u);
	sync_barrier_begin(&m->sync, self);
	for (int i = 0; i < m->n_threads; i++)
		if (i != self && !(later & 1u << i))
			sync_barrier_pass(&m->sync, self, i);
	if (m->model == MODEL_TSO)
		wait_end(m, site);
	sync_barrier_end(&m->sync, self);
}

void explore_section_enter(const struct site *site)
{
	struct machine *m = machine_running;
	struct thread *t;

	if (!m) {
		watch(WATCHED_SECTION, NULL);
		return;
	}
	if (m->current->sections++ > 0)
		return;
	t = m->current;
	t->sections = 0;
	step(m, t, (struct access){.site = site, .kind = ACCESS_ENTER});
	t->sections = 1;
	section_init(m);
	lockorder_hold(m->locks, (unsigned int)t->id, &section, site);
	t->covered |= !drained(t);
	sync_section_enter(&m->sync, t->id);
	observe(m, t->id, &t->pending, 0);
}

void explore_section_leave(const struct site *site)
{
	struct machine *m = machine_running;
	struct thread *t;

	if (!m)
		return;
	t = m->current;
	if (t->sections > 1) {
		t->sections--;
		return;
	}
	step(m, t, (struct access){.site = site, .kind = ACCESS_LEAVE});
	t->sections = 0;
	lockorder_release(m->locks, (unsigned int)t->id, &section, site);
	sync_section_leave(&m->sync, t->id);
	observe(m, t->id, &t->pending, 0);
	stop_waiting(m, t->id, true, m->clocks[t->id]);
}

/* What impl/rcu/any.h promises and no more: a thread outside of any section may keep its stores. */
void explore_section_wait(const struct site *site)
{
	struct machine *m = machine_running;
	struct thread *t;
	unsigned int covered = 0;

	if (!m) {
		watch(WATCHED_GRACE_PERIOD, NULL);
		return;
	}
	t = m->current;
	section_init(m);
	lockorder_wait(m->locks, (unsigned int)t->id, &section, site);
	step(m, t, (struct access){.site = site, .kind = ACCESS_WAIT, .drains = true});
	sync_wait_begin(&m->sync, t->id);
	for (int i = 0; i < m->n_threads; i++)
		covered |= (unsigned int)m->threads[i].covered << i;
	observe(m, t->id, &t->pending, 0);
	t->wait = WAIT_SECTIONS;
	t->waited = (vclock){0};
	for (int i = 0; i < m->n_threads; i++)
		if (m->threads[i].sections)
			t->waits_for |= 1u << i;
	wait_end(m, site);
	sync_wait_end(&m->sync, t->id);
	if (m->model == MODEL_SC)
		return;
	need_detail(m, DETAIL_STORES);
	begin_drain(m, site, WAIT_STORES, covered);
	wait_end(m, site);
}
