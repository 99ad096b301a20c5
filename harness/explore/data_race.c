/* SPDX-License-Identifier: MIT */
#include "harness/explore/data_race.h"

#include <string.h>

#include "harness/check/calltrace.h"
#include "harness/explore/fault.h"
#include "harness/explore/memory.h"
#include "harness/explore/schedule.h"
#include "harness/explore/spin.h"
#include "harness/explore/store_buffer.h"

enum {
	WORD = MAX_ARENA / (64 * USED_MASKS), /* bytes of the arena per bit of data_races.used */
	MAX_ACCESSES = 1 << 14,               /* less than the maximum of a vclock lane */
	MAX_SITES = 64,                       /* source locations of plain accesses that race */
	PC_EVERY = 8,
};

static void use(struct data_races *r, size_t loc)
{
	if (loc < MAX_ARENA)
		r->used[loc / WORD / 64] |= UINT64_C(1) << loc / WORD % 64;
}

bool data_race_next_range(const struct machine *m, struct byte_range *range)
{
	size_t word = range->end / WORD;

	while (word < MAX_ARENA / WORD) {
		const uint64_t left = m->races.used[word / 64] >> word % 64;

		if (left) {
			word += (size_t)__builtin_ctzll(left);
			*range = (struct byte_range){word * WORD, (word + 1) * WORD};
			return true;
		}
		word = (word / 64 + 1) * 64;
	}
	range->first = range->end > MAX_ARENA ? range->end : MAX_ARENA;
	range->end = MAX_ARENA + (size_t)m->n_foreign * MAX_FOREIGN_SIZE;
	return range->first < range->end;
}

void data_race_reset(struct machine *m)
{
	struct data_races *r = &m->races;
	struct byte_range range = {0};

	while (data_race_next_range(m, &range)) {
		const size_t n = range.end - range.first;

		memset(&r->plain[range.first], 0, n * sizeof(r->plain[0]));
		memset(&r->atomic[range.first], 0, n * sizeof(r->atomic[0]));
	}
	memset(r->used, 0, sizeof(r->used));
	memset(r->accesses, 0, sizeof(r->accesses));
	r->first.found = false;
}

void data_race_forget(struct machine *m, size_t loc)
{
	m->races.plain[loc] = m->races.atomic[loc] = (vclock){0};
}

void data_race_schedule_these(struct machine *m, const bool bytes[MAX_BYTES])
{
	struct data_races *r = &m->races;

	for (size_t i = 0; i < MAX_BYTES; i++) {
		if (!bytes[i])
			continue;
		r->seen[i] |= SEEN_RACY;
		r->racing[i] = r->scheduled[i] = r->any_scheduled = true;
	}
	r->any_new = false;
}

bool data_race_schedule(struct machine *m)
{
	if (!m->races.any_new)
		return false;
	data_race_schedule_these(m, m->races.racing);
	return true;
}

/* -- kinds of accesses -- */

/* Records a kind of access to a byte. If accesses to the byte can race from now on, restarts the
 * exploration, because earlier accesses were not recorded. */
static void note_kind(struct machine *m, size_t loc, uint16_t kind)
{
	const uint16_t before = m->races.seen[loc], seen = before | kind;
	const uint16_t pair = SEEN_PLAIN_LOAD | SEEN_STORE, alone = SEEN_PLAIN_STORE | SEEN_FREE;
	const unsigned int threads = seen & SEEN_THREADS;

	m->races.seen[loc] = seen;
	if (before & SEEN_RACY || (!(seen & alone) && (seen & pair) != pair) ||
	    !(threads & (threads - 1)))
		return;
	m->races.seen[loc] |= SEEN_RACY;
	m->ending = END_RESTART;
}

/* Returns the kind, with the current thread. */
static uint16_t by_current(const struct machine *m, uint16_t kind)
{
	return (uint16_t)(kind | SEEN_THREAD << m->current->id);
}

/* Returns true if accesses to these bytes cannot race, and accesses of this kind by this thread
 * were seen before. This is the fast path: most plain accesses load values that only the setup
 * stores, or access what only one thread uses. */
