/* SPDX-License-Identifier: MIT */
/* Commands and their options. The table of a command's options serves for parsing and for
 * --help. */
#ifndef BENCH_OPTIONS_OPTIONS_H
#define BENCH_OPTIONS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/error.h"

enum exit_status {
	EXIT_OK = 0,
	/* A check failed, or the command did not succeed, for example because a file cannot be
	 * written. */
	EXIT_CHECK_FAILED = 1,
	/* The command line is wrong, or an input that it names is missing or malformed. */
	EXIT_USAGE = 2,
	EXIT_INTERRUPTED = 130,
};

struct command;

enum option_type {
	OPTION_TYPE_HELP_ONLY, /* only shown by --help; it is removed from argv before the options
	                          are parsed */
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

/* Parses `value` into `field`. Returns 0, or -1 with an error that says which values are valid. */
typedef int option_set_field(void *field, const char *value, struct error *err);

/* An option of a command. One of the macros below sets the fields after `help`. */
struct option_spec {
	const char *name; /* without dashes; a name of one letter is that of a short option */
	/* The name of the option's value, in brackets if the value is optional; NULL if it takes
	 * none. */
	const char *arg;
	const char *help; /* a line or two, with the default */
	enum option_type type;
	size_t offset;       /* offset of the field in the command's structure */
	size_t count_offset; /* offset of the list's length in that structure */
	union {
		struct {
			uint64_t least, most;
		} uint;
		struct {
			double least, most;
		} real;
		const char
		    *if_empty; /* error message for an empty text; NULL: the default message */
		const char *const *names; /* the values of a choice, ended by NULL */
		option_set_field *set_field;
		const struct command *owner; /* the command that defines this option */
	};
};

/* The offset of a field. Compiles only if the field has the type that `pointer` points to. */
#define OPTION_OFFSET(context, field, pointer) \
	_Generic(&((context *)0)->field, pointer : offsetof(context, field))

#define OPTION_HELP_ONLY .type = OPTION_TYPE_HELP_ONLY

/* Sets a bool to true. */
#define OPTION_FLAG(context, field) \
	.type = OPTION_TYPE_FLAG, .offset = OPTION_OFFSET(context, field, bool *)

/* Parses a decimal number from min to max into a uint64_t. */
#define OPTION_UINT(context, field, min, max)                                          \
	.type = OPTION_TYPE_UINT, .offset = OPTION_OFFSET(context, field, uint64_t *), \
	.uint = {min, max}

/* Parses a finite number from min to max into a double. */
#define OPTION_REAL(context, field, min, max)                                        \
	.type = OPTION_TYPE_REAL, .offset = OPTION_OFFSET(context, field, double *), \
	.real = {min, max}

/* Parses "1,2,4" into an unsigned int *, whose length is a size_t. options_free() frees the
 * list. */
#define OPTION_UINTS(context, field, count, min, max)                                        \
	.type = OPTION_TYPE_UINTS, .offset = OPTION_OFFSET(context, field, unsigned int **), \
	.count_offset = OPTION_OFFSET(context, count, size_t *), .uint = {min, max}

/* Points a const char * at the value in argv, or at "" if an optional value is left out. */
#define OPTION_TEXT(context, field, empty_error)                                          \
	.type = OPTION_TYPE_TEXT, .offset = OPTION_OFFSET(context, field, const char **), \
	.if_empty = (empty_error)

/* Appends the items of "a,b" to a char **, whose length is a size_t. options_free() frees the
 * list. */
#define OPTION_TEXTS(context, field, count)                                           \
	.type = OPTION_TYPE_TEXTS, .offset = OPTION_OFFSET(context, field, char ***), \
	.count_offset = OPTION_OFFSET(context, count, size_t *)

/* Stores the value's index in `choices`, a list ended by NULL, in an int or an enum. */
#define OPTION_CHOICE(context, field, choices) \
	.type = OPTION_TYPE_CHOICE,                                                                \
	.offset = _Generic(                                                                        \
	    &((context *)0)->field, int *                                                          \
	    : offsetof(context, field), unsigned int *                                             \
	    : offsetof(context, field)),                                                           \
	.names = (choices)

/* Passes the value to a function. This is for options that fit no other type. */
#define OPTION_FUNCTION(context, field, function) \
	.type = OPTION_TYPE_FUNCTION, .offset = offsetof(context, field), .set_field = (function)

/* Takes over the option of this name from another command, whose structure must be the first member
 * of this command's structure. */
#define OPTION_OF_COMMAND(command) .type = OPTION_TYPE_OF_COMMAND, .owner = &(command)

bool option_is_letter(const struct option_spec *option);

/* Returns whether the option's value may be left out. */
bool option_value_is_optional(const struct option_spec *option);

struct command {
	const char *name;
	const char *synopsis; /* the arguments, which follow "ownbench NAME" */
	const char *summary;
	/* Complete command lines that work unchanged. Examples of a later command may use files
	 * that earlier ones have created. */
	const char *examples[2];
	/* The greatest number of arguments that the command takes besides options. */
	int max_arguments;
	const struct option_spec *options; /* ended by an entry without a name; --help is added */
};

/*
 * Parses argv into `context`. Returns PARSED if the command should continue; then *first is the
 * index of the first argument that is not an option. Otherwise returns the exit status: help was
 * printed, or an error was reported on stderr.
 */
enum { PARSED = -1 };
int options_parse(const struct command *command, int argc, char **argv, void *context, int *first);

void options_help(FILE *out, const struct command *command);

/* Frees the lists in `context`. Called whether or not options_parse() succeeded. */
void options_free(const struct command *command, void *context);

/* Returns the option of this name, or NULL. */
const struct option_spec *option_find(const struct option_spec *options, const char *name);

/* Parses `value` into the option's field in `context`. Returns 0, or -1 with the error set. */
int option_set(
    const struct option_spec *option, void *context, const char *value, struct error *err);

/* Prints "ownbench COMMAND: error" on stderr. */
void command_error(const char *command, const struct error *err);

/* Reports `what`, such as "missing argument: a FILE", and the command's second example on stderr.
 * (The second example may depend on the first.) Returns EXIT_USAGE. */
int command_lacks(const struct command *command, const char *what);

/* Calls `set` for each item of a list such as "a,b". Returns 0, or -1 with the error of the first
 * item that `set` rejects. */
int option_each_item(const char *value, option_set_field *set, void *field, struct error *err);

/* Parses a decimal number into *out. Returns whether the text is a number from `least` to
 * `most`. */
bool parse_uint(const char *value, uint64_t least, uint64_t most, uint64_t *out);

#endif
