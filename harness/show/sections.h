/* SPDX-License-Identifier: MIT */
/* Headings with lines below them, of which as many are printed as there is room for: a list of
 * objects, to be created by json_array(). */
#ifndef HARNESS_SHOW_SECTIONS_H
#define HARNESS_SHOW_SECTIONS_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/show/terminal.h"

enum section_kind { SECTION_PLAIN, SECTION_DETAIL /* shortened before the others are */ };

/* Starts a section, with its heading. */
void sections_add(json_t *sections, enum section_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a line to the section that was started last. */
void sections_line(json_t *sections, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the section that was started last has no line yet. */
bool sections_is_empty(const json_t *sections);

/* Takes the section that was started last away if it has no line. */
void sections_drop_empty(json_t *sections);

/* Prints at most `most_lines` lines, and says what they leave out. */
void sections_print(
    json_t *sections, size_t most_lines, const struct terminal *terminal, FILE *out);

#endif
