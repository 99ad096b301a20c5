/* SPDX-License-Identifier: MIT */
#include "bench/options/options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/options/usage_text.h"
#include "harness/memory.h"

/* getopt_long returns FOUND for --help and FOUND + 1 + i for the table's option i. */
enum { OPTIONS_MAX = 48, HELP_COLUMN = 30, FOUND = 1000 };

static size_t count_options(const struct command *command)
{
	size_t n = 0;

	while (command->options && command->options[n].name)
		n++;
	return n;
}

bool option_value_is_optional(const struct option_spec *option)
{
	return option->arg && *option->arg == '[';
}

/* What stands between the option and its value: "--topologies[=FILE]" */
static const char *before_value(const struct option_spec *option)
{
	if (!option->arg)
		return "";
	if (option_value_is_optional(option))
		return "[=";
	return option->name[1] ? "=" : " ";
}

static bool is_letter(const struct option_spec *option)
{
	return !option->name[1];
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

		snprintf(left, sizeof(left), "%s%s%s%s", is_letter(option) ? "-" : "--",
		    option->name, before_value(option),
		    !option->arg                       ? ""
		    : option_value_is_optional(option) ? option->arg + 1
						       : option->arg);
		help_line(out, left, option->help);
	}
	help_line(out, "--help", "this text");
	fprintf(out, "\nexample: %s\n", command->example);
}

void command_error(const char *command, const struct error *err)
{
	fprintf(stderr, "ownbench %s: %s\n", command, err->text);
}

/* -- values -- */

/* Whether strtoull() or strtod() would take no more than a person means: nothing in front, no
 * other base. */
static bool is_decimal(const char *value, const char *characters)
{
	return *value && strchr("0123456789.", *value) && !value[strspn(value, characters)];
}

bool parse_uint(const char *value, uint64_t least, uint64_t most, uint64_t *out)
{
	errno = 0;
	*out = strtoull(value, NULL, 10);
	return is_decimal(value, "0123456789") && !errno && *out >= least && *out <= most;
}

static int set_uint(
    const struct option_spec *option, uint64_t *field, const char *value, struct error *err)
{
	if (parse_uint(value, option->uint.least, option->uint.most, field))
		return 0;
	return error_set(err, "%s%s=%s: must be a whole number from %llu to %llu",
	    is_letter(option) ? "-" : "--", option->name, value,
	    (unsigned long long)option->uint.least, (unsigned long long)option->uint.most);
}

static int set_real(
    const struct option_spec *option, double *field, const char *value, struct error *err)
{
	char *end;

	errno = 0;
	*field = strtod(value, &end);
	if (is_decimal(value, "0123456789.eE+-") && end != value && !*end && !errno &&
	    isfinite(*field) && *field >= option->real.least && *field <= option->real.most)
		return 0;
	return error_set(err, "--%s=%s: must be a number from %g to %g", option->name, value,
	    option->real.least, option->real.most);
}

int option_each_item(const char *value, option_set_field *set, void *field, struct error *err)
{
	char *copy = copy_text(value);
	char *rest = copy;
	char *item;
	int ret = 0;

	while (!ret && (item = strsep(&rest, ",")))
		ret = set(field, item, err);
	free(copy);
	return ret;
}

/* A list that grows by the items of one value. */
struct growing_list {
	const struct option_spec *option;
	void *items; /* char *** or unsigned int ** */
	size_t *count;
};

static int add_uint(void *growing, const char *item, struct error *err)
{
	struct growing_list *list = growing;
	unsigned int **items = list->items;
	uint64_t number;

	if (set_uint(list->option, &number, item, err))
		return -1;
	*items = reallocate(*items, *list->count + 1, sizeof(**items));
	(*items)[(*list->count)++] = (unsigned int)number;
	return 0;
}

static int check_text(const struct option_spec *option, const char *text, struct error *err)
{
	if (*text)
		return 0;
	if (option->if_empty)
		return error_set(err, "%s", option->if_empty);
	return error_set(err, "--%s: must not be empty", option->name);
}

static int add_text(void *growing, const char *item, struct error *err)
{
	struct growing_list *list = growing;
	char ***items = list->items;

	if (check_text(list->option, item, err))
		return -1;
	*items = reallocate(*items, *list->count + 1, sizeof(**items));
	(*items)[(*list->count)++] = copy_text(item);
	return 0;
}

