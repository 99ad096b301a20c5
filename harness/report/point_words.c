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

/* Splits "hold_ns" into the name "hold" and the unit " ns". Returns the length of the name. */
static size_t split_key(const char *key, const char **unit)
{
	const size_t len = strlen(key);
	const bool is_time = len > 3 && !strcmp(key + len - 3, "_ns");

	*unit = is_time ? " ns" : "";
	return is_time ? len - 3 : len;
}

static void add_words(struct text *to, const char *words)
{
	const size_t used = strlen(to->s);

	snprintf(to->s + used, sizeof(to->s) - used, "%s%s", used ? ", " : "", words);
}

static void add_parameter(struct text *to, const char *key, const json_t *value)
{
	const char *unit;
	const size_t len = split_key(key, &unit);
	char name[64], words[160];

	snprintf(name, sizeof(name), "%.*s", (int)len, key);
	for (char *c = name; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	if (json_is_string(value))
		snprintf(words, sizeof(words), "%s %.80s", name, json_string_value(value));
	else
		snprintf(words, sizeof(words), "%s %.10g%s", name, json_number_value(value),
		    json_number_value(value) != 0 ? unit : "");
	add_words(to, words);
}

struct text point_conditions(const struct point *point, bool path)
{
	static const char *const always[] = {"hold_ns", "gap_ns"};
	const json_t *parameters = point->where->parameters;
	struct text text = {""};
	const char *key;
	const json_t *value;

	if (path && point->where->path) {
		add_words(&text, "path ");
		strncat(text.s, point->where->path, sizeof(text.s) - strlen(text.s) - 1);
	}
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		add_parameter(&text, always[i], json_object_get(parameters, always[i]));
	/* json_object_foreach() takes no const pointer. */
	json_object_foreach ((json_t *)parameters, key, value) {
		if (strcmp(key, always[0]) != 0 && strcmp(key, always[1]) != 0)
			add_parameter(&text, key, value);
	}
	return text;
}

static const char *unit_of(const struct point *point)
{
	return point->runs[0].run->unit ? point->runs[0].run->unit : "items";
}

/* What comes behind the unit. */
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
