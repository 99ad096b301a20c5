/* SPDX-License-Identifier: MIT */
/*
 * The loops of the family lifetime, compiled once for every implementation below impl/lifetime/:
 * the build writes a file for each that defines IMPL_SOURCE, its file, INSTANCE, the name of the
 * object defined here, INSTANCE_NAME and INSTANCE_FILE, and includes this one. The operations
 * inline.
 */
#ifdef IMPL_SOURCE

#include IMPL_SOURCE

#include "harness/check/race_loop.h"
#include "harness/lifetime/lifetime.h"
#include "harness/measure/delay.h"
#include "harness/measure/latency.h"

#define INLINE __attribute__((always_inline)) static inline

INLINE int use_once(struct consumer *user, bool timed)
{
	uint64_t start = timed ? latency_start() : 0;
	int ret = impl.use(user);

	if (timed)
		latency_end(ret ? LATENCY_REFUSED : LATENCY_USE, start);
	return ret;
}

/* Until it is refused. */
INLINE void use_some(struct consumer *user, uint64_t uses, bool timed, struct tally *t)
{
	for (uint64_t i = 0; i < uses; i++) {
		if (use_once(user, timed)) {
			t->refused++;
			break;
		}
		t->uses++;
	}
}

/* Gets the service, uses it some times, and puts it. */
INLINE void use_all(struct consumer *user, uint64_t uses, bool timed, struct tally *t)
{
	if (impl.get(user)) {
		t->refused++;
		return;
	}
	use_some(user, uses, timed, t);
	impl.put(user);
}

/* Gets the service, or uses it, or puts it, as the time has come; whoever is refused keeps it all
 * the same, as an open file. `now` is of the batch, and good enough. */
INLINE void use_kept(struct consumer *user, const struct lifetime_worker *w, uint64_t now,
    bool timed, struct tally *t)
{
	if (user->kept_until_ns && now >= user->kept_until_ns) {
		impl.put(user);
		user->kept_until_ns = 0;
		return;
	}
	if (!user->kept_until_ns) {
		if (impl.get(user)) {
			t->refused++;
			return;
		}
		user->kept_until_ns = now + w->keep_ns;
	}
	use_some(user, w->uses, timed, t);
}

/* Tallies stay in registers until the batch is over. */
INLINE void run_steps(struct worker *worker, size_t steps, bool timed, bool delays)
{
	const struct lifetime_worker *w = worker->context;
	const uint64_t now = w->keep_ns ? clock_ns() : 0;
	struct tally t = worker->tally;
	size_t next = worker->next;

	if (w->unbinds) {
		lifetime_step(worker);
		return;
	}
	for (size_t end = next + steps; next != end; next++) {
		struct consumer *user = w->trace[next & w->mask];

		if (w->keep_ns)
			use_kept(user, w, now, timed, &t);
		else
			use_all(user, w->uses, timed, &t);
		if (delays)
			delay_turns(worker->gap);
	}
	worker->next = next;
	worker->tally = t;
}

#define LOOP(name, timed, delays)                             \
	static void name(struct worker *worker, size_t steps) \
	{                                                     \
		run_steps(worker, steps, timed, delays);      \
	}
LOOP(loop, false, false)
LOOP(loop_delayed, false, true)
LOOP(loop_timed, true, false)
LOOP(loop_timed_delayed, true, true)

/* -- one-shot races: thread 0 uses, thread 1 unbinds -- */

INLINE void race_use(struct racer *racer, bool got)
{
	struct lifetime *l = racer->family_data;

	for (size_t i = 0; i < RACE_GROUPS; i++) {
		struct consumer *user = lifetime_user(l, racer->thread, i);

		race_meet(&impl.about, racer);
		if (!got && impl.get(user))
			continue;
		impl.use(user);
		impl.put(user);
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

	for (size_t i = 0; i < RACE_GROUPS; i++) {
		race_meet(&impl.about, racer);
		lifetime_unbind(l, i, lifetime_user(l, racer->thread, i));
	}
}

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &family_lifetime,
    .impl = &impl.about,
    .ops = &impl,
    .loops =
	{
	    [LOOP_PAIRS][BUS_PATH_OPS] =
		{
		    [CHECK_AUDIT] = {loop, loop_delayed},
		    [CHECK_WITNESS] = {loop, loop_delayed},
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

#endif
