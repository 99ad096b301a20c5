/* SPDX-License-Identifier: MIT */
/* NUMA placement of a run's groups and devices, using hwloc. */
#ifndef HARNESS_MEASURE_MEMORY_H
#define HARNESS_MEASURE_MEMORY_H

#include <stddef.h>

#include "harness/error.h"

enum memory_policy {
	MEMORY_KERNEL,     /* the kernel's default policy */
	MEMORY_LOCAL,      /* the node of the thread that uses the memory, see placement.h */
	MEMORY_INTERLEAVE, /* all nodes in turn, one page each */
	MEMORY_NODE,       /* one node */
};

struct memory_request {
	enum memory_policy policy;
	unsigned int node; /* MEMORY_NODE: the OS number of the node */
};

enum { MEMORY_TEXT_MAX = 128 };

/* Formats the request as "kernel", "local", "interleave" or "node:N". */
void memory_text(const struct memory_request *request, char text[MEMORY_TEXT_MAX]);

/* A request, and the machine's NUMA nodes. */
struct memory;

/* Reads the machine's NUMA nodes. Returns NULL with the error set if the requested node does not
 * exist, or if hwloc fails. The caller closes the result. */
struct memory *memory_open(const struct memory_request *request, struct error *err);
void memory_close(struct memory *memory);

/* Returns the number of nodes that this process may use. If there is only one, memory_begin(),
 * memory_place() and memory_end() do nothing. */
unsigned int memory_nr_nodes(const struct memory *memory);

/* Returns the node on which MEMORY_LOCAL places the memory of a thread on `cpu` (-1: the caller's
 * CPU). Returns -1 for other policies, and if there is only one node. */
int memory_node_of(const struct memory *memory, int cpu);

/*
 * Place the memory of a thread on `cpu` (-1: the caller's CPU). Between memory_begin() and
 * memory_end(), pages that the calling thread touches first go to the requested nodes.
 * memory_place() binds an area of whole pages, and migrates the pages. All return 0 or a negative
 * errno.
 */
int memory_begin(const struct memory *memory, int cpu);
int memory_place(const struct memory *memory, int cpu, void *area, size_t bytes);
int memory_end(const struct memory *memory);

/* Lists the nodes that hold the area's pages, such as "0-1"; empty if they are unknown. */
void memory_where(
    const struct memory *memory, const void *area, size_t bytes, char text[MEMORY_TEXT_MAX]);

#endif