static inline bool cannot_race(const struct data_races *r, size_t loc, size_t size, uint16_t kind)
{
	for (size_t i = loc; i < loc + size; i++)
		if ((r->seen[i] & (kind | SEEN_RACY)) != kind)
			return false;
	return true;
}

/* -- judging -- */

static int lane_of(int thread, bool writes)
{
	return thread + (writes ? MAX_THREADS : 0);
}

/* Returns a bound for a byte's clock: accesses within it are ordered before the current thread's
 * next access. If that access only reads, earlier reads are not bounded, because reads do not
 * conflict. */
static vclock ordered_before(const struct machine *m, bool writes)
{
	union {
		vclock lanes;
		uint64_t words[2];
	} now = {.lanes = m->sync.now[m->current->id]};

	now.words[1] = now.words[0];
	for (int t = 0; t < MAX_THREADS && !writes; t++)
		now.lanes[t] = INT16_MAX;
	return now.lanes;
}

/* Returns the return address of a thread's last plain access to the byte. An access stores its
 * address at its first byte and at every PC_EVERY-th byte after that. */
static const void *pc_of(const struct data_races *r, size_t loc, int lane)
{
	for (size_t i = 0; i < PC_EVERY && i <= loc; i++)
		if (r->pcs[loc - i][lane])
			return r->pcs[loc - i][lane];
	return NULL;
}

static void report(struct machine *m, size_t loc, int lane, bool atomic, struct race_side second)
{
	struct data_races *r = &m->races;

	r->any_new |= !r->racing[loc];
	r->racing[loc] = true;
	m->faults |= FAULT_RACE;
	if (r->first.found)
		return;
	r->first.found = true;
	r->first.sides[1] = second;
	r->first.sides[0] = (struct race_side){.pc = atomic ? NULL : pc_of(r, loc, lane),
	    .site = atomic ? r->sites[loc][lane] : NULL,
	    .thread = (uint8_t)(lane % MAX_THREADS),
	    .writes = lane >= MAX_THREADS};
}

/* Checks an access to a byte against earlier accesses to that byte: either the plain ones or the
 * atomic ones. */
static inline void judge_byte(struct machine *m, vclock earlier, vclock ordered, size_t loc,
    bool atomic, struct race_side side)
{
	const vclock behind = earlier > ordered;
	int lane = 0;

	if (clock_is_zero(behind))
		return;
	while (!behind[lane])
		lane++;
	report(m, loc, lane, atomic, side);
}

/* Checks and records a plain access to consecutive bytes of one object. */
void data_race_judge(struct machine *m, const void *pc, size_t loc, size_t size, bool writes);

HOOK(data_race_judge);
void data_race_judge_body(struct machine *m, const void *pc, size_t loc, size_t size, bool writes)
{
	struct data_races *r = &m->races;
	const int self = m->current->id, lane = lane_of(self, writes);
	const struct race_side side = {.pc = pc, .thread = (uint8_t)self, .writes = writes};
	const vclock ordered = ordered_before(m, writes);
	const int16_t epoch = ++m->sync.now[self][self];

	for (size_t i = loc; i < loc + size; i++) {
		judge_byte(m, r->plain[i], ordered, i, false, side);
		judge_byte(m, r->atomic[i], ordered, i, true, side);
		r->plain[i][lane] = epoch;
		use(r, i);
	}
	for (size_t i = loc; i < loc + size; i += PC_EVERY)
		r->pcs[i][lane] = pc;
}

/* -- plain accesses -- */

static const char *access_name(bool writes)
{
	return writes ? "plain store" : "plain load";
}

/* Source locations of plain accesses. At first only the address is known: an explored thread's
 * stack is too small for reading debug information. data_race_name_sites() adds file and line. */
static struct {
	const void *pc;
	struct source_location site;
} sites[MAX_SITES];

