/* SPDX-License-Identifier: MIT */
/* One-shot races between a consumer and an unbind. Each trial has its own provider. */
#include "harness/lifetime/lifetime.h"
#include "harness/measure/batches.h"
#include "harness/measure/clock.h"

static const struct {
	const char *name;
	bool got; /* thread 0 gets the service before the race */
	int user; /* what thread 0 does: LIFETIME_RACE_USER or _HOLDER; thread 1 unbinds */
} kinds[] = {
    {"get, use, put/unbind", .user = LIFETIME_RACE_USER},
    {"use, put/unbind", .got = true, .user = LIFETIME_RACE_HOLDER},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), HOLDS = 256, LONG_HOLD = 16384, LONG_EVERY = 8 };

const char *lifetime_race_name(size_t race)
{
	return race < KINDS ? kinds[race].name : NULL;
}

/* Creates the batch's providers. Uses have different lengths, so that unbinds hit them at every
 * stage. */
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
			engine_die(engine, "%s: a get was refused although a service is bound",
			    kinds[engine->races.now].name);
	}
}

/* Returns whether the consumer of trial i saw a freed service, or used a service after unbind had
 * returned. */
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

	for (size_t i = 0; i < engine->races.nr_trials; i++)
		wrong += is_wrong(l, i);
	count->trials += engine->races.nr_trials;
	count->conflicts += wrong;
	count->lost += l->granted + l->in_use;
	count->leaks += atomic_load_explicit(&l->held, memory_order_relaxed) != 0;
	if ((wrong || l->granted || l->in_use) && count->first == 0)
		count->first = clock_seconds_since(engine->races.start_ns);
	lifetime_destroy(l);
	engine->family_data = NULL;
}

static race_loop *act_of(const struct engine *engine, unsigned int thread)
{
	race_loop *const *acts = engine->spec->instance->races;

	return acts[thread ? LIFETIME_RACE_UNBIND : kinds[engine->races.now].user];
}

static const struct race_finding findings[] = {
    {offsetof(struct race_count, conflicts), CLASS_UNSAFE, "uses of a freed service"},
    {offsetof(struct race_count, lost), CLASS_UNSAFE, "uses or gets after unbind had returned"},
    {offsetof(struct race_count, leaks), CLASS_UNSAFE, "services never freed"},
    {.what = NULL},
};

const struct batches lifetime_batches = {set_up, judge_batch, act_of, findings};
