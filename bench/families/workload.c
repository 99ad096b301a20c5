/* SPDX-License-Identifier: MIT */
#include "bench/families/workload.h"

#include <string.h>

#include "bench/families/families.h"

const struct workload *workload_at(size_t i)
{
	for (size_t f = 0; f < nr_families; f++) {
		for (const struct workload *w = families[f]->workloads; w->name; w++) {
			if (!i--)
				return w;
		}
	}
	return NULL;
}

const struct workload *workload_find(const char *name)
{
	const struct workload *workload;

	for (size_t i = 0; (workload = workload_at(i)); i++) {
		if (!strcmp(workload->name, name))
			return workload;
	}
	return NULL;
}
