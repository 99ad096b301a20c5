/* SPDX-License-Identifier: MIT */
/*
 * The judge enumerates all orders of endpoints (calls and returns) that the partial order allows.
 * For each order it keeps the set of possible configurations: a state of the specification, and
 * which open operations have taken effect. If the set becomes empty, this order has no
 * linearization.
 *
 * Only the choice of the next call branches. Each return is placed as early as the partial order
 * allows. An earlier return only adds real-time constraints, so if the earliest placement has a
 * linearization, all later ones have one too.
 *
 * RC11 has no real-time order. It is enough that one order of the operations respects
 * happens-before and explains all results.
 *
 * The executions of a scenario have only a few different outcomes, so verdicts are cached.
 */
#include "harness/explore/judge.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CONFIGS = 512, POOL = 1 << 16, SLOTS = 1 << 12, CACHE = 1 << 14 };

/* For each thread, how many of its endpoints have happened: four 8-bit counters in a word. */
typedef uint32_t counts;

struct history {
	counts need[MAX_THREADS][2 * MAX_OPS]; /* endpoints that must precede each endpoint */
	int8_t result[MAX_THREADS][MAX_OPS];
	uint8_t kind[MAX_THREADS][MAX_OPS];
	uint8_t n[MAX_THREADS]; /* number of endpoints */
};

/* A state of the specification. Bit t of `done` is set if thread t's open operation has taken
 * effect. */
struct config {
	uint8_t cnt, owner, done;
};

/* The real-time order that is being checked. `at` numbers the endpoints of a thread: operation
 * at / 2 is called if `at` is even, and returns if `at` is odd. */
struct path {
	int n;
	struct {
		uint8_t thread, at;
	} order[MAX_WITNESS];
};

struct configs {
	int n;
	bool full; /* the set has overflowed */
	struct config all[MAX_CONFIGS];
};

struct cached {
	struct history history;
	bool used;
	unsigned int faults;
};

struct judge {
	const struct judging *judging;
	struct config start;
	struct history history;
	const struct machine *m;
	unsigned int forgiven;
	bool full;
	struct path path;
	int visited_n, pool_n;
	struct {
		counts at;
		int first, n;
	} visited[SLOTS];
	struct config pool[POOL];
	int tried_n;
	struct {
		counts at;
		struct config config;
	} tried[SLOTS]; /* configurations that lead to no explanation */
	struct cached *cache;
	unsigned int cached;
};

struct judge *judge_new(const struct judging *judging, struct spec_state start)
{
	struct judge *j = calloc(1, sizeof(*j));

	if (!j)
		return NULL;
	j->judging = judging;
	j->start = (struct config){.cnt = (uint8_t)start.cnt, .owner = (uint8_t)start.owner};
	j->cache = calloc(CACHE, sizeof(*j->cache));
	if (j->cache)
		return j;
	free(j);
	return NULL;
}

void judge_free(struct judge *j)
{
	free(j->cache);
	free(j);
}

static unsigned int count_of(counts c, int thread)
{
	return c >> 8 * thread & 0xff;
}

static counts one_of(int thread)
{
	return (counts)1 << 8 * thread;
}

static bool counts_cover(counts have, counts need)
{
	for (int t = 0; t < MAX_THREADS; t++)
		if (count_of(have, t) < count_of(need, t))
			return false;
	return true;
}

/* -- the partial order of the endpoints -- */

static const struct moment *moment_of(const struct op *op, int end)
{
	return end ? &op->ret : &op->call;
}

/* Returns how many endpoints of thread `t` come before this endpoint of the operation `later`. */
static unsigned int count_before(
    const struct thread *t, const struct op *later, int later_end, bool real)
{
	unsigned int n = 2 * t->n_ops;

	while (n > 0) {
		if (moment_before(moment_of(&t->ops[(n - 1) / 2], (n - 1) % 2), t->id,
			moment_of(later, later_end), real))
			break;
		n--;
	}
	return n;
}

static counts needed_by(const struct machine *m, int thread, unsigned int at, bool real)
{
	const struct op *op = &m->threads[thread].ops[at / 2];
	counts need = at * one_of(thread);

	for (int t = 0; t < m->n_threads; t++)
		if (t != thread)
			need += count_before(&m->threads[t], op, at % 2, real) * one_of(t);
	return need;
}

static void describe_history(struct history *h, const struct machine *m, bool real)
{
	memset(h, 0, sizeof(*h));
	for (int t = 0; t < m->n_threads; t++) {
		h->n[t] = (uint8_t)(2 * m->threads[t].n_ops);
		for (unsigned int at = 0; at < h->n[t]; at++)
			h->need[t][at] = needed_by(m, t, at, real);
		for (unsigned int i = 0; i < m->threads[t].n_ops; i++) {
			h->result[t][i] = m->threads[t].ops[i].result;
			h->kind[t][i] = m->threads[t].ops[i].kind;
		}
	}
}

/* -- sets of configurations -- */

