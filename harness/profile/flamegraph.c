/* SPDX-License-Identifier: MIT */
#include "harness/profile/flamegraph.h"

#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"

/* Returns a copy with '?' for each byte that is not printable ASCII, because symbol tables may
 * contain any bytes. The caller frees it. */
static char *printable_name(const char *name)
{
	char *text = copy_text(name);

	for (char *c = text; *c; c++)
		*c = *c >= ' ' && *c < 127 ? *c : '?';
	return text;
}

static const char *kind_of(const struct perf_frame *frame)
{
	if (*frame->binary == '[')
		return "kernel";
	if (strstr(frame->binary, ".so") || !strcmp(frame->binary, "library"))
		return "libraries";
	return "ownbench";
}

static json_t *new_node(const char *name, const char *kind)
{
	return json_pack(
	    "{s:s, s:s, s:f, s:[]}", "name", name, "kind", kind, "weight", 0.0, "children");
}

json_t *flamegraph_create(void)
{
	return new_node("", "");
}

static void add_weight(json_t *node, double weight)
{
	json_real_set(json_object_get(node, "weight"), member_number(node, "weight") + weight);
}

/* Finds the child for a function, or adds it. Children are sorted by name, so that graphs of
 * similar runs have the same order. */
static json_t *child_of(json_t *node, const struct perf_frame *frame)
{
	json_t *children = json_object_get(node, "children"), *child;
	char *name = printable_name(frame->function);
	int order = 1;
	size_t i;

	json_array_foreach (children, i, child) {
		order = strcmp(member_text(child, "name"), name);
		if (order >= 0)
			break;
	}
	if (order || i == json_array_size(children))
		json_array_insert_new(children, i, new_node(name, kind_of(frame)));
	free(name);
	return json_array_get(children, i);
}

void flamegraph_add(void *graph, const struct perf_sample *sample)
{
	json_t *node = graph;

	add_weight(node, sample->weight);
	for (size_t i = sample->nr; i-- > 0;) {
		node = child_of(node, &sample->frames[i]);
		add_weight(node, sample->weight);
	}
}

static void set_shares(json_t *node, double total)
{
	json_t *child;
	size_t i;

	json_object_set_new(
	    node, "share", json_sprintf("%.2f%%", 100 * member_number(node, "weight") / total));
	json_array_foreach (json_object_get(node, "children"), i, child)
		set_shares(child, total);
}

json_t *flamegraph_json(json_t *graph, const char *title)
{
	const double weight = member_number(graph, "weight");

	set_shares(graph, weight);
	return json_pack("{s:s, s:f, s:O}", "title", title, "weight", weight, "stacks",
	    json_object_get(graph, "children"));
}
