/* SPDX-License-Identifier: MIT */
/* The engine's family "ownership": group ownership. */
#include <stdlib.h>

#include "harness/check/history.h"
#include "harness/measure/engine.h"
#include "harness/ownership/audit.h"
#include "harness/ownership/ownership.h"
#include "harness/ownership/race.h"

static int create(struct engine *engine, const struct model_layout *layout, struct error *err)
{
	const struct run_spec *spec = engine->spec;

	return model_create_in(
	    &engine->model, ownership_ops(spec->instance), spec->topology, layout, err);
}

static const char *race_name(size_t race)
{
	return race < nr_races ? races[race].name : NULL;
}

static void prepare(struct engine_thread *thread)
{
	const struct engine *engine = thread->engine;
	const struct ownership_spec *own = engine->spec->own;
	struct error err;

	if (engine->spec->loop == LOOP_RACE)
		return;
	thread->trace =
	    own->make_trace(engine->spec, &engine->model, thread->number, &thread->steps, &err);
	if (!thread->trace)
		engine_die(thread->engine, "%s", err.text);
	thread->worker.trace = thread->trace;
	thread->worker.mask = thread->steps / (engine->spec->alternate_ns ? 2 : 1) - 1;
}

static void destroy(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		free(engine->threads[i].trace);
	model_destroy(&engine->model);
}

/* -- a user that owns every group while the threads run -- */

static void begin(struct engine *engine)
{
	const struct impl_ops *impl = ownership_ops(engine->spec->instance);

	for (size_t g = 0; engine->spec->user_holds && g < engine->model.nr_groups; g++) {
		if (impl->group_claim(engine->model.groups[g], engine))
			engine_die(engine, "a user cannot claim an idle group");
	}
}

static void ended(struct engine *engine)
{
	const struct impl_ops *impl = ownership_ops(engine->spec->instance);

	for (size_t g = 0; engine->spec->user_holds && g < engine->model.nr_groups; g++) {
		if (impl->group_release(engine->model.groups[g]))
			engine->threads[0].worker.tally.unpaired++;
	}
}

/* -- histories -- */

static uint32_t group_id(const struct engine *engine, const struct group *group)
{
	return engine->spec->topology->groups[model_group_index(&engine->model, group)].id;
}

static void recorded(
    const struct engine *engine, const struct record *record, struct history_op *op)
{
	op->group = group_id(engine, record->of);
	if (record->with)
		op->device = (uint32_t)model_device_index(&engine->model, record->with);
	if (record->kind == SPEC_GROUP_CLAIM || record->kind == SPEC_DEVICE_CLAIM)
		op->owner = op->thread + 1u;
}

/* Adds the main thread's operations on every group: at the end a query, and if a user holds all
 * groups, a claim at the start and a release before the query. */
static int record_own(const struct engine *engine, struct history *h, uint64_t end)
{
	const struct impl_ops *impl = ownership_ops(engine->spec->instance);
	int ret = 0;

	for (size_t g = 0; g < engine->model.nr_groups; g++) {
		struct group *group = engine->model.groups[g];
		struct history_op op = {
		    .group = group_id(engine, group), .thread = (uint16_t)engine->nr_threads};

		op.call = op.ret = 2 * g;
		op.kind = SPEC_GROUP_CLAIM;
		op.owner = engine->nr_threads + 1;
		if (engine->spec->user_holds)
			ret |= history_add(h, &op);
		op.call = op.ret = end + 4 * g;
		op.kind = SPEC_GROUP_RELEASE;
		op.owner = 0;
		if (engine->spec->user_holds)
			ret |= history_add(h, &op);
		op.call = op.ret = end + 4 * g + 2;
		op.kind = SPEC_CLAIMED;
		op.result = impl->claimed(group);
		ret |= history_add(h, &op);
	}
	return ret;
}

const struct family family_ownership = {
    .name = "ownership",
    .summary = "which side owns the DMA of a group of devices",
    .best = CLASS_EXACT,
    .race_name = race_name,
    .create = create,
    .destroy = destroy,
    .prepare = prepare,
    .begin = begin,
    .ended = ended,
    .audit = audit_run,
    .recorded = recorded,
    .record_own = record_own,
    .batches = &ownership_batches,
};
