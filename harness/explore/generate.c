/* SPDX-License-Identifier: MIT */
#include "harness/explore/generate.h"

#include <stdio.h>
#include <string.h>

bool program_bounds_add(struct program_bounds *bounds, const char *text)
{
	const int threads = text[0] - '0', steps = text[0] && text[1] == 'x' ? text[2] - '0' : 0;

	if (threads < MIN_GENERATED || threads > MAX_THREADS || steps < 1 ||
	    steps > MAX_GENERATED || text[3])
		return false;
	if (bounds->steps[threads] < steps)
		bounds->steps[threads] = (uint8_t)steps;
	return true;
}

const char *program_bounds_text(const struct program_bounds *bounds, char text[BOUNDS_TEXT])
{
	char *end = text;

	sprintf(text, "-");
	for (int threads = MIN_GENERATED; threads <= MAX_THREADS; threads++)
		if (bounds->steps[threads])
			end += sprintf(end, "%s%dx%d", end == text ? "" : ",", threads,
			    bounds->steps[threads]);
	return text;
}

struct generation {
	const struct explored *impl;
	const struct generated_words *words;
	int lengths[MAX_THREADS]; /* number of steps of each thread, longest first */
	struct script script;
	program_visitor *visit;
	void *arg;
};

/* The names that a script has used so far. New names are taken in a fixed order, so that each
 * program is generated with only one of its possible namings. */
struct names {
	unsigned int devices; /* bit mask */
	int owners;
};

static const char *varying_args(const struct generation *g, int kind)
{
	const struct generated_word *w = g->words->words;

	while (w->kind != kind)
		w++;
	return w->args;
}

static bool is_next_device(const struct explored *impl, unsigned int used, int device)
{
	if (used >> device & 1)
		return true;
	if (!impl->nearby)
		return device == __builtin_popcount(used);
	/* Devices 2n and 2n + 1 are neighbours. */
	return device % 2 ? used >> (device - 1) & 1 : !device || used >> (device - 2) & 3;
}

static struct names names_in(const struct generation *g)
{
	struct names names = {0};

	for (int t = 0; t < g->script.n_threads; t++)
		for (int i = 0; i < g->script.n_actions[t]; i++) {
			const struct action *a = &g->script.actions[t][i];
			const char *args = varying_args(g, a->kind);

			if (strchr(args, 'd'))
				names.devices |= 1u << a->device;
			if (strchr(args, 'o') && a->owner > names.owners)
				names.owners = a->owner;
		}
	return names;
}

/* -- one of the programs that differ only in names -- */

/* Renumbering of names, in the order in which a script first uses them. */
struct renaming {
	const struct explored *impl;
	int devices[MAX_DEVICES], owners[MAX_OWNERS + 1]; /* by old name; -1: no new name yet */
	unsigned int devices_used;
	int owners_used;
};

static int rename_device(struct renaming *r, int device)
{
	int *name = &r->devices[device];

	if (*name >= 0)
		return *name;
	if (r->impl->nearby && r->devices[device ^ 1] >= 0)
		*name = r->devices[device ^ 1] ^ 1;
	else /* the next free device, or the next free pair of neighbours */
		for (*name = r->impl->nearby ? 0 : __builtin_popcount(r->devices_used);
		     r->devices_used >> *name & 1;)
			*name += 2;
	r->devices_used |= 1u << *name;
	return *name;
}

static int rename_owner(struct renaming *r, int owner)
{
	if (r->owners[owner] < 0)
		r->owners[owner] = ++r->owners_used;
	return r->owners[owner];
}

/* Compares a step of the renamed script with a step of the script. The result is like that of
 * memcmp(). */
static int compare_step(const struct generation *g, struct renaming *r, const struct action *old,
    const struct action *step)
{
	const char *args = varying_args(g, old->kind);
	int device = old->device, owner = old->owner;

	if (old->kind != step->kind)
		return old->kind - step->kind;
	if (strchr(args, 'd'))
		device = rename_device(r, device);
	if (strchr(args, 'o'))
		owner = rename_owner(r, owner);
	return device != step->device ? device - step->device : owner - step->owner;
}

/* Returns whether putting the threads in this order, and renumbering names, gives a script that
 * precedes the present one. */
