/* SPDX-License-Identifier: MIT */
/* Packages, cores, caches and NUMA nodes, by hwloc. */
#include <hwloc.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

static json_t *count_objects(hwloc_topology_t topology, hwloc_obj_type_t type)
{
	int nr = hwloc_get_nbobjs_by_type(topology, type);

	return nr > 0 ? json_integer(nr) : NULL;
}

static int is_same_cache(const json_t *cache, const char *name, hwloc_obj_t obj)
{
	return strcmp(json_string_value(json_object_get(cache, "name")), name) == 0 &&
	       json_integer_value(json_object_get(cache, "bytes")) ==
	           (json_int_t)obj->attr->cache.size &&
	       json_integer_value(json_object_get(cache, "line")) ==
	           (json_int_t)obj->attr->cache.linesize;
}

/* Counts equal caches in one entry, because a large machine has hundreds of caches. */
static void add_cache(json_t *caches, hwloc_obj_t obj)
{
	char name[16];
	json_t *cache;
	size_t i;

	hwloc_obj_type_snprintf(name, sizeof(name), obj, 0);
	json_array_foreach (caches, i, cache) {
		json_t *nr = json_object_get(cache, "count");

		if (is_same_cache(cache, name, obj)) {
			json_integer_set(nr, json_integer_value(nr) + 1);
			return;
		}
	}
	cache = json_object();
	env_put(cache, "name", json_string(name));
	env_put(cache, "bytes", json_integer((json_int_t)obj->attr->cache.size));
	env_put(cache, "line", json_integer((json_int_t)obj->attr->cache.linesize));
	env_put(cache, "cpus_each", json_integer(hwloc_bitmap_weight(obj->cpuset)));
	env_put(cache, "count", json_integer(1));
	json_array_append_new(caches, cache);
}

static json_t *list_caches(hwloc_topology_t topology)
{
	static const hwloc_obj_type_t types[] = {
	    HWLOC_OBJ_L1CACHE, HWLOC_OBJ_L2CACHE, HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L4CACHE};
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		hwloc_obj_t obj = NULL;

		while ((obj = hwloc_get_next_obj_by_type(topology, types[i], obj)))
			add_cache(list, obj);
	}
	return list;
}

static json_t *list_cpus(hwloc_const_bitmap_t set)
{
	char *text = NULL;

	if (hwloc_bitmap_list_asprintf(&text, set) < 0)
		return NULL;
	return env_string_own(text);
}

static json_t *describe_node(hwloc_obj_t obj)
{
	json_t *node = json_object();

	env_put(node, "node", json_integer(obj->os_index));
	env_put(node, "bytes", json_integer((json_int_t)obj->attr->numanode.local_memory));
	env_put(node, "cpus", list_cpus(obj->cpuset));
	return node;
}

static json_t *list_nodes(hwloc_topology_t topology)
{
	json_t *list = json_array();
	hwloc_obj_t obj = NULL;

	while ((obj = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, obj)))
		json_array_append_new(list, describe_node(obj));
	return list;
}

/* Returns the CPUs of each kind of core, slowest kind first; empty if all cores are equal. */
static json_t *list_cpu_kinds(hwloc_topology_t topology)
{
	int nr = hwloc_cpukinds_get_nr(topology, 0);
	hwloc_bitmap_t set = hwloc_bitmap_alloc();
	json_t *list = json_array();

	for (int i = 0; set && i < nr; i++)
		if (!hwloc_cpukinds_get_info(topology, (unsigned int)i, set, NULL, NULL, NULL, 0))
			json_array_append_new(list, list_cpus(set));
	hwloc_bitmap_free(set);
	return list;
}

static json_t *describe_topology(hwloc_topology_t topology)
{
	json_t *description = json_object();

	env_put(description, "packages", count_objects(topology, HWLOC_OBJ_PACKAGE));
	env_put(description, "numa_nodes", count_objects(topology, HWLOC_OBJ_NUMANODE));
	env_put(description, "cores", count_objects(topology, HWLOC_OBJ_CORE));
	env_put(description, "cpus", count_objects(topology, HWLOC_OBJ_PU));
	env_put(description, "kinds", list_cpu_kinds(topology));
	env_put(description, "caches", list_caches(topology));
	env_put(description, "nodes", list_nodes(topology));
	return description;
}

/* Describes the whole machine. "cpus.allowed" lists the CPUs that this process may use. */
json_t *env_topology(const struct env_root *root)
{
	const unsigned long flags = HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED;
	const int live = !*root->prefix;
	hwloc_topology_t topology;
	json_t *result = NULL;

	if ((!live && !root->topology) || hwloc_topology_init(&topology))
		return NULL;
	if (!hwloc_topology_set_flags(topology, flags) &&
	    (live || !hwloc_topology_set_synthetic(topology, root->topology)) &&
	    !hwloc_topology_load(topology))
		result = describe_topology(topology);
	hwloc_topology_destroy(topology);
	return result;
}

/* Returns whether SMT is on. If the kernel does not report it, SMT is on if there are more CPUs
 * than cores. */
json_t *env_smt(const struct env_root *root, const json_t *topology)
{
	json_t *active = env_read_integer(root, "/sys/devices/system/cpu/smt/active");
	json_t *cores = env_at(topology, "cores"), *cpus = env_at(topology, "cpus");
	int on = json_integer_value(active) > 0;

	if (!active && !(cores && cpus))
		return NULL;
	if (!active)
		on = json_integer_value(cpus) > json_integer_value(cores);
	json_decref(active);
	return json_boolean(on);
}
