/* SPDX-License-Identifier: MIT */
/* Options of a command, declared once: parsed, and shown by --help, from the same table. */
#ifndef BENCH_OPTIONS_OPTIONS_H
#define BENCH_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/error.h"

enum exit_status {
	EXIT_OK = 0,
	/* Or what failed while working: a file that cannot be written, or is not overwritten. */
	EXIT_CHECK_FAILED = 1,
	/* A wrong command line, or what it names to be read is not there, or malformed. */
	EXIT_USAGE = 2,
	EXIT_INTERRUPTED = 130,
};

struct option_spec {
	const char *name; /* without the dashes; a single letter is given as -N */
	/* What its value is called; in brackets if it may be left out; NULL: takes none. */
	const char *arg;
	const char *help; /* a line or two, with the default */
	/* Takes the value (NULL without one); 0, or -1 with the error set. NULL: only for --help.
	 */
	int (*set)(void *context, const char *value, struct error *err);
};

/* Whether the option can be given without its value: its set() is then given NULL. */
bool option_value_is_optional(const struct option_spec *option);

struct command {
	const char *name;
	const char *synopsis; /* behind "ownbench NAME" */
	const char *summary;
	/* Whole lines, which work as they stand: what one makes, those of later commands may use.
	 */
	const char *examples[2];
	int max_arguments;                 /* that are no options */
	const struct option_spec *options; /* up to one without a name; --help is added */
};

/*
 * Parses argv into `context`. PARSED: the command goes on, *first being the index of the first
 * argument that is no option; else the exit status: help was printed, or stderr says what is wrong.
 */
enum { PARSED = -1 };
int options_parse(const struct command *command, int argc, char **argv, void *context, int *first);

void options_help(FILE *out, const struct command *command);

/* Says "ownbench COMMAND: error" on stderr. */
void command_error(const struct command *command, const struct error *err);

/* Says what is missing from the arguments, and shows the command's first example; EXIT_USAGE. */
int command_lacks(const struct command *command, const char *what);

/* Values. 0, or -1 with an error that says what would be right; `name` is the option's. */
int option_uint(const char *name, const char *value, uint64_t min, uint64_t max, uint64_t *out,
    struct error *err);
int option_real(
    const char *name, const char *value, double min, double max, double *out, struct error *err);

/* "1,2,4": a malloc'ed array. */
int option_uint_list(const char *name, const char *value, uint64_t min, uint64_t max,
    unsigned int **out, size_t *count, struct error *err);

/* One of `names`, up to a NULL: *out is its index. */
int option_choice(
    const char *name, const char *value, const char *const *names, int *out, struct error *err);

#endif
