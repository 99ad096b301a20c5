/* SPDX-License-Identifier: MIT */
/* The family "lifetime": creates the providers and consumers of a run, and audits them at its
 * end. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "harness/aligned.h"
#include "harness/check/history.h"
#include "harness/lifetime/lifetime.h"
#include "harness/measure/clock.h"

enum { TRACE_STEPS = 1024 };

/* -- providers and users -- */

static int add_provider(struct lifetime *l)
{
	struct provider *p = aligned_zeroed(sizeof(*p) + l->ops->provider_size, BUS_ALIGN);
	int ret;

	if (!p)
		return -ENOMEM;
	p->held = &l->held;
	p->held_ns = &l->held_ns;
	LIST_INIT(&p->users);
	ret = l->ops->provider_init ? l->ops->provider_init(p) : 0;
	if (ret)
		free(p);
	else
		l->providers[l->nr_providers++] = p;
	return ret;
}

static int add_user(struct lifetime *l, size_t i)
{
	struct provider *p = l->providers[i % l->nr_providers];
	struct consumer *user = aligned_zeroed(sizeof(*user) + l->ops->user_size, BUS_ALIGN);

	if (!user)
		return -ENOMEM;
	user->provider = p;
	LIST_INSERT_HEAD(&p->users, user, link);
	l->users[i] = user;
	return 0;
}

static size_t nr_users(const struct lifetime *l)
{
	/* One set for each thread, and one for the main thread. */
	return l->nr_providers * (l->nr_threads + 1);
}

void lifetime_destroy(struct lifetime *l)
{
	for (size_t i = 0; l->users && i < nr_users(l); i++)
		free(l->users[i]);
	for (size_t i = 0; i < l->nr_providers; i++) {
		if (l->ops->provider_destroy)
			l->ops->provider_destroy(l->providers[i]);
		free(l->providers[i]);
	}
	free(l->users);
	free(l->providers);
	free(l);
}

static int add_providers(struct lifetime *l, size_t nr_providers)
{
	int ret = 0;

	l->providers = calloc(nr_providers, sizeof(struct provider *));
	if (!l->providers)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < nr_providers; i++)
		ret = add_provider(l);
	if (ret)
		return ret;
	l->users = calloc(nr_users(l), sizeof(struct consumer *));
	if (!l->users)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < nr_users(l); i++)
		ret = add_user(l, i);
	for (size_t i = 0; !ret && i < nr_providers; i++)
		ret = lifetime_bind(l, i);
	return ret;
}

struct lifetime *lifetime_create(
    const struct lifetime_ops *ops, size_t nr_providers, unsigned int nr_threads, struct error *err)
{
	struct lifetime *l = aligned_zeroed(sizeof(*l), BUS_ALIGN);
	int ret = -ENOMEM;

	if (l) {
		l->ops = ops;
		l->nr_threads = nr_threads;
		l->start_ns = clock_ns();
		ret = add_providers(l, nr_providers);
	}
	if (!ret)
		return l;
	error_set(err, "cannot create %zu providers: %s", nr_providers, strerror(-ret));
	if (l)
		lifetime_destroy(l);
	return NULL;
}

/* -- the verdict -- */

static uint64_t nr_late(const struct lifetime *l)
{
	uint64_t late = l->in_use;

	for (size_t i = 0; i < nr_users(l); i++)
		late += l->users[i]->late;
	return late;
}

enum lifetime_fault lifetime_judge(const struct lifetime *l, char *text, size_t size)
{
	const uint64_t late = nr_late(l);
	uint64_t dead = 0;

