/* SPDX-License-Identifier: MIT */
/* Descriptions of a point in words: its size, its conditions, its quantity. */
#include <stdio.h>
#include <string.h>

#include "harness/record/unit.h"
#include "harness/report/point.h"

static const char *plural_ending(unsigned int nr)
{
	return nr == 1 ? "" : "s";
}

struct text point_place(const struct point *point)
{
	const struct run_id *p = point->where;
	struct text text;

	if (p->topology)
		snprintf(text.s, sizeof(text.s), "%u thread%s, %u group%s of %.80s", p->threads,
		    plural_ending(p->threads), p->groups, plural_ending(p->groups), p->topology);
	else
		snprintf(text.s, sizeof(text.s), "%u thread%s, %u group%s of %u device%s",
		    p->threads, plural_ending(p->threads), p->groups, plural_ending(p->groups),
		    p->devices, plural_ending(p->devices));
	return text;
}

/* Splits the key of a time, such as "hold_ns", into the name "hold" and the unit. Returns the
 * length of the name. */
static size_t split_key(const char *key, bool *is_time)
{
	const size_t len = strlen(key);

	*is_time = len > 3 && !strcmp(key + len - 3, "_ns");
	return *is_time ? len - 3 : len;
}

static void add_words(struct text *to, const char *words)
{
	const size_t used = strlen(to->s);

	snprintf(to->s + used, sizeof(to->s) - used, "%s%s", used ? ", " : "", words);
}

static void add_parameter(struct text *to, const char *key, const json_t *value)
{
	const double number = json_number_value(value);
	bool is_time;
	const size_t len = split_key(key, &is_time);
	char name[64], words[160];

	snprintf(name, sizeof(name), "%.*s", (int)len, key);
	for (char *c = name; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	if (json_is_string(value))
		snprintf(words, sizeof(words), "%s %.80s", name, json_string_value(value));
	else if (is_time && number >= 1000)
		snprintf(words, sizeof(words), "%s %.40s", name, number_time(number).s);
	else
		snprintf(words, sizeof(words), "%s %.10g%s", name, number,
		    is_time && number > 0 ? " ns" : "");
	add_words(to, words);
}

static void add_parameters(struct text *to, const struct point *point, const char *const *left_out)
{
	const char *key;
	const json_t *value;

	/* The cast is needed because json_object_foreach() takes no const pointer. */
	json_object_foreach ((json_t *)point->where->parameters, key, value) {
		const char *const *name = left_out;

		while (*name && strcmp(*name, key) != 0)
			name++;
		if (!*name)
			add_parameter(to, key, value);
	}
}

static const char *const none[] = {NULL};

struct text point_mix(const struct point *point)
{
	struct text text = {""};

	add_parameters(&text, point, none);
	return text;
}

struct text point_brief(const struct point *point)
{
	const struct run_id *p = point->where;
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.40s, %u thread%s, ", p->workload, p->threads,
	    plural_ending(p->threads));
	if (p->topology)
		strncat(text.s, p->topology, sizeof(text.s) - strlen(text.s) - 1);
	else
		snprintf(text.s + strlen(text.s), sizeof(text.s) - strlen(text.s), "%u device%s",
		    p->devices, plural_ending(p->devices));
	add_parameters(&text, point, none);
	return text;
}

struct text point_conditions(const struct point *point, bool path)
{
	static const char *const always[] = {"hold_ns", "gap_ns", NULL};
	const json_t *parameters = point->where->parameters;
	struct text text = {""};

	if (path && point->where->path) {
		add_words(&text, "path ");
		strncat(text.s, point->where->path, sizeof(text.s) - strlen(text.s) - 1);
	}
	for (const char *const *name = always; *name; name++)
		add_parameter(&text, *name, json_object_get(parameters, *name));
	add_parameters(&text, point, always);
	return text;
}

static const char *unit_of(const struct point *point)
{
	return point->runs[0].run->unit ? point->runs[0].run->unit : "items";
}

/* Returns `second`, words to print after the unit, or "" if the unit is a ratio. */
static const char *per(const struct point *point, const char *second)
{
	return strncmp(unit_of(point), UNIT_RATIO, strlen(UNIT_RATIO)) ? second : "";
}

struct text point_quantity_words(const struct point *point)
{
	struct text text;

	if (point->quantity->about)
		snprintf(text.s, sizeof(text.s), "time %s: less is better", point->quantity->about);
	else
		snprintf(
		    text.s, sizeof(text.s), "%.80s%s", unit_of(point), per(point, " per second"));
	return text;
}

struct text point_unit(const struct point *point)
{
	struct text text = {""};

	if (!point->quantity->less)
		snprintf(text.s, sizeof(text.s), "%.80s%s", unit_of(point), per(point, "/s"));
	return text;
}
