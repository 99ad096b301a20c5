/* SPDX-License-Identifier: MIT */
#include "harness/show/sections.h"

#include <stdarg.h>
#include <stdlib.h>

#include "harness/show/text.h"

struct section {
	enum section_kind kind;
	char *heading;
	char **lines;
	size_t nr, shown;
};

struct sections {
	struct section *list;
	size_t nr;
};

struct sections *sections_create(void)
{
	struct sections *sections = calloc(1, sizeof(*sections));

	if (!sections)
		abort();
	return sections;
}

static void free_section(struct section *section)
{
	for (size_t i = 0; i < section->nr; i++)
		free(section->lines[i]);
	free(section->lines);
	free(section->heading);
}

void sections_free(struct sections *sections)
{
	for (size_t i = 0; i < sections->nr; i++)
		free_section(&sections->list[i]);
	free(sections->list);
	free(sections);
}

static char *format_text(const char *format, va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0)
		abort();
	return text;
}

void sections_add(struct sections *sections, enum section_kind kind, const char *format, ...)
{
	va_list arguments;

	sections->list = realloc(sections->list, (sections->nr + 1) * sizeof(*sections->list));
	if (!sections->list)
		abort();
	va_start(arguments, format);
	sections->list[sections->nr++] =
	    (struct section){.kind = kind, .heading = format_text(format, arguments)};
	va_end(arguments);
}

static struct section *last_section(const struct sections *sections)
{
	return &sections->list[sections->nr - 1];
}

void sections_line(struct sections *sections, const char *format, ...)
{
	struct section *section = last_section(sections);
	va_list arguments;

	section->lines = realloc(section->lines, (section->nr + 1) * sizeof(*section->lines));
	if (!section->lines)
		abort();
	va_start(arguments, format);
	section->lines[section->nr++] = format_text(format, arguments);
	va_end(arguments);
}

bool sections_is_empty(const struct sections *sections)
{
	return !last_section(sections)->nr;
}

void sections_drop_empty(struct sections *sections)
{
	if (!sections_is_empty(sections))
		return;
	free_section(last_section(sections));
	sections->nr--;
}

/* The heading, what is shown, and how much is not. */
static size_t section_height(const struct section *section)
{
	return 1 + section->shown + (section->shown < section->nr);
}

/* The longest of a kind; NULL if none has more than one line. */
static struct section *longest_section(struct sections *sections, enum section_kind kind)
{
	struct section *longest = NULL;

	for (size_t i = 0; i < sections->nr; i++) {
		struct section *section = &sections->list[i];

		if (section->kind == kind && section->shown > 1 &&
		    (!longest || section->shown > longest->shown))
			longest = section;
	}
	return longest;
}

static struct section *section_to_shorten(struct sections *sections)
{
	struct section *section = longest_section(sections, SECTION_DETAIL);

	return section ? section : longest_section(sections, SECTION_PLAIN);
}

/*
 * Takes lines of the longest sections until everything fits, and if that is not enough, whole
 * sections from the end. Returns the number of sections to print.
 */
static size_t fit_sections(struct sections *sections, size_t most_lines)
{
	size_t height = 0, nr = sections->nr;
	struct section *section;

	for (size_t i = 0; i < sections->nr; i++) {
		sections->list[i].shown = sections->list[i].nr;
		height += section_height(&sections->list[i]);
	}
	while (height > most_lines && (section = section_to_shorten(sections))) {
		height -= section_height(section);
		section->shown--;
		height += section_height(section);
	}
	if (height <= most_lines)
		return nr;
	while (height > most_lines - 1)
		height -= section_height(&sections->list[--nr]);
	return nr;
}

static void print_section(const struct section *section, const struct terminal *terminal, FILE *out)
{
	fputs(terminal->colour ? "\033[1m" : "", out);
	text_print(out, section->heading, terminal->utf8);
	fputs(terminal->colour ? "\033[0m\n" : "\n", out);
	for (size_t i = 0; i < section->shown; i++) {
		text_print(out, section->lines[i], terminal->utf8);
		fputc('\n', out);
	}
	if (section->shown < section->nr)
		fprintf(out, "  .. and %zu more\n", section->nr - section->shown);
}

void sections_print(
    struct sections *sections, size_t most_lines, const struct terminal *terminal, FILE *out)
{
	const size_t nr = fit_sections(sections, most_lines);

	for (size_t i = 0; i < nr; i++)
		print_section(&sections->list[i], terminal, out);
	if (nr < sections->nr)
		fprintf(out,
		    "Not shown, for want of lines: %zu of %zu sections; "
		    "ownbench report --format=markdown shows all\n",
		    sections->nr - nr, sections->nr);
}