static void add_config(struct configs *set, struct config c)
{
	for (int i = 0; i < set->n; i++)
		if (!memcmp(&set->all[i], &c, sizeof(c)))
			return;
	if (set->n == MAX_CONFIGS)
		set->full = true;
	else
		set->all[set->n++] = c;
}

static const struct op *open_op(const struct judge *j, counts at, int thread)
{
	unsigned int n = count_of(at, thread);

	return n % 2 ? &j->m->threads[thread].ops[n / 2] : NULL;
}

/* Adds all configurations that are reached when further open operations take effect. */
static void close_configs(struct judge *j, struct configs *set, counts at)
{
	for (int i = 0; i < set->n; i++) {
		for (int t = 0; t < j->m->n_threads; t++) {
			const struct op *op = open_op(j, at, t);
			struct config c = set->all[i];
			struct spec_state s = {.cnt = c.cnt, .owner = c.owner};

			if (!op || c.done & 1 << t || !j->judging->allows(&s, op, j->forgiven))
				continue;
			add_config(set, (struct config){(uint8_t)s.cnt, (uint8_t)s.owner,
					    (uint8_t)(c.done | 1 << t)});
		}
	}
}

static bool can_return(struct config *c, enum spec_op op)
{
	struct spec_state s = {.cnt = c->cnt, .owner = c->owner};

	if (!spec_ends(op))
		return true;
	if (!spec_of(op)->returns(&s))
		return false;
	c->cnt = (uint8_t)s.cnt;
	c->owner = (uint8_t)s.owner;
	return true;
}

/* Lets the thread's operation return: drops all configurations in which it has not taken effect. */
static void keep_done(struct configs *set, int thread, enum spec_op op)
{
	int n = set->n;

	set->n = 0;
	for (int i = 0; i < n; i++) {
		struct config c = set->all[i];

		if (!(c.done & 1 << thread) || !can_return(&c, op))
			continue;
		c.done &= (uint8_t) ~(1 << thread);
		add_config(set, c);
	}
}

/* -- the walk -- */

static bool seen_before(struct judge *j, counts at, const struct configs *set)
{
	for (int i = 0; i < j->visited_n; i++)
		if (j->visited[i].at == at && j->visited[i].n == set->n &&
		    !memcmp(&j->pool[j->visited[i].first], set->all,
			(size_t)set->n * sizeof(set->all[0])))
			return true;
	if (j->visited_n == SLOTS || j->pool_n + set->n > POOL)
		return false; /* table full: the set may be checked again */
	j->visited[j->visited_n].at = at;
	j->visited[j->visited_n].first = j->pool_n;
	j->visited[j->visited_n++].n = set->n;
	memcpy(&j->pool[j->pool_n], set->all, (size_t)set->n * sizeof(set->all[0]));
	j->pool_n += set->n;
	return false;
}

static void remember_step(struct judge *j, int thread, counts at)
{
	j->path.order[j->path.n].thread = (uint8_t)thread;
	j->path.order[j->path.n++].at = (uint8_t)count_of(at, thread);
}

static bool is_enabled(const struct judge *j, counts at, int thread)
{
	unsigned int n = count_of(at, thread);

	return n < j->history.n[thread] && counts_cover(at, j->history.need[thread][n]);
}

/* Returns a thread whose open operation can return now, or -1 if there is none. */
static int next_return(const struct judge *j, counts at)
{
	for (int t = 0; t < j->m->n_threads; t++)
		if (count_of(at, t) % 2 && is_enabled(j, at, t))
			return t;
	return -1;
}

/* Returns true if every order that continues from these counts can be explained. */
static bool walk_orders(struct judge *j, counts at, const struct configs *from)
{
	struct configs set = *from;
	int t, mark;

	close_configs(j, &set, at);
	j->full |= set.full;
	while ((t = next_return(j, at)) >= 0) {
		remember_step(j, t, at);
		keep_done(&set, t, (enum spec_op)open_op(j, at, t)->kind);
		at += one_of(t);
		if (!set.n)
			return false;
	}
	if (seen_before(j, at, &set))
		return true;
	mark = j->path.n;
	for (t = 0; t < j->m->n_threads; t++) {
		if (count_of(at, t) % 2 || !is_enabled(j, at, t))
			continue;
		j->path.n = mark;
		remember_step(j, t, at);
		if (!walk_orders(j, at + one_of(t), &set))
			return false;
	}
	return true;
}

/* -- by happens-before: one order of the operations has to explain the results -- */

static bool tried_before(const struct judge *j, counts at, struct config c)
{
	for (int i = 0; i < j->tried_n; i++)
		if (j->tried[i].at == at && !memcmp(&j->tried[i].config, &c, sizeof(c)))
			return true;
	return false;
}

/* Returns true if every operation that returned before this endpoint of the thread has taken
 * effect. */
static bool may_follow(const struct judge *j, counts at, int thread, unsigned int end)
{
	for (int t = 0; t < j->m->n_threads; t++)
		if (count_of(at, t) < (count_of(j->history.need[thread][end], t) & ~1u))
			return false;
	return true;
}