	for (size_t i = 0; i < nr_users(l); i++)
		dead += l->users[i]->dead;
	if (dead) {
		snprintf(text, size, "%" PRIu64 " uses of a freed service", dead);
		return LIFETIME_DEAD;
	}
	if (late) {
		snprintf(text, size, "%" PRIu64 " uses ran after unbind had returned", late);
		return LIFETIME_LATE;
	}
	if (!l->granted && !l->refused)
		return LIFETIME_FINE;
	snprintf(text, size,
	    "%u gets were granted while no service was bound, and %u were refused while one was "
	    "bound",
	    l->granted, l->refused);
	return LIFETIME_WRONG;
}

/* -- the engine's side -- */

static const struct lifetime_ops *ops_of(const struct engine *engine)
{
	return engine->spec->instance->ops;
}

/* Ignores `layout`: objects are cache-aligned, but not placed on NUMA nodes. */
static int create_lifetime(
    struct engine *engine, const struct model_layout *layout, struct error *err)
{
	const struct run_spec *spec = engine->spec;

	(void)layout;
	if (spec->loop == LOOP_RACE)
		return 0; /* each batch creates its own objects */
	engine->family_data =
	    lifetime_create(ops_of(engine), spec->topology->nr_devices, engine->nr_threads, err);
	return engine->family_data ? 0 : -1;
}

static void destroy_lifetime(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		struct lifetime_worker *w = engine->threads[i].worker.context;

		if (w)
			free(w->trace);
		free(w);
	}
	if (engine->family_data)
		lifetime_destroy(engine->family_data);
}

/* Returns a random sequence of the thread's consumers, which is the same for every implementation,
 * or NULL if out of memory. The caller frees it. */
static struct consumer **draw_trace(const struct lifetime *l, unsigned int thread)
{
	struct consumer **trace = calloc(TRACE_STEPS, sizeof(struct consumer *));
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);

	gsl_rng_set(rng, thread + 1);
	for (size_t i = 0; trace && i < TRACE_STEPS; i++)
		trace[i] = lifetime_user(l, thread, gsl_rng_uniform_int(rng, l->nr_providers));
	gsl_rng_free(rng);
	return trace;
}

static void prepare_users(const struct engine_thread *thread, const struct lifetime *l)
{
	const struct run_spec *spec = thread->engine->spec;

	for (size_t i = 0; i < l->nr_providers; i++) {
		lifetime_user(l, thread->number, i)->hold = spec->hold;
		lifetime_user(l, thread->number, i)->watched = spec->check == CHECK_WITNESS;
	}
}

static void prepare_thread(struct engine_thread *thread)
{
	const struct run_spec *spec = thread->engine->spec;
	const struct lifetime_spec *own = spec->own;
	struct lifetime *l = thread->engine->family_data;
	struct lifetime_worker *w;

	if (spec->loop == LOOP_RACE)
		return;
	w = calloc(1, sizeof(*w));
	if (!w)
		engine_die(thread->engine, "not enough memory for a thread");
	*w = (struct lifetime_worker){
	    .trace = draw_trace(l, thread->number),
	    .mask = TRACE_STEPS - 1,
	    .uses = own->uses,
	    .keep_ns = own->keep_ns,
	    .lifetime = l,
	    .unbinds = own->unbind_every_ns && thread->number &&
	               thread->number + 1 == thread->engine->nr_threads,
	    .every_ns = own->unbind_every_ns,
	    .due_ns = clock_ns() + own->unbind_every_ns,
	};
	if (spec->instance->about->class == CLASS_NONE)
		/* The ceiling cannot unbind. Idle in this thread, so that as many threads use
		 * services as with other implementations. */
		w->due_ns = UINT64_MAX;
	if (!w->trace)
		engine_die(thread->engine, "not enough memory for a thread's trace");
	prepare_users(thread, l);
	thread->worker.context = w;
}

/* Puts the services that the thread still holds. Otherwise an unbind could wait for them
 * forever. */
static void put_kept(struct engine_thread *thread)
{
	struct lifetime *l = thread->engine->family_data;

	for (size_t i = 0; thread->worker.context && i < l->nr_providers; i++) {
		struct consumer *user = lifetime_user(l, thread->number, i);

		if (user->kept_until_ns)
			l->ops->put(user);
	}
}

