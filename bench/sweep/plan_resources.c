/* SPDX-License-Identifier: MIT */
#include "bench/sweep/plan_resources.h"

#include <stdlib.h>
#include <string.h>

#include "bench/report/data_dir.h"
#include "harness/memory.h"

/* The default topology on a machine without IOMMU groups. */
#define DEFAULT_TOPOLOGY "amd-x570-matisse.find.txt"

static struct topology *new_topology(struct plan *plan)
{
	struct topology *topology = allocate(1, sizeof(*topology));

	plan->topologies =
	    reallocate(plan->topologies, plan->nr_topologies + 1, sizeof(*plan->topologies));
	plan->topologies[plan->nr_topologies] = topology;
	return topology;
}

const struct topology *plan_uniform_topology(
    struct plan *plan, unsigned int groups, unsigned int devices, struct error *err)
{
	struct topology *topology;

	for (size_t i = 0; i < plan->nr_topologies; i++) {
		topology = plan->topologies[i];
		if (!strcmp(topology->name, "uniform") && topology->nr_groups == groups &&
		    topology->largest == devices)
			return topology;
	}
	topology = new_topology(plan);
	if (topology_uniform(groups, devices, topology, err)) {
		free(topology);
		return NULL;
	}
	plan->nr_topologies++;
	return topology;
}

const struct topology *plan_listed_topology(struct plan *plan, const char *path, struct error *err)
{
	struct topology *topology = new_topology(plan);

	if (topology_load(path, topology, err)) {
		free(topology);
		return NULL;
	}
	for (size_t i = 0; i < plan->nr_topologies; i++) {
		if (!strcmp(plan->topologies[i]->name, topology->name)) {
			topology_free(topology);
			free(topology);
			return plan->topologies[i];
		}
	}
	plan->nr_topologies++;
	return topology;
}

const struct topology *plan_real_topology(struct plan *plan, const char *path, struct error *err)
{
	struct data_path shipped;
	struct topology *topology;

	for (size_t i = 0; i < plan->nr_topologies; i++) {
		if (strcmp(plan->topologies[i]->name, "uniform"))
			return plan->topologies[i];
	}
	shipped = data_path("results/topologies/" DEFAULT_TOPOLOGY);
	topology = new_topology(plan);
	if (!path && !topology_load("sysfs", topology, err)) {
		plan->nr_topologies++;
		return topology;
	}
	if (topology_load(path ? path : shipped.s, topology, err)) {
		free(topology);
		return NULL;
	}
	plan->nr_topologies++;
	return topology;
}

const struct pin_plan *plan_pins(
    struct plan *plan, enum pin_policy policy, unsigned int threads, struct error *err)
{
	struct pin_plan *pins;

	for (size_t i = 0; i < plan->nr_pins; i++) {
		if (plan->pins[i]->nr_threads == threads)
			return plan->pins[i];
	}
	pins = allocate(1, sizeof(*pins));
	if (pin_plan_make(pins, policy, threads, err)) {
		free(pins);
		return NULL;
	}
	plan->pins = reallocate(plan->pins, plan->nr_pins + 1, sizeof(struct pin_plan *));
	plan->pins[plan->nr_pins++] = pins;
	return pins;
}

void plan_resources_free(struct plan *plan)
{
	for (size_t i = 0; i < plan->nr_topologies; i++) {
		topology_free(plan->topologies[i]);
		free(plan->topologies[i]);
	}
	free(plan->topologies);
	for (size_t i = 0; i < plan->nr_pins; i++) {
		pin_plan_free(plan->pins[i]);
		free(plan->pins[i]);
	}
	free(plan->pins);
}