static int set_text(
    const struct option_spec *option, const char **field, const char *value, struct error *err)
{
	*field = value ? value : "";
	return value ? check_text(option, value, err) : 0;
}

static int set_choice(
    const struct option_spec *option, int *field, const char *value, struct error *err)
{
	char all[256] = "";

	for (int i = 0; option->names[i]; i++) {
		if (!strcmp(option->names[i], value)) {
			*field = i;
			return 0;
		}
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", i ? ", " : "",
		    option->names[i]);
	}
	return error_set(err, "--%s=%s: must be one of %s", option->name, value, all);
}

const struct option_spec *option_find(const struct option_spec *options, const char *name)
{
	for (; options->name; options++) {
		if (!strcmp(options->name, name))
			return options;
	}
	return NULL;
}

int option_set(
    const struct option_spec *option, void *context, const char *value, struct error *err)
{
	void *field = (char *)context + option->offset;
	size_t *count = (size_t *)(void *)((char *)context + option->count_offset);
	struct growing_list list = {option, field, count};

	switch (option->type) {
	case OPTION_TYPE_FLAG:
		*(bool *)field = true;
		return 0;
	case OPTION_TYPE_UINT:
		return set_uint(option, field, value, err);
	case OPTION_TYPE_REAL:
		return set_real(option, field, value, err);
	case OPTION_TYPE_UINTS:
		*count = 0;
		return option_each_item(value, add_uint, &list, err);
	case OPTION_TYPE_TEXT:
		return set_text(option, field, value, err);
	case OPTION_TYPE_TEXTS:
		return option_each_item(value, add_text, &list, err);
	case OPTION_TYPE_CHOICE:
		return set_choice(option, field, value, err);
	case OPTION_TYPE_FUNCTION:
		return option->set_field(field, value, err);
	case OPTION_TYPE_OF_COMMAND:
		return option_set(
		    option_find(option->owner->options, option->name), context, value, err);
	case OPTION_TYPE_HELP_ONLY:
		break;
	}
	return error_set(err, "no such option: --%s", option->name);
}

static void free_option(const struct option_spec *option, void *context)
{
	char *field = (char *)context + option->offset;
	size_t *count = (size_t *)(void *)((char *)context + option->count_offset);

	if (option->type == OPTION_TYPE_UINTS) {
		free(*(unsigned int **)(void *)field);
	} else if (option->type == OPTION_TYPE_TEXTS) {
		char **items = *(char ***)(void *)field;

		for (size_t i = 0; i < *count; i++)
			free(items[i]);
		free(items);
	}
}

void options_free(const struct command *command, void *context)
{
	for (size_t i = 0; i < count_options(command); i++)
		free_option(&command->options[i], context);
}

/* -- the command line -- */

/* Says it, and what would help. */
static int wrong(const struct command *command, const char *what, const char *given)
{
	struct error err;

	error_set(&err, "%s %s; 'ownbench %s --help' shows what goes", what, given, command->name);
	command_error(command->name, &err);
	return EXIT_USAGE;
}

int command_lacks(const struct command *command, const char *what)
{
	struct error err;

	error_set(&err, "%s, as in: %s", what, command->example);
	command_error(command->name, &err);
	return EXIT_USAGE;
}

/* Behind getopt_long's "?" and ":". */
static int complain(const struct command *command, int found, char **argv)
{
	const char *given = argv[optind - 1];

	if (found == ':')
		return wrong(command, "a value is missing behind", given);
	if (optopt >= FOUND)
		return wrong(command, "no value goes with option", given);
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

/* For getopt_long: the letters, and that a missing value is told apart. */
static void make_letters(const struct command *command, char *letters)
{
	*letters++ = ':';
	for (size_t i = 0; i < count_options(command); i++) {
		const struct option_spec *option = &command->options[i];

		if (!is_letter(option))
			continue;
		*letters++ = option->name[0];
		if (option->arg)
			*letters++ = ':';
	}
	*letters = '\0';
}

/* NULL: what getopt_long returned is no option of the table. */
static const struct option_spec *option_found(const struct command *command, int found)
{
	if (found > FOUND)
		return &command->options[found - FOUND - 1];
	for (size_t i = 0; i < count_options(command); i++) {
		const struct option_spec *option = &command->options[i];

		if (is_letter(option) && option->name[0] == found)
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
	optind = 0; /* getopt_long starts anew */
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
