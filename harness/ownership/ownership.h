/* SPDX-License-Identifier: MIT */
/* Group ownership, as the engine's family "ownership". */
#ifndef HARNESS_OWNERSHIP_OWNERSHIP_H
#define HARNESS_OWNERSHIP_OWNERSHIP_H

#include "harness/measure/batches.h"
#include "harness/measure/family.h"
#include "harness/measure/run.h"
#include "harness/measure/worker.h"

extern const struct family family_ownership;
extern const struct batches ownership_batches;

/* What run_spec.own points to. */
struct ownership_spec {
	/* Makes the trace of thread `thread`: an array of *steps steps, a power of two unless the
	 * loop is LOOP_BIND, which the run frees. NULL with the error set. */
	uintptr_t *(*make_trace)(const struct run_spec *spec, const struct model *model,
	    unsigned int thread, size_t *steps, struct error *err);
};

static inline const struct impl_ops *ownership_ops(const struct instance *instance)
{
	return instance->ops;
}

#endif