/*
 * Lets the thread's next endpoint take effect. Returns the number of endpoints that this consumes:
 * 1 if call and return have separate effects, otherwise 2. Returns 0 if the specification does not
 * allow the result.
 */
static unsigned int take_effect(
    const struct judge *j, int thread, unsigned int end, struct config *c)
{
	const struct op *op = &j->m->threads[thread].ops[end / 2];
	struct spec_state s = {.cnt = c->cnt, .owner = c->owner};

	if (end % 2)
		return can_return(c, (enum spec_op)op->kind);
	if (!j->judging->allows(&s, op, j->forgiven))
		return 0;
	c->cnt = (uint8_t)s.cnt;
	c->owner = (uint8_t)s.owner;
	return spec_ends((enum spec_op)op->kind) ? 1 : 2;
}

/* Returns true if the remaining operations can be ordered so that all results are explained. */
static bool ordered(struct judge *j, counts at, struct config from)
{
	bool left = false;

	if (tried_before(j, at, from))
		return false;
	for (int t = 0; t < j->m->n_threads; t++) {
		const unsigned int end = count_of(at, t);
		struct config c = from;
		unsigned int n;

		if (end == j->history.n[t])
			continue;
		left = true;
		if (!may_follow(j, at, t, end))
			continue;
		n = take_effect(j, t, end, &c);
		if (n && ordered(j, at + n * one_of(t), c))
			return true;
	}
	if (left && j->tried_n < SLOTS) {
		j->tried[j->tried_n].at = at;
		j->tried[j->tried_n++].config = from;
	}
	return !left;
}

static bool is_explained(struct judge *j, unsigned int forgiven)
{
	struct configs set = {.n = 1, .all = {j->start}};

	j->forgiven = forgiven;
	j->path.n = j->visited_n = j->pool_n = j->tried_n = 0;
	return j->m->model == MODEL_RC11 ? ordered(j, 0, j->start) : walk_orders(j, 0, &set);
}

/* -- the verdict -- */

static bool all_known(const struct judge *j)
{
	for (int t = 0; t < j->m->n_threads; t++)
		for (unsigned int i = 0; i < j->m->threads[t].n_ops; i++)
			if (!j->judging->knows(&j->m->threads[t].ops[i]))
				return false;
	return true;
}

/* Returns the faults of the first row that explains all results. */
static unsigned int find_faults(struct judge *j)
{
	if (!all_known(j))
		return FAULT_RESULT;
	for (int i = 0;; i++) {
		if (is_explained(j, j->judging->rows[i].forgiven))
			return j->judging->rows[i].faults;
		if (j->judging->rows[i].last)
			return j->judging->otherwise;
	}
}

static size_t hash_history(const struct history *h)
{
	const unsigned char *bytes = (const unsigned char *)h;
	uint64_t sum = 0, word;

	_Static_assert(sizeof(*h) % sizeof(word) == 4,
	    "hashed by words; the last four bytes, which are counts, are left out");
	for (size_t i = 0; i + sizeof(word) <= sizeof(*h); i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 29;
	}
	return sum % CACHE;
}

/* Returns the cache entry of this history, or a free entry, or NULL if the cache is full. */
static struct cached *look_up(struct judge *j)
{
	size_t i = hash_history(&j->history);

	while (j->cache[i].used) {
		if (!memcmp(&j->cache[i].history, &j->history, sizeof(j->history)))
			return &j->cache[i];
		i = (i + 1) % CACHE;
	}
	return j->cached < CACHE / 2 ? &j->cache[i] : NULL;
}

unsigned int judge_faults(struct judge *j, const struct machine *m, bool real)
{
	struct cached *c;
	unsigned int faults;

	j->m = m;
	describe_history(&j->history, m, real);
	c = look_up(j);
	if (c && c->used)
		return c->faults;
	faults = find_faults(j);
	if (c) {
		*c = (struct cached){.history = j->history, .used = true, .faults = faults};
		j->cached++;
	}
	return faults;
}

bool judge_is_full(const struct judge *j)
{
	return j->full;
}

/* Returns the faults that are forgiven by the row before the one that has this fault. They are not
 * enough to explain the results. */
static unsigned int forgiven_before(const struct judging *judging, enum fault fault)
{
	unsigned int before = 0;

	for (int i = 0;; i++) {
		if (judging->rows[i].faults & fault)
			return before;
		before = judging->rows[i].forgiven;
		if (judging->rows[i].last)
			return before;
	}
}

void judge_witness(
    struct judge *j, const struct machine *m, enum fault fault, struct witness *witness)
{
	witness->n = 0;
	j->m = m;
	describe_history(&j->history, m, false);
	if (fault == FAULT_RESULT || is_explained(j, forgiven_before(j->judging, fault)))
		return;
	for (int i = 0; i < j->path.n; i++) {
		const int thread = j->path.order[i].thread, at = j->path.order[i].at;

		witness->order[witness->n++] =
		    moment_of(&m->threads[thread].ops[at / 2], at % 2)->clock;
	}
}
