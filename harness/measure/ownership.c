/* SPDX-License-Identifier: MIT */
/* The engine's view of the family of group ownership. */
#include "harness/check/history.h"
#include "harness/measure/audit.h"
#include "harness/measure/engine.h"

static int create(struct engine *engine, const struct model_layout *layout, struct error *err)
{
	const struct run_spec *spec = engine->spec;

	return model_create_in(&engine->model, spec->instance->impl, spec->topology, layout, err);
}

static const char *race_name(size_t race)
{
	return race < nr_races ? races[race].name : NULL;
}

static void destroy(struct engine *engine)
{
	model_destroy(&engine->model);
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
	if (record->kind == SPEC_GROUP_CLAIM)
		op->owner = op->thread + 1u;
}

/* Adds what the main thread does to every group: it claims the group at the start if a user holds
 * all groups; at the end, it releases the group and calls claimed(). */
static int record_own(const struct engine *engine, struct history *h, uint64_t end)
{
	const struct impl_ops *impl = engine->spec->instance->impl;
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
    .race_name = race_name,
    .create = create,
    .destroy = destroy,
    .audit = audit_run,
    .recorded = recorded,
    .record_own = record_own,
    .batches = &ownership_batches,
};
