/* SPDX-License-Identifier: MIT */
/* Makes the text of a document, which is not trusted, safe to print. */
#ifndef HARNESS_SHOW_TEXT_H
#define HARNESS_SHOW_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Returns a copy of UTF-8 text in which characters that move the cursor or change the writing
 * direction are replaced by blanks. If `utf8` is false, characters outside ASCII are replaced by
 * ASCII spellings. The caller frees the copy.
 */
char *text_printable(const char *text, bool utf8);

/* Prints the result of text_printable(). */
void text_print(FILE *out, const char *text, bool utf8);

/* Returns the number of columns that UTF-8 text occupies: one per character, by assumption. */
size_t text_columns(const char *text);

/* Shortens UTF-8 text in place to at most `columns` columns. Shortened text ends in "..". */
void text_cut(char *text, size_t columns);

#endif
