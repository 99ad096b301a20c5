/* SPDX-License-Identifier: MIT */
#include "harness/show/sections.h"

#include <stdarg.h>

#include "harness/show/text.h"

void sections_add(json_t *sections, enum section_kind kind, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	json_array_append_new(
	    sections, json_pack("{s:i, s:o, s:[], s:i}", "kind", (int)kind, "heading",
			  json_vsprintf(format, arguments), "lines", "left_out", 0));
	va_end(arguments);
}

static json_t *last_section(const json_t *sections)
{
	return json_array_get(sections, json_array_size(sections) - 1);
}

void sections_line(json_t *sections, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	json_array_append_new(
	    json_object_get(last_section(sections), "lines"), json_vsprintf(format, arguments));
	va_end(arguments);
}

static size_t count_lines(const json_t *section)
{
	return json_array_size(json_object_get(section, "lines"));
}

bool sections_is_empty(const json_t *sections)
{
	return !count_lines(last_section(sections));
}

void sections_drop_empty(json_t *sections)
{
	if (sections_is_empty(sections))
		json_array_remove(sections, json_array_size(sections) - 1);
}

static json_int_t left_out(const json_t *section)
{
	return json_integer_value(json_object_get(section, "left_out"));
}

/* Returns the number of lines of a section: the heading, the lines, and if lines were left out, one
 * that counts them. */
static size_t height_of(const json_t *section)
{
	return 1 + count_lines(section) + (left_out(section) > 0);
}

/* Returns the longest section of a kind, or NULL if no section of that kind has more than one
 * line. */
static json_t *longest_section(const json_t *sections, enum section_kind kind)
{
	json_t *section, *longest = NULL;
	size_t i;

	json_array_foreach (sections, i, section) {
		if (json_integer_value(json_object_get(section, "kind")) == (json_int_t)kind &&
		    count_lines(section) > (longest ? count_lines(longest) : 1))
			longest = section;
	}
	return longest;
}

/* Removes a line from the longest detail section, or if there is none to shorten, from the longest
 * plain one. Returns false if no line can be removed. */
static bool shorten_longest(const json_t *sections)
{
	json_t *section = longest_section(sections, SECTION_DETAIL);

	if (!section)
		section = longest_section(sections, SECTION_PLAIN);
	if (!section)
		return false;
	json_array_remove(json_object_get(section, "lines"), count_lines(section) - 1);
	json_object_set_new(section, "left_out", json_integer(left_out(section) + 1));
	return true;
}

static size_t height_of_first(const json_t *sections, size_t nr)
{
	size_t height = 0;

	for (size_t i = 0; i < nr; i++)
		height += height_of(json_array_get(sections, i));
	return height;
}

static void print_section(const json_t *section, const struct terminal *terminal, FILE *out)
{
	const json_t *line;
	size_t i;

	fputs(terminal->colour ? "\033[1m" : "", out);
	text_print(out, json_string_value(json_object_get(section, "heading")), terminal->utf8);
	fputs(terminal->colour ? "\033[0m\n" : "\n", out);
	json_array_foreach (json_object_get(section, "lines"), i, line) {
		text_print(out, json_string_value(line), terminal->utf8);
		fputc('\n', out);
	}
	if (left_out(section))
		fprintf(out, "  .. and %" JSON_INTEGER_FORMAT " more\n", left_out(section));
}

void sections_print(json_t *sections, size_t most_lines, const struct terminal *terminal, FILE *out)
{
	const size_t all = json_array_size(sections);
	size_t nr = all;

	while (height_of_first(sections, all) > most_lines && shorten_longest(sections))
		;
	if (height_of_first(sections, all) > most_lines) {
		while (height_of_first(sections, nr) > most_lines - 1)
			nr--;
	}
	for (size_t i = 0; i < nr; i++)
		print_section(json_array_get(sections, i), terminal, out);
	if (nr < all)
		fprintf(out,
		    "Left out to keep the summary short: %zu of %zu sections; "
		    "ownbench report --format=markdown shows all\n",
		    all - nr, all);
}
