/* SPDX-License-Identifier: MIT */
/*
 * One-shot races of a user with an unbind, each over a provider that nobody has touched. Batches,
 * as in harness/measure/races.c; the last thread to come back judges one and makes the next.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "harness/check/batches.h"
#include "harness/lifetime/lifetime.h"
#include "harness/measure/clock.h"

static const struct {
	const char *name;
	bool got; /* beforehand, by the user */
	int user; /* what he does; the other unbinds */
} kinds[] = {
    {"get, use, put/unbind", .user = LIFETIME_RACE_USER},
    {"use, put/unbind", .got = true, .user = LIFETIME_RACE_HOLDER},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), HOLDS = 256, LONG_HOLD = 16384, LONG_EVERY = 8 };

const char *lifetime_race_name(size_t race)
{
	return race < KINDS ? kinds[race].name : NULL;
}

/* Uses of all lengths, so that an unbind comes at any time of one. */
static void set_up(struct engine *engine)
{
	struct error err;
	struct lifetime *l =
	    lifetime_create(engine->spec->instance->ops, RACE_GROUPS, RACE_THREADS, &err);

	if (!l)
		engine_die(engine, "%s", err.text);
	engine->family_data = l;
	for (unsigned int t = 0; t < RACE_THREADS; t++)
		engine->races.racers[t].family_data = l;
	for (size_t i = 0; i < RACE_GROUPS; i++) {
		struct consumer *user = lifetime_user(l, 0, i);

		user->hold = i % LONG_EVERY ? i * 37 % HOLDS : LONG_HOLD;
		user->watched = true;
		if (kinds[engine->races.now].got && l->ops->get(user))
			engine_die(engine, "%s: a get is refused while bound",
			    kinds[engine->races.now].name);
	}
}

/* What one trial left behind: of the user, and of who unbound. */
static bool is_wrong(const struct lifetime *l, size_t i)
{
	const struct consumer *user = lifetime_user(l, 0, i);

	return user->dead || user->late;
}

static void judge_batch(struct engine *engine)
{
	struct lifetime *l = engine->family_data;
	struct race_count *count = &engine->result->races[engine->races.now];
	uint64_t wrong = 0;

	for (size_t i = 0; i < RACE_GROUPS; i++)
		wrong += is_wrong(l, i);
	count->trials += RACE_GROUPS;
	count->conflicts += wrong;
	count->lost += l->granted + l->in_use;
	count->leaks += atomic_load_explicit(&l->held, memory_order_relaxed) != 0;
	if ((wrong || l->granted || l->in_use) && count->first == 0)
		count->first = (double)(clock_ns() - engine->races.start_ns) * 1e-9;
}

static void end_batch(struct engine *engine)
{
	judge_batch(engine);
	lifetime_destroy(engine->family_data);
	engine->family_data = NULL;
}

static race_loop *act_of(const struct engine *engine, unsigned int thread)
{
	race_loop *const *acts = engine->spec->instance->races;

	return acts[thread ? LIFETIME_RACE_UNBIND : kinds[engine->races.now].user];
}

void lifetime_races_start(struct engine *engine)
{
	static const struct batches batches = {set_up, end_batch, act_of, KINDS};

	batches_start(engine, &batches);
}

static bool tell(struct engine *engine, size_t race, uint64_t nr, const char *what)
{
	struct run_result *result = engine->result;

	if (!nr)
		return false;
	result->found = CLASS_UNSAFE;
	snprintf(result->failure, sizeof(result->failure),
	    "%s: %s in %" PRIu64 " of %" PRIu64 " races %s, the first after %.3g s",
	    engine->spec->instance->name, what, nr, result->races[race].trials, kinds[race].name,
	    result->races[race].first);
	return true;
}

void lifetime_races_finish(struct engine *engine)
{
	const struct race_count *counts = engine->result->races;
	bool told = engine->spec->instance->impl->class == CLASS_NONE;

	for (size_t i = 0; i < KINDS && !told; i++)
		told = tell(engine, i, counts[i].conflicts, "uses of a dead service");
	for (size_t i = 0; i < KINDS && !told; i++)
		told = tell(engine, i, counts[i].lost, "uses or gets after unbind had returned");
	for (size_t i = 0; i < KINDS && !told; i++)
		told = tell(engine, i, counts[i].leaks, "services never freed");
}
