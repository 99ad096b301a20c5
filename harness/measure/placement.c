/* SPDX-License-Identifier: MIT */
#include "harness/measure/placement.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/model/bus.h"

/* Returns the index of the part for `node`. If there is none, adds one, to be placed for `cpu`. */
static unsigned int find_part(struct placement *p, int *nodes, int node, int cpu)
{
	for (unsigned int i = 0; i < p->nr_parts; i++) {
		if (nodes[i] == node)
			return i;
	}
	nodes[p->nr_parts] = node;
	p->cpu[p->nr_parts] = cpu;
	return p->nr_parts++;
}

int placement_make(struct placement *placement, const struct memory *memory,
    const struct pin_plan *pins, struct error *err)
{
	const unsigned int nr = pins->nr_threads;
	int *nodes = calloc(nr, sizeof(*nodes));

	*placement = (struct placement){.memory = memory,
	    .nr_threads = nr,
	    .part = calloc(nr, sizeof(*placement->part)),
	    .cpu = calloc(nr, sizeof(*placement->cpu))};
	if (!nodes || !placement->part || !placement->cpu) {
		free(nodes);
		placement_free(placement);
		return error_set(err, "not enough memory for the placement of %u threads", nr);
	}
	for (unsigned int t = 0; t < nr; t++) {
		const int cpu = pins->cpus[t];
		const int node = memory && cpu >= 0 ? memory_node_of(memory, cpu) : -1;

		placement->part[t] = find_part(placement, nodes, node, cpu);
	}
	free(nodes);
	return 0;
}

void placement_free(struct placement *placement)
{
	free(placement->part);
	free(placement->cpu);
	*placement = (struct placement){0};
}

/* Returns the lowest-numbered thread that uses a device in [first, end), or 0 if the range is
 * empty. Thread d % nr_threads uses device d. */
static size_t first_thread(size_t nr_threads, size_t first, size_t end)
{
	const size_t nr = end - first, of_first = first % nr_threads;

	return !nr || of_first + nr > nr_threads ? 0 : of_first;
}

static unsigned int part_of(const void *arg, size_t first, size_t end)
{
	const struct placement *placement = arg;

	return placement->part[first_thread(placement->nr_threads, first, end)];
}

static int enter_part(const void *arg, unsigned int part, struct error *err)
{
	return placement_begin(arg, part, err);
}

struct model_layout placement_layout(const struct placement *placement)
{
	return (struct model_layout){
	    .alignment = placement->memory ? (size_t)sysconf(_SC_PAGESIZE) : BUS_ALIGN,
	    .nr_parts = placement->nr_parts,
	    .part_of = part_of,
	    .enter = enter_part,
	    .arg = placement};
}

static int refuse_placement(int ret, struct error *err)
{
	return ret ? error_set(
			 err, "cannot place memory on the requested NUMA nodes: %s", strerror(-ret))
	           : 0;
}

int placement_begin(const struct placement *placement, unsigned int part, struct error *err)
{
	return placement->memory
	           ? refuse_placement(memory_begin(placement->memory, placement->cpu[part]), err)
	           : 0;
}

int placement_end(const struct placement *placement, const struct model *model, struct error *err)
{
	const struct memory *memory = placement->memory;
	int ret = 0;

	if (!memory)
		return 0;
	for (unsigned int p = 0; !ret && p < model->nr_parts; p++)
		ret = memory_place(
		    memory, placement->cpu[p], model->parts[p].groups, model->parts[p].bytes);
	return refuse_placement(ret ? ret : memory_end(memory), err);
}
