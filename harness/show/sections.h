/* SPDX-License-Identifier: MIT */
/* Headings with lines below them, of which as many are printed as there is room for. */
#ifndef HARNESS_SHOW_SECTIONS_H
#define HARNESS_SHOW_SECTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/show/terminal.h"

enum section_kind { SECTION_PLAIN, SECTION_DETAIL /* shortened before the others are */ };

struct sections;

struct sections *sections_create(void);
void sections_free(struct sections *sections);

/* Starts a section, with its heading. */
void sections_add(struct sections *sections, enum section_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds a line to the section that was started last. */
void sections_line(struct sections *sections, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whether the section that was started last has no line yet. */
bool sections_is_empty(const struct sections *sections);

/* Takes the section that was started last away if it has no line. */
void sections_drop_empty(struct sections *sections);

/* Prints at most `most_lines` lines, and says what they leave out. */
void sections_print(
    struct sections *sections, size_t most_lines, const struct terminal *terminal, FILE *out);

#endif