static void report_fault(struct engine *engine, const char *text)
{
	engine->result->found = CLASS_UNSAFE;
	snprintf(engine->result->failure, sizeof(engine->result->failure), "%s: %s",
	    engine->spec->instance->name, text);
}

/* Called after all threads have ended. Binds each provider that is unbound, checks that getting and
 * using its service succeeds, and unbinds the provider. */
static void come_to_rest(struct engine *engine, struct lifetime *l)
{
	for (size_t i = 0; i < l->nr_providers; i++) {
		struct consumer *user = lifetime_user(l, l->nr_threads, i);
		const struct lifetime_ops *ops = l->ops;

		if (atomic_load_explicit(&l->providers[i]->gone, memory_order_relaxed) &&
		    lifetime_bind(l, i))
			engine_die(engine, "not enough memory for a service");
		if (ops->get(user)) {
			l->refused++;
		} else {
			l->refused += ops->use(user) != 0;
			ops->put(user);
		}
		lifetime_unbind(l, i, user);
	}
}

/* Reports the memory of unbound services. The average excludes services that are still not freed
 * when the run ends. */
static void note_held(struct engine *engine)
{
	const struct lifetime *l = engine->family_data;
	double *figures = engine->result->figures;
	double held_ns;

	if (engine->spec->loop == LOOP_RACE)
		return;
	held_ns = (double)atomic_load_explicit(&l->held_ns, memory_order_relaxed);
	figures[LIFETIME_HELD] = held_ns / (double)(clock_ns() - l->start_ns);
	figures[LIFETIME_HELD_MAX] =
	    (double)atomic_load_explicit(&l->held_max, memory_order_relaxed);
}

static void audit_lifetime(struct engine *engine)
{
	struct lifetime *l = engine->family_data;
	enum lifetime_fault fault;
	char text[128];
	uint64_t held;

	if (engine->spec->loop == LOOP_RACE)
		return; /* each batch has been judged separately */
	come_to_rest(engine, l);
	fault = lifetime_judge(l, text, sizeof(text));
	held = atomic_load_explicit(&l->held, memory_order_relaxed);
	if (fault == LIFETIME_FINE && held) {
		snprintf(
		    text, sizeof(text), "%" PRIu64 " bytes of services were never freed", held);
		fault = LIFETIME_WRONG;
	}
	if (fault == LIFETIME_FINE || engine->spec->instance->about->class == CLASS_NONE)
		return;
	engine->result->seen_by_check = nr_late(l) > 0;
	report_fault(engine, text);
}

/* -- histories -- */

static void fill_op(const struct engine *engine, const struct record *record, struct history_op *op)
{
	const struct lifetime *l = engine->family_data;

	while (l->providers[op->group] != record->of)
		op->group++;
}

/* Adds a bind of each provider at the start, because lifetime_create() has bound them all. */
static int record_own(const struct engine *engine, struct history *h, uint64_t end)
{
	const struct lifetime *l = engine->family_data;
	int ret = 0;

	(void)end;
	for (size_t i = 0; i < l->nr_providers; i++)
		ret |= history_add(h, &(struct history_op){.kind = SPEC_BIND,
					  .group = (uint32_t)i,
					  .thread = (uint16_t)engine->nr_threads,
					  .call = i,
					  .ret = i});
	return ret;
}

const struct family family_lifetime = {
    .name = "lifetime",
    .summary = "consumers use a device's service while its driver can be unbound",
    .best = CLASS_SAFE,
    .race_name = lifetime_race_name,
    .create = create_lifetime,
    .destroy = destroy_lifetime,
    .prepare = prepare_thread,
    .finish = put_kept,
    .ended = note_held,
    .audit = audit_lifetime,
    .recorded = fill_op,
    .record_own = record_own,
    .batches = &lifetime_batches,
};