const struct source_location *data_race_site(const void *pc, const char *what)
{
	int i = 0;

	while (i < MAX_SITES - 1 && sites[i].pc && sites[i].pc != pc)
		i++;
	if (sites[i].pc != pc) {
		sites[i].pc = pc;
		sites[i].site = (struct source_location){"", 0, what};
	}
	return &sites[i].site;
}

void data_race_name_sites(void)
{
	for (int i = 0; i < MAX_SITES && sites[i].pc; i++)
		if (!*sites[i].site.file)
			calltrace_locate(sites[i].pc, &sites[i].site);
}

static void step(
    struct machine *m, const void *pc, uint16_t loc, const void *p, size_t size, bool writes)
{
	struct access a = {.site = data_race_site(pc, access_name(writes)),
	    .addr = (void *)p,
	    .loc = memory_note_freeable(m, loc),
	    .kind = writes ? ACCESS_PLAIN_STORE : ACCESS_PLAIN_LOAD,
	    .size = (uint8_t)(size < sizeof(a.value) ? size : sizeof(a.value)),
	    .drains = writes}; /* it takes effect at once and must not overtake earlier stores */

	/* An atomic can begin at any of the bytes. */
	for (size_t i = 0; i < (loc < MAX_ARENA ? size : 1); i++)
		memory_note_use(m, (uint16_t)(loc + i));
	machine_step(m, a);
	machine_observe_step(m, memory_read(p, a.size));
}

/* Turns accesses into steps that a thread repeats so often in one execution that it seems to spin
 * on a plain object. A thread that spins on steps is abandoned. */
static void stop_spinning(struct machine *m, size_t byte, size_t size)
{
	struct data_races *r = &m->races;

	memset(&r->racing[byte], true, size);
	data_race_schedule_these(m, r->racing);
	m->ending = END_RESTART;
}

/* Checks an access to consecutive bytes of one object at location `loc`. `byte` is the index of the
 * first byte. If accesses to these bytes have raced, the access first becomes a step. */
static void access_object(struct machine *m, const void *pc, uint16_t loc, size_t byte,
    const void *p, size_t size, bool writes)
{
	struct data_races *r = &m->races;
	const uint16_t kind = by_current(m, writes ? SEEN_PLAIN_STORE : SEEN_PLAIN_LOAD);

	if (++r->accesses[m->current->id] >= MAX_ACCESSES)
		stop_spinning(m, byte, size);
	else if (cannot_race(r, byte, size, kind))
		return;
	for (size_t i = byte; i < byte + size; i++)
		note_kind(m, i, kind);
	if (r->any_scheduled && memchr(&r->scheduled[byte], true, size))
		step(m, pc, loc, p, size, writes);
	data_race_judge(m, pc, byte, size, writes);
	if (m->any_dead && byte < MAX_ARENA && memchr(&m->dead[byte], true, size)) {
		machine_use_of_dead(data_race_site(pc, access_name(writes)));
		m->dead_pc = pc;
	}
}

/* Checks an access to memory outside of the arena and of stacks. Only objects that are stored to
 * can race. At the first store, the object gets a location, so that its value is restored before
 * each execution, and the exploration restarts, because earlier loads were not checked. */
static void access_outside(
    struct machine *m, const void *pc, const char *p, size_t size, bool writes)
{
	size_t n;

	for (size_t done = 0; done < size; done += n) {
		int i = memory_plain_object(m, p + done);
		size_t offset;

		n = 1;
		if (i < 0 && !writes)
			continue;
		if (i < 0) {
			n = size - done < MAX_FOREIGN_SIZE ? size - done : MAX_FOREIGN_SIZE;
			i = memory_add_plain_object(m, p + done, n);
		}
		offset = (size_t)(p + done - (const char *)m->foreign[i].addr);
		n = m->foreign[i].size - offset;
		if (n > size - done)
			n = size - done;
		access_object(m, pc, (uint16_t)(MAX_ARENA + i),
		    MAX_ARENA + (size_t)i * MAX_FOREIGN_SIZE + offset, p + done, n, writes);
	}
}

