/* SPDX-License-Identifier: MIT */
#include "bench/options/options.h"

#include <getopt.h>
#include <stdbool.h>
#include <string.h>

#include "bench/options/usage_text.h"

/* getopt_long() returns FOUND for --help, and FOUND + 1 + i for option number i of the command. */
enum { OPTIONS_MAX = 48, HELP_COLUMN = 30, FOUND = 1000 };

static size_t count_options(const struct command *command)
{
	size_t n = 0;

	while (command->options && command->options[n].name)
		n++;
	return n;
}

/* Returns the text between an option and its value, such as the "[=" of --topologies[=FILE]. */
static const char *before_value(const struct option_spec *option)
{
	if (!option->arg)
		return "";
	if (option_value_is_optional(option))
		return "[=";
	return option_is_letter(option) ? " " : "=";
}

static void help_line(FILE *out, const char *left, const char *text)
{
	const char *end;
	int column = fprintf(out, "  %s", left);

	if (column >= HELP_COLUMN) {
		fputc('\n', out);
		column = 0;
	}
	for (; (end = strchr(text, '\n')); text = end + 1, column = 0)
		fprintf(out, "%*s%.*s\n", HELP_COLUMN - column, "", (int)(end - text), text);
	fprintf(out, "%*s%s\n", HELP_COLUMN - column, "", text);
}

void options_help(FILE *out, const struct command *command)
{
	char left[128];

	fprintf(out, "usage: ownbench %s %s\n\n%s\n\n", command->name, command->synopsis,
	    command->summary);
	for (size_t i = 0; i < count_options(command); i++) {
		const struct option_spec *option = &command->options[i];

		snprintf(left, sizeof(left), "%s%s%s%s", option_is_letter(option) ? "-" : "--",
		    option->name, before_value(option),
		    !option->arg                       ? ""
		    : option_value_is_optional(option) ? option->arg + 1
						       : option->arg);
		help_line(out, left, option->help);
	}
	help_line(out, "--help", "Show this help");
	fprintf(out, "\nexamples:\n    %s\n    %s\n", command->examples[0], command->examples[1]);
}

void command_error(const char *command, const struct error *err)
{
	fprintf(stderr, "ownbench %s: %s\n", command, err->text);
}

/* Reports a wrong command line on stderr, and how to list the options. Returns EXIT_USAGE. */
static int wrong(const struct command *command, const char *what, const char *given)
{
	struct error err;

	error_set(
	    &err, "%s %s; 'ownbench %s --help' lists the options", what, given, command->name);
	command_error(command->name, &err);
	return EXIT_USAGE;
}

int command_lacks(const struct command *command, const char *what)
{
	struct error err;

	error_set(&err, "%s; for example: %s", what, command->examples[1]);
	command_error(command->name, &err);
	return EXIT_USAGE;
}

/* Reports an argument that getopt_long() has rejected. `found` is what it returned: ':' for a
 * missing value, otherwise '?'. */
static int complain(const struct command *command, int found, char **argv)
{
	const char *given = argv[optind - 1];

	if (found == ':')
		return wrong(command, "a value is missing after", given);
	if (optopt >= FOUND)
		return wrong(command, "the option takes no value:", given);
	return wrong(command, "no such option:", given);
}

static int has_value(const struct option_spec *option)
{
	if (option_value_is_optional(option))
		return optional_argument;
	return option->arg ? required_argument : no_argument;
}

static void make_table(const struct command *command, struct option *table)
{
	size_t n = count_options(command);

	table[0] = (struct option){.name = "help", .val = FOUND};
	for (size_t i = 0; i < n; i++) {
		table[i + 1] = (struct option){
		    .name = command->options[i].name,
		    .has_arg = has_value(&command->options[i]),
		    .val = FOUND + 1 + (int)i,
		};
	}
	table[n + 1] = (struct option){0};
}

/* Makes the string of one-letter options for getopt_long(). With its leading ':', a missing value
 * is reported as ':' and not as '?'. */
static void make_letters(const struct command *command, char *letters)
{
	*letters++ = ':';
	for (size_t i = 0; i < count_options(command); i++) {
		const struct option_spec *option = &command->options[i];

		if (!option_is_letter(option))
			continue;
		*letters++ = option->name[0];
		if (option->arg)
			*letters++ = ':';
	}
	*letters = '\0';
}

/* Returns the option for which getopt_long() returned `found`, or NULL if `found` reports an
 * error. */
static const struct option_spec *option_found(const struct command *command, int found)
{
	if (found > FOUND)
		return &command->options[found - FOUND - 1];
	for (size_t i = 0; i < count_options(command); i++) {
		const struct option_spec *option = &command->options[i];

		if (option_is_letter(option) && option->name[0] == found)
			return option;
	}
	return NULL;
}

int options_parse(const struct command *command, int argc, char **argv, void *context, int *first)
{
	struct option table[OPTIONS_MAX + 2];
	char letters[2 * OPTIONS_MAX + 2];
	int found;

	if (document_asked(command, argc, argv))
		return EXIT_OK;
	make_table(command, table);
	make_letters(command, letters);
	optind = 0; /* makes getopt_long() start anew */
	opterr = 0;
	while ((found = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		const struct option_spec *option;
		struct error err;

		if (found == FOUND) {
			options_help(stdout, command);
			return EXIT_OK;
		}
		option = option_found(command, found);
		if (!option)
			return complain(command, found, argv);
		if (option_set(option, context, optarg, &err)) {
			command_error(command->name, &err);
			return EXIT_USAGE;
		}
	}
	if (argc - optind > command->max_arguments)
		return wrong(
		    command, "one argument too many:", argv[optind + command->max_arguments]);
	*first = optind;
	return PARSED;
}