static bool order_precedes(const struct generation *g, const int order[])
{
	struct renaming r = {.impl = g->impl};

	memset(r.devices, -1, sizeof(r.devices));
	memset(r.owners, -1, sizeof(r.owners));
	for (int t = 0; t < g->script.n_threads; t++)
		for (int i = 0; i < g->lengths[t]; i++) {
			const int difference = compare_step(
			    g, &r, &g->script.actions[order[t]][i], &g->script.actions[t][i]);

			if (difference)
				return difference < 0;
		}
	return false;
}

/* Returns whether order_precedes() is true for some order that begins with the first `n` threads
 * of `order`. */
static bool any_order_precedes(const struct generation *g, int order[], int n)
{
	if (n == g->script.n_threads)
		return order_precedes(g, order);
	for (int t = 0; t < g->script.n_threads; t++) {
		bool chosen = g->lengths[t] != g->lengths[n];

		for (int i = 0; i < n; i++)
			chosen |= order[i] == t;
		order[n] = t;
		if (!chosen && any_order_precedes(g, order, n + 1))
			return true;
	}
	return false;
}

/* -- all programs -- */

static bool is_program(const struct generation *g)
{
	int order[MAX_THREADS];
	struct error ignored;

	if (g->words->fits && !g->words->fits(&g->script))
		return false;
	if (g->impl->family->check && g->impl->family->check(&g->script, &ignored))
		return false;
	return !any_order_precedes(g, order, 0);
}

static bool add_steps(struct generation *g, int t, int i);

/* Continues after step i of thread t, unless the thread has too few steps left to release what it
 * holds. */
static bool continue_thread(struct generation *g, int t, int i)
{
	const int needed = g->words->needed(&g->script, t), left = g->lengths[t] - i - 1;
	bool more;

	if (needed < 0 || needed > left)
		return true;
	if (left)
		return add_steps(g, t, i + 1);
	if (t + 1 == g->script.n_threads)
		return !is_program(g) || g->visit(g->arg, &g->script);
	more = add_steps(g, t + 1, 0);
	g->script.n_actions[t + 1] = 0;
	return more;
}

/* Generates all steps of thread t from step i on, and all threads after it. Returns false if the
 * visitor stopped the generation. */
static bool add_steps(struct generation *g, int t, int i)
{
	const struct names names = names_in(g);

	for (const struct generated_word *w = g->words->words; w->args; w++) {
		const int devices = strchr(w->args, 'd') ? MAX_DEVICES : 1;
		const int owners = strchr(w->args, 'o') ? MAX_OWNERS : 0;

		for (int n = 0; n < devices * (owners + !owners); n++) {
			const int device = n % devices, owner = owners ? n / devices + 1 : 0;

			if (owner > names.owners + 1 ||
			    (devices > 1 && !is_next_device(g->impl, names.devices, device)))
				continue;
			g->script.actions[t][i] = (struct action){w->kind, device, owner};
			g->script.n_actions[t] = i + 1;
			if (!continue_thread(g, t, i))
				return false;
			g->script.n_actions[t] = i;
		}
	}
	return true;
}

/* Generates all programs in which the threads from t on have `left` steps in total. g->lengths has
 * the lengths of the threads before t. */
static bool split_steps(struct generation *g, int t, int left)
{
	const int others = g->script.n_threads - t - 1, before = g->lengths[t - 1];

	if (others < 0)
		return add_steps(g, 0, 0);
	for (int n = before < left - others ? before : left - others; n * (others + 1) >= left;
	     n--) {
		g->lengths[t] = n;
		if (!split_steps(g, t + 1, left - n))
			return false;
	}
	return true;
}

/* Generates all programs of `threads` threads, of which the longest has `longest` steps. */
static bool generate_size(struct generation *g, int threads, int longest)
{
	g->script.n_threads = threads;
	g->lengths[0] = longest;
	for (int others = threads - 1; others <= (threads - 1) * longest; others++)
		if (!split_steps(g, 1, others))
			return false;
	return true;
}

bool generate_programs(const struct explored *impl, const struct program_bounds *bounds,
    program_visitor *visit, void *arg)
{
	struct generation g = {
	    .impl = impl, .words = impl->family->generated, .visit = visit, .arg = arg};

	for (int size = 1; size <= MAX_THREADS * MAX_GENERATED; size++)
		for (int threads = MIN_GENERATED; threads <= MAX_THREADS; threads++)
			if (size % threads == 0 && size / threads <= bounds->steps[threads] &&
			    !generate_size(&g, threads, size / threads))
				return false;
	return true;
}
