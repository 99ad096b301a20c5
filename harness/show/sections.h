/* SPDX-License-Identifier: MIT */
/* Sections: headings with lines of text, which are shortened to fit a number of lines. They are
 * stored in an array that the caller creates with json_array(). */
#ifndef HARNESS_SHOW_SECTIONS_H
#define HARNESS_SHOW_SECTIONS_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/show/terminal.h"

enum section_kind {
	SECTION_PLAIN,
	SECTION_DETAIL, /* shortened before plain sections are */
};

/* Starts a section with a heading from `format` and its arguments. */
void sections_add(json_t *sections, enum section_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a line to the last section. */
void sections_line(json_t *sections, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns whether the last section has no lines. */
bool sections_is_empty(const json_t *sections);

/* Removes the last section if it has no lines. */
void sections_drop_empty(json_t *sections);

/* Prints at most `most_lines` lines. If necessary, shortens sections, then leaves out whole
 * sections, and prints how much was left out. */
void sections_print(
    json_t *sections, size_t most_lines, const struct terminal *terminal, FILE *out);

#endif
