/* SPDX-License-Identifier: MIT */
/* Options of a command, declared once: parsed, and shown by --help, from the same table. */
#ifndef BENCH_OPTIONS_OPTIONS_H
#define BENCH_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
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

struct command;

enum option_type {
	OPTION_TYPE_HELP_ONLY, /* shown by --help, and taken out of argv before it is parsed */
	OPTION_TYPE_FLAG,
	OPTION_TYPE_UINT,
	OPTION_TYPE_REAL,
	OPTION_TYPE_UINTS,
	OPTION_TYPE_TEXT,
	OPTION_TYPE_TEXTS,
	OPTION_TYPE_CHOICE,
	OPTION_TYPE_FUNCTION,
	OPTION_TYPE_OF_COMMAND,
};

/* Parses `value` into `field`. Returns 0, or -1 with an error that says what would be right. */
typedef int option_set_field(void *field, const char *value, struct error *err);

/* A row of a command's table. What follows `help` is written by one of the macros below. */
struct option_spec {
	const char *name; /* without the dashes; a single letter is given as -N */
	/* What its value is called; in brackets if it may be left out; NULL: takes none. */
	const char *arg;
	const char *help; /* a line or two, with the default */
	enum option_type type;
	size_t offset;       /* of its field in the command's structure */
	size_t count_offset; /* of the number of a list's items there */
	union {
		struct {
			uint64_t least, most;
		} uint;
		struct {
			double least, most;
		} real;
		const char *if_empty; /* error of a text without characters; NULL: a common one */
		const char *const *names; /* of a choice, up to a NULL */
		option_set_field *set_field;
		const struct command *owner; /* whose option of that name this is, too */
	};
};

/* The offset of a field, which must be of the type that the pointer points to, or it does not
 * compile. */
#define OPTION_OFFSET(context, field, pointer) \
	_Generic(&((context *)0)->field, pointer : offsetof(context, field))

#define OPTION_HELP_ONLY .type = OPTION_TYPE_HELP_ONLY

/* Sets a bool. */
#define OPTION_FLAG(context, field) \
	.type = OPTION_TYPE_FLAG, .offset = OPTION_OFFSET(context, field, bool *)

/* A decimal number, into a uint64_t. */
#define OPTION_UINT(context, field, min, max)                                          \
	.type = OPTION_TYPE_UINT, .offset = OPTION_OFFSET(context, field, uint64_t *), \
	.uint = {min, max}

/* A finite number, into a double. */
#define OPTION_REAL(context, field, min, max)                                        \
	.type = OPTION_TYPE_REAL, .offset = OPTION_OFFSET(context, field, double *), \
	.real = {min, max}

/* "1,2,4", into an unsigned int * and a size_t, for options_free() to free. */
#define OPTION_UINTS(context, field, count, min, max)                                        \
	.type = OPTION_TYPE_UINTS, .offset = OPTION_OFFSET(context, field, unsigned int **), \
	.count_offset = OPTION_OFFSET(context, count, size_t *), .uint = {min, max}

/* Borrowed from argv, into a const char *. Without its value, where that is optional: "". */
#define OPTION_TEXT(context, field, empty_error)                                          \
	.type = OPTION_TYPE_TEXT, .offset = OPTION_OFFSET(context, field, const char **), \
	.if_empty = (empty_error)

/* "a,b", behind those of the same option before; into a char ** and a size_t, for options_free() to
 * free. */
#define OPTION_TEXTS(context, field, count)                                           \
	.type = OPTION_TYPE_TEXTS, .offset = OPTION_OFFSET(context, field, char ***), \
	.count_offset = OPTION_OFFSET(context, count, size_t *)

/* One of `choices`, up to a NULL: its index, into an int or an enum. */
#define OPTION_CHOICE(context, field, choices) \
	.type = OPTION_TYPE_CHOICE,                                                                \
	.offset = _Generic(                                                                        \
	    &((context *)0)->field, int *                                                          \
	    : offsetof(context, field), unsigned int *                                             \
	    : offsetof(context, field)),                                                           \
	.names = (choices)

/* What no other type fits. */
#define OPTION_FUNCTION(context, field, function) \
	.type = OPTION_TYPE_FUNCTION, .offset = offsetof(context, field), .set_field = (function)

/* The option of that name of another command, whose structure comes first in this one's. */
#define OPTION_OF_COMMAND(command) .type = OPTION_TYPE_OF_COMMAND, .owner = &(command)

bool option_is_letter(const struct option_spec *option);

/* Whether the option can be given without its value. */
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

/* Frees the lists in `context`, whatever options_parse() returned. */
void options_free(const struct command *command, void *context);

/* The row of a table. NULL: none of that name. */
const struct option_spec *option_find(const struct option_spec *options, const char *name);

/* Parses `value` into the option's field in `context`. Returns 0, or -1 with the error set. */
int option_set(
    const struct option_spec *option, void *context, const char *value, struct error *err);

/* Says "ownbench COMMAND: error" on stderr. */
void command_error(const char *command, const struct error *err);

/* Says what is missing from the arguments, and shows the command's second example, as the
 * first may prepare it; EXIT_USAGE. */
int command_lacks(const struct command *command, const char *what);

/* For an option_set_field. Calls it for each item of "a,b" until one fails, whose error is set. */
int option_each_item(const char *value, option_set_field *set, void *field, struct error *err);

/* Whether `value` is a decimal number in that range: *out, then. */
bool parse_uint(const char *value, uint64_t least, uint64_t most, uint64_t *out);

#endif
