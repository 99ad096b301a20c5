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

/* Moves *text behind a group's number; false if there is none, or none that can be. */
bool word_read_group(const char **text, unsigned int *group);

/* The length of the PCI address that the text begins with, the domain being optional; else 0. */
size_t word_read_address(const char *text, struct topology_line *line);

/* The name of any device: 0000:00:1f.0, fe800000.ethernet, AMDI0010:00, sound. */
bool word_read_device(const char *name, size_t len, struct topology_line *line);

/* The whole text is a name such as no ordinary word is. */
bool word_is_platform_name(const char *text);

#endif
