/* SPDX-License-Identifier: MIT */
/* The engine's family "ownership". */
#ifndef HARNESS_OWNERSHIP_OWNERSHIP_H
#define HARNESS_OWNERSHIP_OWNERSHIP_H

#include "harness/measure/batches.h"
#include "harness/measure/family.h"
#include "harness/measure/run.h"
#include "harness/measure/worker.h"

extern const struct family family_ownership;
extern const struct batches ownership_batches;

/* run_spec.own points to this. */
struct ownership_spec {
	/* Returns the trace of thread `thread`, or NULL with the error set. The caller frees the
	 * trace. Sets *steps to its length, which is a power of two unless the loop is
	 * LOOP_BIND. */
	uintptr_t *(*make_trace)(const struct run_spec *spec, const struct model *model,
	    unsigned int thread, size_t *steps, struct error *err);
};

static inline const struct impl_ops *ownership_ops(const struct instance *instance)
{
	return instance->ops;
}

#endif
