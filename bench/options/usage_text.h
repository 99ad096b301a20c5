/* SPDX-License-Identifier: MIT */
/* The man page and the shell completion, generated from the tables that --help shows. */
#ifndef BENCH_OPTIONS_USAGE_TEXT_H
#define BENCH_OPTIONS_USAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/options/options.h"

/* Options that every command accepts besides its own. document_man() and document_completion() use
 * them. */
extern const char document_man_option[];
extern const char document_completion_option[];

/* A command in the program's list. */
struct document_entry {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
};

/* Prints ownbench.1 in mdoc on stdout. Runs each command with document_man_option, which prints its
 * section. */
void document_man(const struct document_entry *commands, size_t nr);

/* Prints a bash completion script on stdout. Runs each command with document_completion_option. */
void document_completion(const struct document_entry *commands, size_t nr);

/* Returns whether argv asked for the command's man section or completion words; they are then on
 * stdout. */
bool document_asked(const struct command *command, int argc, char **argv);

#endif
