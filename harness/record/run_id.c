/* SPDX-License-Identifier: MIT */
#include "harness/record/run_id.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"

static const char DEFAULT_FAMILY[] = "ownership";

/* The members of an identity that are strings and those that are integers, with their keys in JSON
 * and in a run's name. */
static const struct {
	const char *key;
	size_t offset;
	bool required;
} texts[] = {
    {"family", offsetof(struct run_id, family), true},
    {"workload", offsetof(struct run_id, workload), true},
    {"implementation", offsetof(struct run_id, implementation), true},
    {"topology", offsetof(struct run_id, topology), false},
    {"path", offsetof(struct run_id, path), false},
    {"machine", offsetof(struct run_id, machine), false},
};

static const struct {
	const char *key;
	size_t offset;
} numbers[] = {
    {"threads", offsetof(struct run_id, threads)},
    {"devices", offsetof(struct run_id, devices)},
    {"groups", offsetof(struct run_id, groups)},
};

enum { NR_TEXTS = sizeof(texts) / sizeof(texts[0]) };
enum { NR_NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static char **text_of(const struct run_id *id, size_t i)
{
	return (char **)((char *)id + texts[i].offset);
}

static unsigned int *number_of(const struct run_id *id, size_t i)
{
	return (unsigned int *)((char *)id + numbers[i].offset);
}

void run_id_free(struct run_id *id)
{
	for (size_t i = 0; i < NR_TEXTS; i++)
		free(*text_of(id, i));
	json_decref(id->parameters);
	*id = (struct run_id){0};
}

static json_t *number_json(double value)
{
	return value == rint(value) && fabs(value) < 1e15 ? json_integer((json_int_t)value)
	                                                  : json_real(value);
}

void run_id_set_number(struct run_id *id, const char *key, double value)
{
	json_object_set_new(id->parameters, key, number_json(value));
}

void run_id_set_unless(struct run_id *id, const char *key, double value, double by_default)
{
	if (value != by_default)
		run_id_set_number(id, key, value);
}

/* -- JSON -- */

static int read_text(const json_t *json, struct run_id *id, size_t i, struct error *err)
{
	const json_t *value = json_object_get(json, texts[i].key);

	if (!value && !texts[i].required)
		return 0;
	if (!json_is_string(value))
		return error_set(err, "\"run\" has no string \"%s\"", texts[i].key);
	*text_of(id, i) = copy_text(json_string_value(value));
	return 0;
}

static int read_number(const json_t *json, struct run_id *id, size_t i, struct error *err)
{
	json_int_t value = json_integer_value(json_object_get(json, numbers[i].key));

	if (value < 1 || value > UINT32_MAX)
		return error_set(err, "\"run\" has no integer \"%s\" of 1 or more", numbers[i].key);
	*number_of(id, i) = (unsigned int)value;
	return 0;
}

static int read_all(const json_t *json, struct run_id *id, struct error *err)
{
	json_t *parameters = json_object_get(json, "parameters");

	if (!json_is_object(json))
		return error_set(err, "no object \"run\"");
	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (read_text(json, id, i, err))
			return -1;
	}
	for (size_t i = 0; i < NR_NUMBERS; i++) {
		if (read_number(json, id, i, err))
			return -1;
	}
	if (!json_is_object(parameters))
		return error_set(err, "\"run\" has no object \"parameters\"");
	id->parameters = json_deep_copy(parameters);
	return 0;
}

int run_id_read(const json_t *json, struct run_id *id, struct error *err)
{
	*id = (struct run_id){0};
	if (!read_all(json, id, err))
		return 0;
	run_id_free(id);
	return -1;
}

json_t *run_id_json(const struct run_id *id)
{
	json_t *json = json_object();

	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (*text_of(id, i))
			json_object_set_new(json, texts[i].key, json_string(*text_of(id, i)));
	}
	for (size_t i = 0; i < NR_NUMBERS; i++)
		json_object_set_new(
		    json, numbers[i].key, json_integer((json_int_t)*number_of(id, i)));
	json_object_set(json, "parameters", id->parameters);
	return json;
}

/* -- a run's name -- */

