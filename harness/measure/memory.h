/* SPDX-License-Identifier: MIT */
/* On which NUMA nodes the groups and devices of a run lie, by hwloc. */
#ifndef HARNESS_MEASURE_MEMORY_H
#define HARNESS_MEASURE_MEMORY_H

#include <stddef.h>

#include "harness/error.h"

enum memory_policy {
	MEMORY_KERNEL,     /* as the kernel does by itself */
	MEMORY_LOCAL,      /* the node of the CPU of the thread that uses it, see placement.h */
	MEMORY_INTERLEAVE, /* page by page over all nodes */
	MEMORY_NODE,       /* one node */
};

struct memory_request {
	enum memory_policy policy;
	unsigned int node; /* MEMORY_NODE: the operating system's number */
};

enum { MEMORY_TEXT_MAX = 128 };

/* "kernel", "local", "interleave" or "node:N". */
void memory_text(const struct memory_request *request, char text[MEMORY_TEXT_MAX]);

/* The machine's nodes, and what was asked for. */
struct memory;

/* To be closed. NULL with the error set: there is no such node, or hwloc cannot read the machine.
 */
struct memory *memory_open(const struct memory_request *request, struct error *err);
void memory_close(struct memory *memory);

/* Of this machine, as far as this process may use them. On one with a single node nothing has to be
 * placed, and begin, place and end below do nothing. */
unsigned int memory_nr_nodes(const struct memory *memory);

/* The node that MEMORY_LOCAL has for threads on this CPU, -1: on the caller's. By the other
 * policies the CPU does not matter, and on a single node: -1. */
int memory_node_of(const struct memory *memory, int cpu);

/*
 * For a thread on `cpu`, -1: not bound, for the caller. From begin to end, what the calling thread
 * touches first goes where it was asked for. place() moves what is in whole pages of its own. 0 or
 * a negative errno.
 */
int memory_begin(const struct memory *memory, int cpu);
int memory_place(const struct memory *memory, int cpu, void *area, size_t bytes);
int memory_end(const struct memory *memory);

/* The nodes that the area's pages really are on, "0-1"; empty where the kernel does not say. */
void memory_where(
    const struct memory *memory, const void *area, size_t bytes, char text[MEMORY_TEXT_MAX]);

#endif
