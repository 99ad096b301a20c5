/* SPDX-License-Identifier: MIT */
/* Text of a document as it may be printed. */
#ifndef HARNESS_SHOW_TEXT_H
#define HARNESS_SHOW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Returns a copy of UTF-8 text, to be freed, in which nothing moves a cursor or turns the direction
 * of writing: such characters are blanks. Without `utf8`, what is not ASCII is spelled in ASCII.
 */
char *text_printable(const char *text, bool utf8);

/* Prints text as text_printable() makes it. */
void text_print(FILE *out, const char *text, bool utf8);

/* The columns that UTF-8 text takes: its number of characters. */
size_t text_columns(const char *text);

/* Cuts UTF-8 text so that it takes `columns` at most, the last two of them being dots. */
void text_cut(char *text, size_t columns);

#endif
