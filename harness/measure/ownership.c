/* SPDX-License-Identifier: MIT */
/* Group ownership, as the engine sees it. */
#include "harness/check/audit.h"
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

const struct family family_ownership = {
    .name = "ownership",
    .summary = "which side owns the DMA of a group of devices",
    .race_name = race_name,
    .create = create,
    .destroy = destroy,
    .audit = audit_run,
    .batches = &ownership_batches,
};
