/* SPDX-License-Identifier: MIT */
#include "harness/profile/hot_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A row of the table of lines or the table of functions. */
struct place {
	char *function;
	char *where;       /* source file if there is a line, else the binary */
	unsigned int line; /* 0: no line, or unknown */
	double weight;
};

struct places {
	struct place *list;
	size_t nr;
};

struct hot_lines {
	char *top;
	char *file;
	char *event; /* event name of the first sample */
	struct places lines;
	struct places functions;
	double weight;
	size_t samples;
};

struct hot_lines *hot_lines_create(const char *top, const char *file)
{
	struct hot_lines *hot = calloc(1, sizeof(*hot));

	if (!hot)
		return NULL;
	hot->top = strdup(top);
	hot->file = strdup(file);
	if (hot->top && hot->file)
		return hot;
	hot_lines_destroy(hot);
	return NULL;
}

static void free_places(struct places *places)
{
	for (size_t i = 0; i < places->nr; i++) {
		free(places->list[i].function);
		free(places->list[i].where);
	}
	free(places->list);
}

void hot_lines_destroy(struct hot_lines *hot)
{
	if (!hot)
		return;
	free_places(&hot->lines);
	free_places(&hot->functions);
	free(hot->top);
	free(hot->file);
	free(hot->event);
	free(hot);
}

/* Returns the length of the path in `out` without its last component. */
static size_t parent_length(const char *out, size_t used)
{
	while (used && out[used - 1] != '/')
		used--;
	return used ? used - 1 : 0;
}

char *source_path(const char *top, const char *path)
{
	const size_t len = strlen(top);
	char *out = malloc(strlen(path) + 2);
	size_t used = 0;

	if (!out)
		return NULL;
	for (const char *at = path; *at;) {
		size_t part = strcspn(at, "/");

		if (part == 2 && !strncmp(at, "..", 2)) {
			used = parent_length(out, used);
		} else if (part && !(part == 1 && *at == '.')) {
			if (used || *path == '/')
				out[used++] = '/';
			memcpy(out + used, at, part);
			used += part;
		}
		at += part + (at[part] == '/');
	}
	out[used] = '\0';
	if (!strncmp(out, top, len) && out[len] == '/')
		memmove(out, out + len + 1, strlen(out + len + 1) + 1);
	return out;
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return *path != '[' && slash ? slash + 1 : path;
}

static void add_to(struct places *places, const char *function, const char *where,
    unsigned int line, double weight)
{
	struct place *grown;

	for (size_t i = 0; i < places->nr; i++) {
		struct place *p = &places->list[i];

		if (p->line == line && !strcmp(p->function, function) && !strcmp(p->where, where)) {
			p->weight += weight;
			return;
		}
	}
	grown = realloc(places->list, (places->nr + 1) * sizeof(*grown));
	if (!grown)
		return;
	places->list = grown;
	grown[places->nr++] = (struct place){strdup(function), strdup(where), line, weight};
}

/* Returns the frame that the sample is charged to, or NULL. Sets *path to its source file, relative
 * to the top directory; the caller frees it. */
static const struct perf_frame *find_line(
    const struct hot_lines *hot, const struct perf_sample *sample, char **path)
{
	const struct perf_frame *found = NULL;

	*path = NULL;
	for (size_t i = 0; i < sample->nr; i++) {
		const struct perf_frame *frame = &sample->frames[i];
		char *here = frame->file ? source_path(hot->top, frame->file) : NULL;
		bool own = here && !strcmp(here, hot->file);

		/* A relative path from source_path() is one below the top directory. */
		if (own || (here && !found && *frame->file == '/' && *here != '/')) {
			free(*path);
			*path = here;
			found = frame;
		} else {
			free(here);
		}
		if (own)
			break;
	}
	return found;
}

void hot_lines_add(void *arg, const struct perf_sample *sample)
{
	struct hot_lines *hot = arg;
	const struct perf_frame *leaf = &sample->frames[0];
	const struct perf_frame *frame;
	char *path;

	if (!hot->samples++)
		hot->event = strdup(sample->event);
	hot->weight += sample->weight;
	if (!sample->nr)
		return;
	frame = find_line(hot, sample, &path);
	if (frame)
		add_to(&hot->lines, frame->function, path, frame->line, sample->weight);
	else
		add_to(&hot->lines, leaf->function, last_part(leaf->binary), 0, sample->weight);
	add_to(&hot->functions, leaf->function, last_part(leaf->binary), 0, sample->weight);
	free(path);
}

size_t hot_lines_samples(const struct hot_lines *hot)
{
	return hot->samples;
}

double hot_lines_weight(const struct hot_lines *hot)
{
	return hot->weight;
}

const char *hot_lines_event(const struct hot_lines *hot)
{
	return hot->event;
}

static int by_weight(const void *a, const void *b)
{
	const struct place *p = a, *q = b;

	return (p->weight < q->weight) - (p->weight > q->weight);
}

/* Returns the text of the line without its indentation, or NULL if the file cannot be read. The
 * caller frees it. */
static char *source_line(const struct hot_lines *hot, const struct place *place)
{
	char *path = NULL, *text = NULL;
	unsigned int number = 0;
	size_t size = 0;
	FILE *file;

	if (asprintf(&path, "%s/%s", hot->top, place->where) < 0)
		return NULL;
	file = fopen(path, "re");
	free(path);
	while (file && number < place->line && getline(&text, &size, file) >= 0)
		number++;
	if (file)
		fclose(file);
	if (!number || number < place->line) {
		free(text);
		return NULL;
	}
	text[strcspn(text, "\n")] = '\0';
	memmove(text, text + strspn(text, " \t"), strlen(text + strspn(text, " \t")) + 1);
	return text;
}

static int longest_function(const struct places *places, size_t rows)
{
	size_t width = strlen("function");

	for (size_t i = 0; i < places->nr && i < rows; i++) {
		size_t len = strlen(places->list[i].function);

		width = len > width ? len : width;
	}
	return (int)(width < 40 ? width : 40);
}

static void print_place(
    FILE *out, const struct hot_lines *hot, const struct place *place, int width)
{
	char *text = place->line ? source_line(hot, place) : NULL;
	char where[128];

	if (place->line)
		snprintf(where, sizeof(where), "%s:%u", place->where, place->line);
	else
		snprintf(where, sizeof(where), "%s",
		    strcmp(place->where, "[kernel.kallsyms]") ? place->where : "kernel");
	fprintf(out, "  %5.1f%%  %-*.*s  %-*s%s%.60s\n", 100 * place->weight / hot->weight, width,
	    width, place->function, text ? 28 : 0, where, text ? "  " : "", text ? text : "");
	free(text);
}

static void print_table(FILE *out, const struct hot_lines *hot, const struct places *places,
    size_t rows, const char *heading)
{
	const int width = longest_function(places, rows);

	if (places->nr)
		qsort(places->list, places->nr, sizeof(*places->list), by_weight);
	fprintf(out, "  %6s  %-*s  %s\n", "time", width, "function", heading);
	for (size_t i = 0; i < places->nr && i < rows; i++)
		print_place(out, hot, &places->list[i], width);
}

void hot_lines_print(FILE *out, struct hot_lines *hot, size_t rows)
{
	print_table(out, hot, &hot->lines, rows, "line, including its callees");
	fputc('\n', out);
	print_table(out, hot, &hot->functions, rows, "binary, excluding callees");
}
