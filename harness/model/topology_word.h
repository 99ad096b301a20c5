/* SPDX-License-Identifier: MIT */
/* Reads words, numbers, addresses and device names. Shared by the readers of all line formats. */
#ifndef HARNESS_MODEL_TOPOLOGY_WORD_H
#define HARNESS_MODEL_TOPOLOGY_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/model/topology_line.h"

#define WORD_BLANK " \t\r"

/* Returns the number of characters before the next blank. */
size_t word_length(const char *text);

/* Returns the beginning of the word that ends at `end`. */
const char *word_before(const char *text, const char *end);

/* Returns the text after `prefix`, or NULL if the text does not begin with it. */
const char *word_after(const char *text, const char *prefix);

/* Returns whether the text begins with one of `prefixes`, an array that ends with NULL. */
bool word_begins_with(const char *text, const char *const prefixes[]);

/* Reads a number of at most nine digits, and advances *text past it. Returns false if there is no
 * such number. */
bool word_read_number(const char **text, unsigned int *number);

/* Reads a group's number, and advances *text past it. Returns false if there is none, or if it
 * exceeds INT_MAX. */
bool word_read_group(const char **text, unsigned int *group);

/* Reads a PCI address, whose domain is optional, from the start of the text into line->device.
 * Returns its length, or 0 if there is none. */
size_t word_read_address(const char *text, struct topology_line *line);

/* Copies a device's name into line->device: a PCI address, or a name such as fe800000.ethernet,
 * AMDI0010:00 or sound. Returns false if it cannot be a name. */
bool word_read_device(const char *name, size_t len, struct topology_line *line);

/* Reads a line of device names only, as ls prints them in columns. Sets line->device to the first
 * name, and line->more to the rest. Returns false if the line has anything else. */
bool word_read_names(const char *text, struct topology_line *line);

/* Returns whether the first `len` characters look like a platform device's name. No ordinary word
 * does. */
bool word_is_platform_name(const char *text, size_t len);

/* Returns whether a word of the text is a PCI address. */
bool word_has_address(const char *text);

/* Returns whether the text mentions a device or a group. It may then be a damaged line of a
 * listing. */
bool word_hints_listing(const char *text);

/* Returns whether the text is empty or a note: "(my GPU)", "# my GPU", "<- my GPU". */
bool word_is_note(const char *text);

/* Returns whether the text says that something was left out: "[...]", "(snip)", "-- 8< --". */
bool word_is_omission(const char *text);

#endif
