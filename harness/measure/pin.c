/* SPDX-License-Identifier: MIT */
#include "harness/measure/pin.h"

#include <errno.h>
#include <hwloc.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>

unsigned int pin_nr_cpus(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return 1; /* more CPUs than cpu_set_t can hold */
	return (unsigned int)CPU_COUNT(&set);
}

/* Restricts the topology to the CPUs of the calling thread. hwloc's own flag for this,
 * RESTRICT_TO_CPUBINDING, does nothing if another thread may use more CPUs, as under qemu-user. */
static int restrict_topology(hwloc_topology_t topology)
{
	hwloc_bitmap_t cpus = hwloc_bitmap_alloc();
	int ret = cpus && !hwloc_get_cpubind(topology, cpus, HWLOC_CPUBIND_THREAD)
	              ? hwloc_topology_restrict(topology, cpus, 0)
	              : -1;

	hwloc_bitmap_free(cpus);
	return ret;
}

static int load_topology(hwloc_topology_t *topology, struct error *err)
{
	if (hwloc_topology_init(topology))
		return error_set(err, "hwloc cannot start: not enough memory");
	if (hwloc_topology_set_flags(*topology, HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM) ||
	    hwloc_topology_load(*topology) || restrict_topology(*topology)) {
		hwloc_topology_destroy(*topology);
		return error_errno(err, "hwloc cannot read the machine's topology");
	}
	return 0;
}

/* Assigns the CPUs of all objects of a type to threads, in hwloc's order, in which neighbours are
 * adjacent. Returns the number of objects. */
static unsigned int cpus_of(hwloc_topology_t topology, hwloc_obj_type_t type, struct pin_plan *plan)
{
	int found = hwloc_get_nbobjs_by_type(topology, type);
	unsigned int nr = found > 0 ? (unsigned int)found : 0;

	for (unsigned int i = 0; i < plan->nr_threads && i < nr; i++) {
		hwloc_obj_t obj = hwloc_get_obj_by_type(topology, type, i);

		plan->cpus[i] = hwloc_bitmap_first(obj->cpuset);
	}
	return nr;
}

static unsigned int spread_cpus(hwloc_topology_t topology, struct pin_plan *plan, struct error *err)
{
	hwloc_obj_t root = hwloc_get_root_obj(topology);
	unsigned int nr = (unsigned int)hwloc_bitmap_weight(root->cpuset);
	hwloc_bitmap_t *sets;

	if (nr > plan->nr_threads)
		nr = plan->nr_threads;
	sets = calloc(nr, sizeof(hwloc_bitmap_t));
	if (!sets || hwloc_distrib(topology, &root, 1, sets, nr, INT_MAX, 0)) {
		free(sets);
		error_set(err, "hwloc cannot spread %u threads over the CPUs", nr);
		return 0;
	}
	for (unsigned int i = 0; i < nr; i++) {
		plan->cpus[i] = hwloc_bitmap_first(sets[i]);
		hwloc_bitmap_free(sets[i]);
	}
	free(sets);
	return nr;
}

static unsigned int fill_first_round(
    hwloc_topology_t topology, enum pin_policy policy, struct pin_plan *plan, struct error *err)
{
	unsigned int nr;

	if (policy == PIN_SCATTER)
		return spread_cpus(topology, plan, err);
	nr = cpus_of(topology, policy == PIN_CORE ? HWLOC_OBJ_CORE : HWLOC_OBJ_PU, plan);
	if (!nr && policy == PIN_CORE) /* this machine does not report its cores */
		nr = cpus_of(topology, HWLOC_OBJ_PU, plan);
	if (!nr)
		error_set(err, "hwloc finds no CPU that this process may use");
	return nr;
}

int pin_plan_make(
    struct pin_plan *plan, enum pin_policy policy, unsigned int nr_threads, struct error *err)
{
	hwloc_topology_t topology;
	unsigned int nr;

	*plan = (struct pin_plan){.nr_threads = nr_threads, .nr_cpus = pin_nr_cpus()};
	plan->cpus = malloc(nr_threads * sizeof(*plan->cpus));
	if (!plan->cpus)
		return error_set(err, "not enough memory for %u threads", nr_threads);
	if (policy == PIN_NONE) {
		for (unsigned int i = 0; i < nr_threads; i++)
			plan->cpus[i] = -1;
		return 0;
	}
	if (load_topology(&topology, err)) {
		pin_plan_free(plan);
		return -1;
	}
	nr = fill_first_round(topology, policy, plan, err);
	hwloc_topology_destroy(topology);
	if (!nr) {
		pin_plan_free(plan);
		return -1;
	}
	plan->nr_cpus = nr;
	for (unsigned int i = nr; i < nr_threads; i++)
		plan->cpus[i] = plan->cpus[i - nr];
	return 0;
}

void pin_plan_free(struct pin_plan *plan)
{
	free(plan->cpus);
	plan->cpus = NULL;
}

int pin_thread(int cpu)
{
	cpu_set_t *set;
	size_t size;
	int ret;

	if (cpu < 0)
		return 0;
	set = CPU_ALLOC((size_t)cpu + 1);
	if (!set)
		return -ENOMEM;
	size = CPU_ALLOC_SIZE((size_t)cpu + 1);
	CPU_ZERO_S(size, set);
	CPU_SET_S((size_t)cpu, size, set);
	ret = -pthread_setaffinity_np(pthread_self(), size, set);
	CPU_FREE(set);
	return ret;
}
