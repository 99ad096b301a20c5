/* SPDX-License-Identifier: MIT */
/* The man page and the shell's completion, from the tables that --help shows. */
#ifndef BENCH_OPTIONS_USAGE_TEXT_H
#define BENCH_OPTIONS_USAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "bench/options/options.h"

/* What every command answers to beside its own options, for document_man() and _completion(). */
extern const char document_man_option[];
extern const char document_completion_option[];

/* A command as the program knows it. */
struct document_entry {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
};

/* ownbench.1 in mdoc, to stdout. Each command is run with its option above and writes its section
 * to stdout. */
void document_man(const struct document_entry *commands, size_t nr);

/* For bash, to stdout, in the same way. */
void document_completion(const struct document_entry *commands, size_t nr);

/* True: argv asked for the command's section or words, and stdout has them. */
bool document_asked(const struct command *command, int argc, char **argv);

#endif
