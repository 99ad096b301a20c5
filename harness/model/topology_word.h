/* SPDX-License-Identifier: MIT */
/* The words of which the lines of all forms are made. */
#ifndef HARNESS_MODEL_TOPOLOGY_WORD_H
#define HARNESS_MODEL_TOPOLOGY_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/model/topology_line.h"

#define WORD_BLANK " \t\r"

/* Characters up to the next blank. */
size_t word_length(const char *text);

/* Where the word that ends before `end` begins. */
const char *word_before(const char *text, const char *end);

/* What follows `prefix`; NULL if that is not how the text begins. */
const char *word_after(const char *text, const char *prefix);

/* The text begins with one of `prefixes`, which end with NULL. */
bool word_begins_with(const char *text, const char *const prefixes[]);

/* Moves *text behind a number of at most nine digits; false if there is none. */
bool word_read_number(const char **text, unsigned int *number);

/* Moves *text behind a group's number; false if there is none, or none that can be. */
bool word_read_group(const char **text, unsigned int *group);

/* The length of the PCI address that the text begins with, the domain being optional; else 0. */
size_t word_read_address(const char *text, struct topology_line *line);

/* The name of any device: 0000:00:1f.0, fe800000.ethernet, AMDI0010:00, sound. */
bool word_read_device(const char *name, size_t len, struct topology_line *line);

/* Names of devices and nothing else, as ls prints them in columns: the first, and line->more. */
bool word_read_names(const char *text, struct topology_line *line);

/* The first `len` characters are a name such as no ordinary word is. */
bool word_is_platform_name(const char *text, size_t len);

/* One of the words is a PCI address. */
bool word_has_address(const char *text);

/* A free text that names a device or a group: it may be a damaged line of a listing. */
bool word_hints_listing(const char *text);

/* A note behind a line: "(my GPU)", "# my GPU", "<- my GPU". The empty text is one. */
bool word_is_note(const char *text);

/* "[...]", "(snip)", "-- 8< --": something is left out. */
bool word_is_omission(const char *text);

#endif
