/* SPDX-License-Identifier: MIT */
#include "harness/results/flamegraph.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"

/* Pixels. A box too narrow to be seen is left out, with all above it. */
enum { WIDTH = 1200, MARGIN = 10, ROW = 17, HEAD = 44, FOOT = 30 };
static const double NARROWEST = 0.3;
static const double LETTER = 6.6; /* of the font at its size, on average */

enum kind { KIND_OURS, KIND_LIBRARY, KIND_KERNEL, KINDS };

static const struct {
	const char *name, *colour;
} kinds[KINDS] = {
    [KIND_OURS] = {"ownbench", "#f4a259"},
    [KIND_LIBRARY] = {"libraries", "#8cb369"},
    [KIND_KERNEL] = {"kernel", "#5b8e7d"},
};

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
	size_t depth; /* of the highest stack */
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
	if (sample->nr > graph->depth)
		graph->depth = sample->nr;
}

static void put_escaped(FILE *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len && text[i]; i++) {
		switch (text[i]) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		default:
			/* Neither control characters nor halves of a letter are XML. */
			fputc(text[i] >= ' ' && text[i] < 127 ? text[i] : '?', out);
		}
	}
}

struct drawing {
	FILE *out;
	double scale; /* pixels of a unit of weight */
	double total;
	double bottom;
};

static void put_box(const struct drawing *d, const struct node *node, double x, size_t level)
{
	const double width = node->weight * d->scale;
	const double y = d->bottom - (double)level * ROW;
	size_t letters = width > 3 * LETTER ? (size_t)((width - 4) / LETTER) : 0;
	bool cut = letters && letters < strlen(node->name);

	fputs("<g><title>", d->out);
	put_escaped(d->out, node->name, strlen(node->name));
	fprintf(d->out,
	    " (%s): %.2f%%</title><rect x=\"%.2f\" y=\"%.0f\" width=\"%.2f\" height=\"%d\" "
	    "rx=\"1\" fill=\"%s\"/>",
	    kinds[node->kind].name, 100 * node->weight / d->total, x, y, width, ROW - 1,
	    kinds[node->kind].colour);
	if (letters) {
		fprintf(d->out, "<text x=\"%.2f\" y=\"%.0f\">", x + 2, y + ROW - 5);
		put_escaped(d->out, node->name, cut ? letters - 1 : letters);
		fprintf(d->out, "%s</text>", cut ? "&#8230;" : "");
	}
	fputs("</g>\n", d->out);
}

static void draw_children(const struct drawing *d, const struct node *node, double x, size_t level)
{
	for (const struct node *child = node->children; child; child = child->next) {
		if (child->weight * d->scale >= NARROWEST) {
			put_box(d, child, x, level);
			draw_children(d, child, x, level + 1);
		}
		x += child->weight * d->scale;
	}
}

static void put_legend(FILE *out, int height)
{
	int x = MARGIN;

	for (int k = 0; k < KINDS; k++, x += 110)
		fprintf(out,
		    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>"
		    "<text x=\"%d\" y=\"%d\">%s</text>\n",
		    x, height - 22, kinds[k].colour, x + 17, height - 12, kinds[k].name);
	fprintf(out, "<text x=\"%d\" y=\"%d\">width: share of the time; hover for figures</text>\n",
	    x, height - 12);
}

static void draw(FILE *out, const struct flamegraph *graph, const char *title)
{
	const int height = HEAD + (int)graph->depth * ROW + FOOT;
	const struct drawing drawing = {
	    .out = out,
	    .scale = graph->root.weight > 0 ? (WIDTH - 2 * MARGIN) / graph->root.weight : 0,
	    .total = graph->root.weight,
	    .bottom = height - FOOT - ROW,
	};

	fprintf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
	    "viewBox=\"0 0 %d %d\">\n"
	    "<style>text{font:11px monospace;fill:#111;pointer-events:none}"
	    "g:hover rect{stroke:#111}</style>\n"
	    "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
	    "<text x=\"%d\" y=\"24\" style=\"font-size:14px\">",
	    WIDTH, height, WIDTH, height, MARGIN);
	put_escaped(out, title, strlen(title));
	fputs("</text>\n", out);
	draw_children(&drawing, &graph->root, MARGIN, 0);
	put_legend(out, height);
	fputs("</svg>\n", out);
}

int flamegraph_write(
    struct flamegraph *graph, const char *path, const char *title, struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int ret;

	if (!out)
		return error_set(err, "not enough memory to draw %s", path);
	draw(out, graph, title);
	if (fclose(out))
		ret = error_set(err, "not enough memory to draw %s", path);
	else
		ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}
