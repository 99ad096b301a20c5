/* SPDX-License-Identifier: MIT */
#include "harness/profile/flamegraph.h"

#include <stdlib.h>
#include <string.h>

enum kind { KIND_OURS, KIND_LIBRARY, KIND_KERNEL, KINDS };

static const char *const kind_names[KINDS] = {
    [KIND_OURS] = "ownbench", [KIND_LIBRARY] = "libraries", [KIND_KERNEL] = "kernel"};

/* A function called by those below it; its siblings are a list. */
struct node {
	char *name;
	enum kind kind;
	double weight; /* with all above it */
	struct node *children;
	struct node *next;
};

struct flamegraph {
	struct node root;
};

struct flamegraph *flamegraph_create(void)
{
	return calloc(1, sizeof(struct flamegraph));
}

static void free_children(struct node *node)
{
	struct node *child = node->children;

	while (child) {
		struct node *next = child->next;

		free_children(child);
		free(child->name);
		free(child);
		child = next;
	}
}

void flamegraph_destroy(struct flamegraph *graph)
{
	if (graph)
		free_children(&graph->root);
	free(graph);
}

static enum kind kind_of(const struct perf_frame *frame)
{
	if (*frame->binary == '[')
		return KIND_KERNEL;
	if (strstr(frame->binary, ".so") || !strcmp(frame->binary, "library"))
		return KIND_LIBRARY;
	return KIND_OURS;
}

/* By name, so that the same function always stands at the same place. */
static struct node *child_of(struct node *node, const struct perf_frame *frame)
{
	struct node **at = &node->children;
	struct node *child;

	while (*at && strcmp((*at)->name, frame->function) < 0)
		at = &(*at)->next;
	if (*at && !strcmp((*at)->name, frame->function))
		return *at;
	child = calloc(1, sizeof(*child));
	if (!child)
		return NULL;
	child->name = strdup(frame->function);
	if (!child->name) {
		free(child);
		return NULL;
	}
	child->kind = kind_of(frame);
	child->next = *at;
	*at = child;
	return child;
}

void flamegraph_add(void *arg, const struct perf_sample *sample)
{
	struct flamegraph *graph = arg;
	struct node *node = &graph->root;

	node->weight += sample->weight;
	for (size_t i = sample->nr; i-- > 0;) {
		node = child_of(node, &sample->frames[i]);
		if (!node)
			return;
		node->weight += sample->weight;
	}
}

/* Names come from symbol tables: what is not a printable character of ASCII is '?'. */
static json_t *name_json(const char *name)
{
	char *text = strdup(name);
	json_t *json;

	for (char *c = text; c && *c; c++)
		*c = *c >= ' ' && *c < 127 ? *c : '?';
	json = text ? json_string(text) : NULL;
	free(text);
	return json;
}

static json_t *node_json(const struct node *node, double total)
{
	json_t *children = json_array();

	for (const struct node *child = node->children; child; child = child->next)
		json_array_append_new(children, node_json(child, total));
	return json_pack("{s:o, s:s, s:f, s:o, s:o}", "name", name_json(node->name), "kind",
	    kind_names[node->kind], "weight", node->weight, "share",
	    json_sprintf("%.2f%%", 100 * node->weight / total), "children", children);
}

json_t *flamegraph_json(const struct flamegraph *graph, const char *title)
{
	json_t *stacks = json_array();

	for (const struct node *node = graph->root.children; node; node = node->next)
		json_array_append_new(stacks, node_json(node, graph->root.weight));
	return json_pack(
	    "{s:s, s:f, s:o}", "title", title, "weight", graph->root.weight, "stacks", stacks);
}
