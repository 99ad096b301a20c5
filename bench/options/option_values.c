/* SPDX-License-Identifier: MIT */
/* Parses the values of options into the fields of a command's structure, according to each option's
 * type. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/options/options.h"
#include "harness/memory.h"

bool option_is_letter(const struct option_spec *option)
{
	return !option->name[1];
}

bool option_value_is_optional(const struct option_spec *option)
{
	return option->arg && *option->arg == '[';
}

/* Returns whether the value begins with a digit or a point and consists of `characters`. strtoull()
 * and strtod() alone would also accept blanks, a sign, and other bases. */
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
	    option_is_letter(option) ? "-" : "--", option->name, value,
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

/* The list to which the items of an option's value are appended. */
struct growing_list {
	const struct option_spec *option;
	void *items; /* char *** or unsigned int **, by the option's type */
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
	for (const struct option_spec *option = command->options; option->name; option++)
		free_option(option, context);
}