static bool is_on_a_stack(const struct machine *m, const volatile void *p)
{
	for (int i = 0; i < m->n_threads; i++)
		if ((uintptr_t)p - (uintptr_t)m->threads[i].stack < STACK_SIZE)
			return true;
	return false;
}

void data_race_plain(
    struct machine *m, const void *pc, const volatile void *p, size_t size, bool writes)
{
	const size_t loc = memory_offset(m, p);

	if (loc < MAX_ARENA && size <= MAX_ARENA - loc)
		access_object(m, pc, (uint16_t)loc, loc, (const void *)p, size, writes);
	else if (!is_on_a_stack(m, p))
		access_outside(m, pc, (const char *)p, size, writes);
	else
		return;
	if (writes)
		spin_stop(m->current);
}

void data_race_free(
    struct machine *m, const struct source_location *site, size_t start, size_t size)
{
	const struct race_side side = {
	    .site = site, .thread = (uint8_t)m->current->id, .writes = true};
	const vclock ordered = ordered_before(m, true);

	for (size_t i = start; i < start + size; i++) {
		note_kind(m, i, by_current(m, SEEN_FREE));
		judge_byte(m, m->races.plain[i], ordered, i, false, side);
	}
}

/* -- atomic accesses -- */

/* Returns true if the access, which is about to take effect, writes. */
static bool writes_now(const struct machine *m, const struct access *a)
{
	const struct event *e;

	if (a->kind != ACCESS_CAS)
		return a->kind != ACCESS_LOAD;
	if (!m->length)
		return true; /* no step was taken yet, so no other thread can race */
	e = &m->events[m->length - 1];
	return m->model == MODEL_RC11 ? e->writes : e->kind == EVENT_WRITE;
}

void data_race_atomic(struct machine *m, const struct access *a)
{
	struct data_races *r = &m->races;
	const int self = m->current->id;
	struct race_side side = {.site = a->site, .thread = (uint8_t)self};
	uint16_t kind;
	vclock ordered;
	int lane;

	if (a->kind > ACCESS_CAS || a->loc >= MAX_ARENA)
		return;
	side.writes = writes_now(m, a);
	kind = by_current(m, side.writes ? SEEN_STORE : SEEN_LOAD);
	if (cannot_race(r, a->loc, 1, kind))
		return;
	note_kind(m, a->loc, kind);
	lane = lane_of(self, side.writes);
	ordered = ordered_before(m, side.writes);
	for (size_t i = a->loc; i < (size_t)a->loc + a->size; i++)
		judge_byte(m, r->plain[i], ordered, i, false, side);
	/* Under RC11, the step already has its own epoch. */
	r->atomic[a->loc][lane] =
	    m->model == MODEL_RC11 ? m->sync.now[self][self] : ++m->sync.now[self][self];
	r->sites[a->loc][lane] = a->site;
	use(r, a->loc);
}

/* -- printing -- */

enum { INDENT = 14 }; /* as in harness/check/lockorder.c */

static void print_pc(FILE *out, const void *pc)
{
	const struct calltrace trace = {.n = 1, .at = {pc}};

	calltrace_print(out, &trace, &(struct source_location){.file = ""}, INDENT);
}

void data_race_print_dead(FILE *out, const void *pc, const struct source_location *site)
{
	fprintf(out, "use of freed memory:%s", pc ? "\n" : " ");
	if (pc) {
		print_pc(out, pc);
		return;
	}
	source_location_print(out, site);
	fputc('\n', out);
}

static void print_side(FILE *out, const struct race_side *side)
{
	fprintf(out, "  thread %u, %s\n", side->thread,
	    side->pc ? access_name(side->writes) : side->site->what);
	if (side->pc) {
		print_pc(out, side->pc);
		return;
	}
	fprintf(out, "%*s", INDENT, "");
	source_location_print(out, side->site);
	fputc('\n', out);
}

void data_race_print(FILE *out, const struct data_race *race)
{
	if (!race->found)
		return;
	fprintf(out, "data race: two conflicting accesses that happens-before does not order\n");
	print_side(out, &race->sides[0]);
	print_side(out, &race->sides[1]);
}