/* Prints the number with the fewest digits that parse back to it. */
static void print_real(FILE *out, double value)
{
	char text[32];

	for (int digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	fputs(text, out);
}

static void print_parameter(FILE *out, const char *key, const json_t *value)
{
	fprintf(out, "/%s:", key);
	if (json_is_string(value))
		fputs(json_string_value(value), out);
	else if (json_is_integer(value))
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else
		print_real(out, json_number_value(value));
}

static void print_parameters(FILE *out, const json_t *parameters)
{
	size_t nr;
	const char **keys = member_names(parameters, &nr);

	for (size_t i = 0; i < nr; i++)
		print_parameter(out, keys[i], json_object_get(parameters, keys[i]));
	free(keys);
}

static void print_text(FILE *out, const char *key, const char *text)
{
	if (text)
		fprintf(out, "/%s:%s", key, text);
}

char *run_id_name(const struct run_id *id)
{
	char *name = NULL;
	size_t size;
	FILE *out = text_stream(&name, &size);

	fprintf(out, "%s/%s/threads:%u/devices:%u/groups:%u", id->workload, id->implementation,
	    id->threads, id->devices, id->groups);
	if (strcmp(id->family, DEFAULT_FAMILY) != 0)
		print_text(out, "family", id->family);
	print_text(out, "topology", id->topology);
	print_text(out, "path", id->path);
	print_parameters(out, id->parameters);
	print_text(out, "machine", id->machine);
	fclose(out);
	return name;
}

static json_t *parameter_value(const char *text)
{
	char *end;
	double number = strtod(text, &end);

	return *text && !*end && isfinite(number) ? number_json(number) : json_string(text);
}

static void set_part(struct run_id *id, const char *key, const char *value)
{
	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (strcmp(texts[i].key, key) != 0)
			continue;
		free(*text_of(id, i));
		*text_of(id, i) = copy_text(value);
		return;
	}
	for (size_t i = 0; i < NR_NUMBERS; i++) {
		if (!strcmp(numbers[i].key, key)) {
			*number_of(id, i) = (unsigned int)strtoul(value, NULL, 10);
			return;
		}
	}
	json_object_set_new(id->parameters, key, parameter_value(value));
}

/* Parses `rest`, "key:value/key:value", which it modifies. Returns false if it is malformed or
 * lacks a required number. */
static bool parse_parts(struct run_id *id, char *rest)
{
	char *part;

	while ((part = strsep(&rest, "/"))) {
		char *value = strchr(part, ':');

		if (!value)
			return false;
		*value++ = '\0';
		set_part(id, part, value);
	}
	return id->threads && id->devices && id->groups;
}

int run_id_parse(const char *name, struct run_id *id, struct error *err)
{
	char *copied = copy_text(name), *rest = copied;
	const char *workload = strsep(&rest, "/");
	const char *implementation = strsep(&rest, "/");
	bool parsed = implementation && rest;

	*id = (struct run_id){.parameters = json_object()};
	set_part(id, "family", DEFAULT_FAMILY);
	if (parsed) {
		set_part(id, "workload", workload);
		set_part(id, "implementation", implementation);
		parsed = parse_parts(id, rest);
	}
	free(copied);
	if (parsed)
		return 0;
	run_id_free(id);
	return error_set(err,
	    "%s: not a run's name; expected WORKLOAD/IMPLEMENTATION/threads:N/devices:N/groups:N",
	    name);
}

/* -- comparison -- */

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool run_id_same_point(const struct run_id *a, const struct run_id *b)
{
	for (size_t i = 0; i < NR_TEXTS; i++) {
		if (text_of(a, i) != &a->implementation &&
		    !same_text(*text_of(a, i), *text_of(b, i)))
			return false;
	}
	for (size_t i = 0; i < NR_NUMBERS; i++) {
		if (*number_of(a, i) != *number_of(b, i))
			return false;
	}
	return json_equal(a->parameters, b->parameters);
}

bool run_id_equal(const struct run_id *a, const struct run_id *b)
{
	return !strcmp(a->implementation, b->implementation) && run_id_same_point(a, b);
}
