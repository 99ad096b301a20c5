/* SPDX-License-Identifier: MIT */
#include "harness/measure/memory.h"

#include <errno.h>
#include <hwloc.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

struct memory {
	struct memory_request request;
	hwloc_topology_t topology;
};

void memory_text(const struct memory_request *request, char text[MEMORY_TEXT_MAX])
{
	static const char *const names[] = {"kernel", "local", "interleave"};

	if (request->policy == MEMORY_NODE)
		snprintf(text, MEMORY_TEXT_MAX, "node:%u", request->node);
	else
		snprintf(text, MEMORY_TEXT_MAX, "%s", names[request->policy]);
}

static int has_node(const struct memory *memory, struct error *err)
{
	hwloc_const_bitmap_t nodes = hwloc_topology_get_topology_nodeset(memory->topology);
	char text[MEMORY_TEXT_MAX];

	if (memory->request.policy != MEMORY_NODE ||
	    hwloc_bitmap_isset(nodes, memory->request.node))
		return 0;
	hwloc_bitmap_list_snprintf(text, sizeof(text), nodes);
	return error_set(err, "--memory=node:%u: no such NUMA node; this process may use nodes %s",
	    memory->request.node, text);
}

static int load_topology(struct memory *memory, struct error *err)
{
	int ret;

	if (hwloc_topology_init(&memory->topology))
		return error_set(err, "hwloc cannot start: not enough memory");
	if (hwloc_topology_load(memory->topology))
		ret = error_errno(err, "hwloc cannot read the machine's topology");
	else
		ret = has_node(memory, err);
	if (ret)
		hwloc_topology_destroy(memory->topology);
	return ret;
}

struct memory *memory_open(const struct memory_request *request, struct error *err)
{
	struct memory *memory = calloc(1, sizeof(*memory));

	if (!memory) {
		error_set(err, "not enough memory to describe the NUMA nodes");
		return NULL;
	}
	memory->request = *request;
	if (load_topology(memory, err)) {
		free(memory);
		return NULL;
	}
	return memory;
}

void memory_close(struct memory *memory)
{
	if (!memory)
		return;
	hwloc_topology_destroy(memory->topology);
	free(memory);
}

unsigned int memory_nr_nodes(const struct memory *memory)
{
	int nr = hwloc_bitmap_weight(hwloc_topology_get_topology_nodeset(memory->topology));

	return nr > 0 ? (unsigned int)nr : 1;
}

/* Returns the CPU's first local node. Its other local nodes have another kind of memory, such as
 * high-bandwidth memory. */
int memory_node_of(const struct memory *memory, int cpu)
{
	hwloc_obj_t node = NULL;

	if (memory->request.policy != MEMORY_LOCAL || memory_nr_nodes(memory) == 1)
		return -1;
	if (cpu < 0)
		cpu = sched_getcpu();
	while ((node = hwloc_get_next_obj_by_type(memory->topology, HWLOC_OBJ_NUMANODE, node))) {
		if (cpu >= 0 && hwloc_bitmap_isset(node->cpuset, (unsigned int)cpu))
			return (int)node->os_index;
	}
	return -1;
}

/* Returns the nodes to allocate on, or NULL if memory is short. The caller frees the set. */
static hwloc_bitmap_t nodes_of(const struct memory *memory, int cpu)
{
	hwloc_bitmap_t nodes =
	    hwloc_bitmap_dup(hwloc_topology_get_topology_nodeset(memory->topology));
	const int local = memory_node_of(memory, cpu);

	if (nodes && memory->request.policy == MEMORY_NODE)
		hwloc_bitmap_only(nodes, memory->request.node);
	if (nodes && local >= 0)
		hwloc_bitmap_only(nodes, (unsigned int)local);
	return nodes;
}

static hwloc_membind_policy_t policy_of(const struct memory *memory)
{
	return memory->request.policy == MEMORY_INTERLEAVE ? HWLOC_MEMBIND_INTERLEAVE
	                                                   : HWLOC_MEMBIND_BIND;
}

static const int strict = HWLOC_MEMBIND_BYNODESET | HWLOC_MEMBIND_STRICT;

/* Binds the area to the nodes for `cpu`, and migrates its pages there. If area is NULL, binds the
 * memory that the calling thread allocates from now on. */
static int bind_memory(const struct memory *memory, int cpu, void *area, size_t bytes)
{
	hwloc_bitmap_t nodes;
	int ret;

	if (memory_nr_nodes(memory) == 1)
		return 0;
	nodes = nodes_of(memory, cpu);
	if (!nodes)
		return -ENOMEM;
	ret = area ? hwloc_set_area_membind(memory->topology, area, bytes, nodes, policy_of(memory),
			 strict | HWLOC_MEMBIND_MIGRATE)
	           : hwloc_set_membind(
			 memory->topology, nodes, policy_of(memory), strict | HWLOC_MEMBIND_THREAD);
	ret = ret ? -errno : 0;
	hwloc_bitmap_free(nodes);
	return ret;
}

int memory_begin(const struct memory *memory, int cpu)
{
	return bind_memory(memory, cpu, NULL, 0);
}

int memory_place(const struct memory *memory, int cpu, void *area, size_t bytes)
{
	return bytes ? bind_memory(memory, cpu, area, bytes) : 0;
}

int memory_end(const struct memory *memory)
{
	if (memory_nr_nodes(memory) == 1)
		return 0;
	return hwloc_set_membind(memory->topology,
		   hwloc_topology_get_topology_nodeset(memory->topology), HWLOC_MEMBIND_DEFAULT,
		   HWLOC_MEMBIND_BYNODESET | HWLOC_MEMBIND_THREAD)
	           ? -errno
	           : 0;
}

void memory_where(
    const struct memory *memory, const void *area, size_t bytes, char text[MEMORY_TEXT_MAX])
{
	hwloc_bitmap_t nodes = hwloc_bitmap_alloc();

	text[0] = '\0';
	if (nodes && !hwloc_get_area_memlocation(
			 memory->topology, area, bytes, nodes, HWLOC_MEMBIND_BYNODESET))
		hwloc_bitmap_list_snprintf(text, MEMORY_TEXT_MAX, nodes);
	hwloc_bitmap_free(nodes);
}
