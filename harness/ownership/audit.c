/* SPDX-License-Identifier: MIT */
#include "harness/ownership/audit.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "harness/ownership/witness.h"

/* Records a failure. Returns true. `found` is the best class that the implementation can still
 * have. */
__attribute__((format(printf, 3, 4))) static bool fail(
    struct engine *engine, enum impl_class found, const char *format, ...)
{
	struct run_result *result = engine->result;
	va_list args;
	int len;

	result->found = found;
	len = snprintf(
	    result->failure, sizeof(result->failure), "%s: ", engine->spec->instance->name);
	va_start(args, format);
	vsnprintf(result->failure + len, sizeof(result->failure) - (size_t)len, format, args);
	va_end(args);
	return true;
}

static unsigned int group_id(const struct engine *engine, const struct group *group)
{
	return engine->spec->topology->groups[model_group_index(&engine->model, group)].id;
}

static bool find_conflict(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct worker *worker = &engine->threads[i].worker;
		const struct conflict *c = &worker->conflict;
		const char *enters = c->user ? "user" : "driver of thread";
		unsigned int number = c->user ? worker->user : i + 1;

		if (!c->group)
			continue;
		engine->result->seen_by_check = true;
		if (witness_user(c->cell))
			return fail(engine, CLASS_UNSAFE,
			    "conflicting owners of group %u: %s %u acquired it while user %" PRIu64
			    " held it",
			    group_id(engine, c->group), enters, number, witness_user(c->cell));
		return fail(engine, CLASS_UNSAFE,
		    "conflicting owners of group %u: %s %u acquired it while %" PRIu64
		    " drivers held it",
		    group_id(engine, c->group), enters, number, witness_drivers(c->cell));
	}
	return false;
}

static bool find_imbalance(struct engine *engine)
{
	struct tally sum = {0};

	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct tally *t = &engine->threads[i].worker.tally;

		sum.pairs += t->pairs;
		sum.claims += t->claims;
		sum.unpaired += t->unpaired;
	}
	if (engine->spec->user_holds && (sum.pairs || sum.claims))
		return fail(engine, CLASS_UNSAFE,
		    "conflicting owners: %" PRIu64 " probes and %" PRIu64
		    " claims were granted while a user held all groups",
		    sum.pairs, sum.claims);
	if (sum.unpaired)
		return fail(engine, CLASS_UNSAFE,
		    "lost count: %" PRIu64 " matched releases were reported as unpaired",
		    sum.unpaired);
	return false;
}

static bool can_probe(struct engine *engine, struct device *dev)
{
	const struct impl_ops *impl = engine->spec->instance->ops;

	return !bus_probe(impl, dev, &engine->driver, BUS_FAIL_NONE, BUS_PATH_PROBE) &&
	       !bus_remove(impl, dev, BUS_PATH_PROBE);
}

static bool find_leak(struct engine *engine)
{
	const struct impl_ops *impl = engine->spec->instance->ops;

	for (size_t g = 0; g < engine->model.nr_groups; g++) {
		struct group *group = engine->model.groups[g];
		unsigned int id = engine->spec->topology->groups[g].id;

		if (impl->claimed(group))
			return fail(engine, CLASS_LEAKY,
			    "leaked: group %u is still owned after its last release", id);
		if (!can_probe(engine, engine->model.devices[engine->model.first[g]]))
			return fail(engine, CLASS_LEAKY,
			    "leaked: group %u is idle, but refuses a probe", id);
		if (impl->group_claim(group, engine))
			return fail(engine, CLASS_LEAKY,
			    "leaked: group %u is idle, but refuses a claim", id);
		if (impl->group_release(group))
			return fail(engine, CLASS_UNSAFE,
			    "lost count: group %u cannot be released after a claim", id);
	}
	return false;
}

void audit_run(struct engine *engine)
{
	if (engine->spec->instance->about->class == CLASS_NONE)
		return; /* the ceiling provides no exclusion */
	if (find_conflict(engine) || find_imbalance(engine))
		return;
	find_leak(engine);
}
