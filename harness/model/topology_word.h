/* SPDX-License-Identifier: MIT */
/* Scanning of words, numbers, addresses and device names, shared by all line formats. */
#ifndef HARNESS_MODEL_TOPOLOGY_WORD_H
#define HARNESS_MODEL_TOPOLOGY_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/model/topology_line.h"

#define WORD_BLANK " \t\r"

/* Returns the number of characters before the next blank. */
size_t word_length(const char *text);

/* Returns the start of the word that ends before `end`. */
const char *word_before(const char *text, const char *end);

/* Returns the text after `prefix`, or NULL if the text does not begin with it. */
const char *word_after(const char *text, const char *prefix);

/* Returns whether the text begins with one of `prefixes`, which end with NULL. */
bool word_begins_with(const char *text, const char *const prefixes[]);

/* Reads a number of at most nine digits, and advances *text past it. Returns false if there is
 * none. */
bool word_read_number(const char **text, unsigned int *number);

/* Reads a group's number, and advances *text past it. Returns false if there is none, or if it
 * exceeds INT_MAX. */
bool word_read_group(const char **text, unsigned int *group);

/* Reads the PCI address at the start of the text into line->device; its domain is optional. Returns
 * its length, or 0 if there is none. */
size_t word_read_address(const char *text, struct topology_line *line);

/* Reads the name of any device into line->device: 0000:00:1f.0, fe800000.ethernet, AMDI0010:00,
 * sound. Returns false if it is not a name. */
bool word_read_device(const char *name, size_t len, struct topology_line *line);

/* Reads a line that has only names of devices, as ls prints them in columns. The first goes into
 * line->device, the rest into line->more. Returns false if there is anything else. */
bool word_read_names(const char *text, struct topology_line *line);

/* Returns whether the first `len` characters have the form of a platform device's name, which no
 * ordinary word has. */
bool word_is_platform_name(const char *text, size_t len);

/* Returns whether one of the words is a PCI address. */
bool word_has_address(const char *text);

/* Returns whether a free text names a device or a group, so that it may be a damaged line of a
 * listing. */
bool word_hints_listing(const char *text);

/* Returns whether the rest of a line is empty or a note: "(my GPU)", "# my GPU", "<- my GPU". */
bool word_is_note(const char *text);

/* Returns whether the text states that something was left out: "[...]", "(snip)", "-- 8< --". */
bool word_is_omission(const char *text);

#endif
