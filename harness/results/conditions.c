/* SPDX-License-Identifier: MIT */
#include "harness/results/conditions.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "harness/results/axis.h"

/* "hold:100", or what is behind its colon. */
struct parameter {
	char s[64];
};

static const char *const paths[] = {"ops", "probe"};

/* What is behind "/key:" in the run's name, up to the next slash; "" where it has none. */
static struct parameter parameter(const struct sweep_point *point, const char *key)
{
	const size_t len = strlen(key);
	struct parameter value = {""};

	for (const char *at = point_parameters(point); *at; at += strcspn(at, "/")) {
		at++;
		if (!strncmp(at, key, len) && at[len] == ':')
			snprintf(value.s, sizeof(value.s), "%.*s", (int)strcspn(at + len + 1, "/"),
			    at + len + 1);
	}
	return value;
}

static const char *path_of(const char *text)
{
	for (size_t i = 0; text && i < sizeof(paths) / sizeof(paths[0]); i++) {
		if (!strcmp(paths[i], text))
			return paths[i];
	}
	return NULL;
}

static const char *text_of(const json_t *entry, const char *key)
{
	const char *text = json_string_value(json_object_get(entry, key));

	return text ? text : "";
}

const char *conditions_path(const struct sweep_point *point, const json_t *catalogue)
{
	const struct parameter own = parameter(point, "path");
	const json_t *entry;
	size_t i;

	if (*own.s)
		return path_of(own.s);
	json_array_foreach (json_object_get(catalogue, "workloads"), i, entry) {
		if (!strcmp(text_of(entry, "name"), point->workload) &&
		    !strcmp(text_of(entry, "family"), "ownership"))
			return path_of(text_of(entry, "path"));
	}
	return NULL;
}

static void add(struct conditions *to, const char *name, const char *value)
{
	const size_t used = strlen(to->s);

	snprintf(to->s + used, sizeof(to->s) - used, "%s%s%s", used ? ", " : "", name, value);
}

/* "hold 100 ns", or "hold 0" */
static void add_time(struct conditions *to, const struct sweep_point *point, const char *key)
{
	const struct parameter value = parameter(point, key);
	char text[sizeof(value.s) + 16];

	snprintf(text, sizeof(text), " %s%s", *value.s ? value.s : "0", *value.s ? " ns" : "");
	add(to, key, text);
}

/* Whether "key:.." is told otherwise. */
static bool is_told(const char *parameter)
{
	static const char *const told[] = {"path:", "hold:", "gap:", "topology:"};

	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		if (!strncmp(parameter, told[i], strlen(told[i])))
			return true;
	}
	return false;
}

struct conditions conditions_of(const struct sweep_point *point, const char *path)
{
	struct conditions text = {""};

	if (path)
		add(&text, "path ", path);
	add_time(&text, point, "hold");
	add_time(&text, point, "gap");
	for (const char *at = point_parameters(point); *at; at += strcspn(at, "/")) {
		struct parameter other;

		at++;
		snprintf(other.s, sizeof(other.s), "%.*s", (int)strcspn(at, "/"), at);
		if (!is_told(other.s))
			add(&text, "", other.s);
	}
	return text;
}
