/* SPDX-License-Identifier: MIT */
/* NUMA placement of a run's groups and devices, by hwloc. */
#ifndef HARNESS_MEASURE_MEMORY_H
#define HARNESS_MEASURE_MEMORY_H

#include <stddef.h>

#include "harness/error.h"

enum memory_policy {
	MEMORY_KERNEL,     /* the kernel's default policy */
	MEMORY_LOCAL,      /* the node of the thread that uses the memory, see placement.h */
	MEMORY_INTERLEAVE, /* all nodes in turn, page by page */
	MEMORY_NODE,       /* one node */
};

struct memory_request {
	enum memory_policy policy;
	unsigned int node; /* MEMORY_NODE: the OS number of the node */
};

enum { MEMORY_TEXT_MAX = 128 };

/* Formats the request as "kernel", "local", "interleave" or "node:N". */
void memory_text(const struct memory_request *request, char text[MEMORY_TEXT_MAX]);

/* The machine's nodes, and the request. */
struct memory;

/* Opens the machine's nodes for the request. Returns NULL with the error set if the node does not
 * exist, or if hwloc cannot read the topology. The caller closes it. */
struct memory *memory_open(const struct memory_request *request, struct error *err);
void memory_close(struct memory *memory);

/* Returns the number of nodes that this process may use. If there is only one, nothing has to be
 * placed, and memory_begin(), memory_place() and memory_end() do nothing. */
unsigned int memory_nr_nodes(const struct memory *memory);

/* Returns the node that MEMORY_LOCAL uses for a thread on `cpu`; -1 stands for the caller's CPU.
 * Returns -1 for the other policies, and if there is only one node. */
int memory_node_of(const struct memory *memory, int cpu);

/*
 * Place memory for a thread on `cpu`; -1 stands for the caller's CPU. Between memory_begin() and
 * memory_end(), pages that the calling thread touches first go to the requested nodes.
 * memory_place() binds and migrates an area that consists of whole pages. Return 0 or a negative
 * errno.
 */
int memory_begin(const struct memory *memory, int cpu);
int memory_place(const struct memory *memory, int cpu, void *area, size_t bytes);
int memory_end(const struct memory *memory);

/* Formats the nodes that hold the area's pages, such as "0-1". Empty if the kernel does not report
 * them. */
void memory_where(
    const struct memory *memory, const void *area, size_t bytes, char text[MEMORY_TEXT_MAX]);

#endif
