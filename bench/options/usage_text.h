/* SPDX-License-Identifier: MIT */
/* Generates the man page and the shell completion from the tables that --help shows. */
#ifndef BENCH_OPTIONS_USAGE_TEXT_H
#define BENCH_OPTIONS_USAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/options/options.h"

/* Options that every command accepts besides its own, for document_man() and
 * document_completion(). */
extern const char document_man_option[];
extern const char document_completion_option[];

/* A command in the program's list. */
struct document_entry {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
};

/* Prints ownbench.1 in mdoc on stdout. Each command prints its section when it is run with
 * document_man_option. */
void document_man(const struct document_entry *commands, size_t nr);

/* Prints a bash completion script on stdout. Each command prints its words when it is run with
 * document_completion_option. */
void document_completion(const struct document_entry *commands, size_t nr);

/* If argv asks for the command's man section or completion words, prints them on stdout and returns
 * true. */
bool document_asked(const struct command *command, int argc, char **argv);

#endif
