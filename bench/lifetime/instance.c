/* SPDX-License-Identifier: MIT */
/* The loops of the lifetime family. They are compiled once for each implementation in
 * impl/lifetime/, in the way of bench/ownership/instance.c. */
#include IMPL_SOURCE

#include "bench/families/loops.h"
#include "harness/lifetime/lifetime.h"
#include "harness/lifetime/sequence.h"
#include "harness/measure/delay.h"
#include "harness/measure/latency.h"
#include "harness/measure/racer.h"
#include "harness/measure/recorder.h"

/* Wrappers that record the operations in the history. */
static inline int recorded_get(struct consumer *user)
{
	struct record *r = recorder_call(SPEC_GET, user->provider, NULL);

	return recorder_return(r, impl.get(user));
}

static inline int recorded_use(struct consumer *user)
{
	struct record *r = recorder_call(SPEC_SERVICE_USE, user->provider, NULL);

	return recorder_return(r, impl.use(user));
}

static inline void recorded_put(struct consumer *user)
{
	struct record *r = recorder_call(SPEC_PUT, user->provider, NULL);

	impl.put(user);
	recorder_return(r, 0);
}

static const struct lifetime_ops recorded = {
    .get = recorded_get,
    .use = recorded_use,
    .put = recorded_put,
};

INLINE const struct lifetime_ops *ops(struct variant v)
{
	return v.check == CHECK_HISTORY ? &recorded : &impl;
}

INLINE int use_once(struct consumer *user, bool got, struct variant v)
{
	const bool timed = v.check == (enum run_check)LOOP_TIMED;
	uint64_t start = timed ? latency_start() : 0;
	int ret = consumer_use(ops(v), user, got);

	if (timed)
		latency_end(ret ? LATENCY_REFUSED : LATENCY_USE, start);
	return ret;
}

/* Uses the service `uses` times, or until a use is refused. */
INLINE void use_some(
    struct consumer *user, bool got, uint64_t uses, struct variant v, struct tally *t)
{
	for (uint64_t i = 0; i < uses; i++) {
		if (use_once(user, got, v)) {
			t->refused++;
			break;
		}
		t->uses++;
	}
}

/* Returns whether the history, if there is one, has room for a get, its uses and a put. An
 * operation must not run unless it can be recorded. */
INLINE bool has_room(uint64_t uses, struct variant v)
{
	return v.check != CHECK_HISTORY || recorder_has_room(uses + 2);
}

/* Gets the service, uses it `uses` times, and puts it. */
INLINE void use_all(struct consumer *user, uint64_t uses, struct variant v, struct tally *t)
{
	bool got = false;

	if (!has_room(uses, v))
		return;
	if (consumer_get(ops(v), user, &got)) {
		t->refused++;
		return;
	}
	use_some(user, got, uses, v, t);
	consumer_put(ops(v), user, &got);
}

/* Performs one step of a consumer that keeps its service: gets the service unless it has one, and
 * uses it, or puts it if its time is over. A consumer whose use is refused still keeps the service,
 * as it would keep an open file. `now` is read once a batch, which is precise enough. */
INLINE void use_kept(struct consumer *user, const struct lifetime_worker *w, uint64_t now,
    struct variant v, struct tally *t)
{
	const bool recorded = has_room(w->uses, v);
	bool got = user->kept_until_ns != 0;

	if (got && now >= user->kept_until_ns) {
		/* Puts the service even if the history has no room, because an unbind may wait for
		 * the put. No check depends on the missing record. */
		if (recorded)
			consumer_put(ops(v), user, &got);
		else
			consumer_put(&impl, user, &got);
		user->kept_until_ns = 0;
		return;
	}
	if (!recorded)
		return;
	if (!got) {
		if (consumer_get(ops(v), user, &got)) {
			t->refused++;
			return;
		}
		user->kept_until_ns = now + w->keep_ns;
	}
	use_some(user, got, w->uses, v, t);
}

/* Runs a batch of steps. The batch has a tally of its own, whose members stay in registers. */
INLINE void run_steps(struct worker *worker, size_t steps, struct variant v)
{
	const struct lifetime_worker *w = worker->context;
	const uint64_t now = w->keep_ns ? clock_ns() : 0;
	struct tally t = {0};
	size_t next = worker->next;

	if (w->unbinds) {
		lifetime_step(worker);
		return;
	}
	for (size_t end = next + steps; next != end; next++) {
		struct consumer *user = w->trace[next & w->mask];

		if (w->keep_ns)
			use_kept(user, w, now, v, &t);
		else
			use_all(user, w->uses, v, &t);
		if (v.delays)
			delay_turns(worker->gap);
	}
	worker->next = next;
	tally_add(&worker->tally, &t);
}

LOOPS(run_steps)

/* -- one-shot races: thread 0 uses, thread 1 unbinds -- */

INLINE void race_use(struct racer *racer, bool holds)
{
	struct lifetime *l = racer->family_data;

	for (size_t i = 0; i < racer->nr_trials; i++) {
		struct consumer *user = lifetime_user(l, racer->thread, i);
		bool got = holds;

		race_meet(&impl.about, racer);
		if (consumer_get(&impl, user, &got))
			continue;
		consumer_use(&impl, user, got);
		consumer_put(&impl, user, &got);
	}
}

static void race_user(struct racer *racer)
{
	race_use(racer, false);
}

static void race_holder(struct racer *racer)
{
	race_use(racer, true);
}

static void race_unbind(struct racer *racer)
{
	struct lifetime *l = racer->family_data;

	for (size_t i = 0; i < racer->nr_trials; i++) {
		race_meet(&impl.about, racer);
		lifetime_unbind(l, i, lifetime_user(l, racer->thread, i));
	}
}

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &family_lifetime,
    .about = &impl.about,
    .ops = &impl,
    .loops =
	{
	    [LOOP_PAIRS][BUS_PATH_OPS] =
		{
		    [CHECK_AUDIT] = {loop, loop_delayed},
		    [CHECK_WITNESS] = {loop, loop_delayed},
		    [CHECK_HISTORY] = {loop_recorded, loop_recorded},
		    [LOOP_TIMED] = {loop_timed, loop_timed_delayed},
		},
	},
    .races =
	{
	    [LIFETIME_RACE_USER] = race_user,
	    [LIFETIME_RACE_HOLDER] = race_holder,
	    [LIFETIME_RACE_UNBIND] = race_unbind,
	},
};
