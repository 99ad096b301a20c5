/* SPDX-License-Identifier: MIT */
#include "harness/show/document.h"

#include <stdio.h>
#include <string.h>

/* -- the check -- */

enum member_type { MEMBER_TEXT, MEMBER_NUMBER, MEMBER_BOOLEAN, MEMBER_OBJECT, MEMBER_LIST };

struct member {
	const char *name;
	enum member_type type;
	bool may_lack;               /* or be null */
	const struct member *inside; /* of an object, or of each object of a list; NULL: not read */
};

static const char *const type_names[] = {
    "a text", "a number", "true or false", "an object", "a list"};

static const struct member measure_members[] = {
    {"value", MEMBER_NUMBER, true, NULL},
    {"low", MEMBER_NUMBER, true, NULL},
    {"high", MEMBER_NUMBER, true, NULL},
    {"text", MEMBER_TEXT, false, NULL},
    {"interval", MEMBER_TEXT, true, NULL},
    {0},
};

static const struct member told_members[] = {
    {"told", MEMBER_TEXT, false, NULL},
    {"text", MEMBER_TEXT, true, NULL},
    {0},
};

static const struct member result_members[] = {
    {"implementation", MEMBER_TEXT, false, NULL},
    {"failure", MEMBER_TEXT, true, NULL},
    {"class", MEMBER_TEXT, false, NULL},
    {"class_is", MEMBER_TEXT, false, NULL},
    {"contradicts", MEMBER_BOOLEAN, true, NULL},
    {"rank", MEMBER_NUMBER, true, NULL},
    {"why_unranked", MEMBER_TEXT, true, NULL},
    {"value", MEMBER_OBJECT, true, measure_members},
    {"to_baseline", MEMBER_OBJECT, true, measure_members},
    {"to_ceiling", MEMBER_OBJECT, true, measure_members},
    {"reached", MEMBER_BOOLEAN, true, NULL},
    {"against_baseline", MEMBER_OBJECT, true, told_members},
    {"metrics", MEMBER_OBJECT, true, NULL},
    {"latency", MEMBER_OBJECT, true, NULL},
    {"samples", MEMBER_LIST, true, NULL},
    {0},
};

static const struct member fastest_design_members[] = {
    {"implementation", MEMBER_TEXT, true, NULL},
    {"precise", MEMBER_BOOLEAN, true, NULL},
    {"second", MEMBER_TEXT, true, NULL},
    {"told_apart", MEMBER_BOOLEAN, true, NULL},
    {0},
};

static const struct member fastest_members[] = {
    {"best_class", MEMBER_OBJECT, true, fastest_design_members},
    {"any_class", MEMBER_OBJECT, true, fastest_design_members},
    {0},
};

static const struct member point_members[] = {
    {"id", MEMBER_TEXT, false, NULL},
    {"workload", MEMBER_TEXT, false, NULL},
    {"threads", MEMBER_NUMBER, false, NULL},
    {"devices", MEMBER_NUMBER, false, NULL},
    {"groups", MEMBER_NUMBER, false, NULL},
    {"topology", MEMBER_TEXT, true, NULL},
    {"path", MEMBER_TEXT, true, NULL},
    {"parameters", MEMBER_OBJECT, true, NULL},
    {"place", MEMBER_TEXT, false, NULL},
    {"conditions", MEMBER_TEXT, true, NULL},
    {"quantity", MEMBER_TEXT, false, NULL},
    {"unit", MEMBER_TEXT, false, NULL},
    {"baseline", MEMBER_TEXT, true, NULL},
    {"ceiling", MEMBER_TEXT, true, NULL},
    {"results", MEMBER_LIST, false, result_members},
    {"fastest", MEMBER_OBJECT, true, fastest_members},
    {0},
};

static const struct member precision_members[] = {
    {"goal", MEMBER_NUMBER, true, NULL},
    {"runs", MEMBER_NUMBER, false, NULL},
    {"reached", MEMBER_NUMBER, false, NULL},
    {"reached_10_percent", MEMBER_NUMBER, true, NULL},
    {"limited_by", MEMBER_TEXT, true, NULL},
    {0},
};

static const struct member headline_members[] = {
    {"point", MEMBER_TEXT, true, NULL},
    {"words", MEMBER_TEXT, true, NULL},
    {0},
};

static const struct member verdict_members[] = {
    {"name", MEMBER_TEXT, false, NULL},
    {"declared", MEMBER_TEXT, false, NULL},
    {"found", MEMBER_TEXT, false, NULL},
    {"contradiction", MEMBER_BOOLEAN, true, NULL},
    {0},
};

static const struct member verify_members[] = {
    {"implementations", MEMBER_LIST, false, verdict_members},
    {0},
};

static const struct member claim_members[] = {
    {"id", MEMBER_TEXT, false, NULL},
    {"claim", MEMBER_TEXT, false, NULL},
    {"verdict", MEMBER_TEXT, true, NULL},
    {"boundary", MEMBER_TEXT, true, NULL},
    {"figure", MEMBER_TEXT, true, NULL},
    {0},
};

static const struct member warning_members[] = {{"what", MEMBER_TEXT, false, NULL}, {0}};

static const struct member sweep_members[] = {
    {"dir", MEMBER_TEXT, false, NULL},
    {"machine", MEMBER_NUMBER, false, NULL},
    {"family", MEMBER_TEXT, false, NULL},
    {"verify", MEMBER_OBJECT, true, verify_members},
    {"claims", MEMBER_LIST, true, claim_members},
    {"precision", MEMBER_OBJECT, true, precision_members},
    {"headline", MEMBER_OBJECT, true, headline_members},
    {"warnings", MEMBER_LIST, true, warning_members},
    {"points", MEMBER_LIST, false, point_members},
    {0},
};

static const struct member machine_members[] = {
    {"id", MEMBER_NUMBER, false, NULL},
    {"name", MEMBER_TEXT, false, NULL},
    {"warnings", MEMBER_LIST, true, warning_members},
    {0},
};

static const struct member column_members[] = {
    {"key", MEMBER_TEXT, false, NULL},
    {"heading", MEMBER_TEXT, false, NULL},
    {0},
};

static const struct member class_members[] = {{"class", MEMBER_TEXT, false, NULL}, {0}};

static const struct member implementation_members[] = {
    {"name", MEMBER_TEXT, false, NULL},
    {"class", MEMBER_TEXT, false, NULL},
    {"role", MEMBER_TEXT, false, NULL},
    {0},
};

static const struct member family_members[] = {
    {"name", MEMBER_TEXT, false, NULL},
    {"question", MEMBER_TEXT, false, NULL},
    {"baseline", MEMBER_TEXT, false, NULL},
    {"ranked_class", MEMBER_TEXT, false, NULL},
    {"classes", MEMBER_LIST, false, class_members},
    {"columns", MEMBER_LIST, false, column_members},
    {"operations", MEMBER_LIST, false, NULL},
    {"implementations", MEMBER_LIST, false, implementation_members},
    {0},
};

static const struct member made_members[] = {
    {"program", MEMBER_TEXT, false, NULL},
    {"commit", MEMBER_TEXT, true, NULL},
    {"time", MEMBER_TEXT, false, NULL},
    {0},
};

static const struct member report_members[] = {
    {"made", MEMBER_OBJECT, false, made_members},
    {"families", MEMBER_LIST, false, family_members},
    {"machines", MEMBER_LIST, false, machine_members},
    {"sweeps", MEMBER_LIST, false, sweep_members},
    {0},
};

static bool has_type(const json_t *value, enum member_type type)
{
	switch (type) {
	case MEMBER_TEXT:
		return json_is_string(value);
	case MEMBER_NUMBER:
		return json_is_number(value);
	case MEMBER_BOOLEAN:
		return json_is_boolean(value);
	case MEMBER_OBJECT:
		return json_is_object(value);
	case MEMBER_LIST:
		return json_is_array(value);
	}
	return false;
}

enum { PATH_MAX_SIZE = 256 };

static int check_members(
    const json_t *object, const struct member *members, const char *path, struct error *err);

/* The members inside a value that has the right type. */
static int check_inside(
    const json_t *value, const struct member *member, const char *path, struct error *err)
{
	char place[PATH_MAX_SIZE];
	const json_t *entry;
	size_t i;

	if (!member->inside)
		return 0;
	if (member->type == MEMBER_OBJECT)
		return check_members(value, member->inside, path, err);
	json_array_foreach (value, i, entry) {
		snprintf(place, sizeof(place), "%.200s[%zu]", path, i);
		if (!json_is_object(entry))
			return error_set(err, "report.json: %s is not an object", place);
		if (check_members(entry, member->inside, place, err))
			return -1;
	}
	return 0;
}

static int check_members(
    const json_t *object, const struct member *members, const char *path, struct error *err)
{
	char place[PATH_MAX_SIZE];

	for (const struct member *member = members; member->name; member++) {
		const json_t *value = json_object_get(object, member->name);

		snprintf(place, sizeof(place), "%s%s%s", path, *path ? "." : "", member->name);
		if (member->may_lack && (!value || json_is_null(value)))
			continue;
		if (!value)
			return error_set(err, "report.json: %s is missing", place);
		if (!has_type(value, member->type))
			return error_set(
			    err, "report.json: %s is not %s", place, type_names[member->type]);
		if (check_inside(value, member, place, err))
			return -1;
	}
	return 0;
}

static int check_references(const json_t *report, struct error *err)
{
	const json_t *sweeps = json_object_get(report, "sweeps"), *sweep;
	size_t i;

	json_array_foreach (sweeps, i, sweep) {
		if (!document_family(report, sweep))
			return error_set(err, "report.json: sweeps[%zu].family: no family %s", i,
			    document_text(sweep, "family"));
		if (!document_machine(report, sweep))
			return error_set(
			    err, "report.json: sweeps[%zu].machine: no machine with this id", i);
	}
	return 0;
}

int document_check(const json_t *report, struct error *err)
{
	const json_int_t format = json_integer_value(json_object_get(report, "format"));

	if (format != 1)
		return error_set(err,
		    "report.json: format is %" JSON_INTEGER_FORMAT
		    "; this version of the program reads 1",
		    format);
	if (check_members(report, report_members, "", err))
		return -1;
	return check_references(report, err);
}

/* -- reading -- */

const char *document_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

const char *measure_text(const json_t *measure)
{
	return document_text(measure, "text");
}

const char *measure_interval(const json_t *measure)
{
	return document_text(measure, "interval");
}

static const json_t *find_named(const json_t *list, const char *key, const char *name)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (list, i, entry) {
		if (!strcmp(document_text(entry, key), name))
			return entry;
	}
	return NULL;
}

const json_t *document_family(const json_t *report, const json_t *sweep)
{
	return find_named(
	    json_object_get(report, "families"), "name", document_text(sweep, "family"));
}

const json_t *document_machine(const json_t *report, const json_t *sweep)
{
	const json_t *machines = json_object_get(report, "machines"), *machine;
	const json_t *id = json_object_get(sweep, "machine");
	size_t i;

	json_array_foreach (machines, i, machine) {
		if (json_equal(json_object_get(machine, "id"), id))
			return machine;
	}
	return NULL;
}

const json_t *document_implementation(const json_t *family, const char *name)
{
	return find_named(json_object_get(family, "implementations"), "name", name);
}

bool document_is_of_several(const json_t *report)
{
	return json_array_size(json_object_get(report, "machines")) > 1;
}

const char *right_class(const json_t *family)
{
	return document_text(json_array_get(json_object_get(family, "classes"), 0), "class");
}

const json_t *headline_point(const json_t *sweep)
{
	const char *id = document_text(json_object_get(sweep, "headline"), "point");
	const json_t *points = json_object_get(sweep, "points");
	const json_t *point = find_named(points, "id", id);

	return point ? point : json_array_get(points, 0);
}

const json_t *point_fastest(const json_t *point, const char *of)
{
	return json_object_get(json_object_get(point, "fastest"), of);
}

const json_t *point_result(const json_t *point, const char *implementation)
{
	return find_named(json_object_get(point, "results"), "implementation", implementation);
}

bool result_failed(const json_t *result)
{
	return json_is_string(json_object_get(result, "failure"));
}

const char *result_reason(const json_t *result)
{
	const char *reason = document_text(result, "failure");
	const char *name = document_text(result, "implementation");
	const size_t length = strlen(name);

	return !strncmp(reason, name, length) && !strncmp(reason + length, ": ", 2)
	           ? reason + length + 2
	           : reason;
}

bool result_is_baseline(const json_t *point, const json_t *result)
{
	return !strcmp(document_text(point, "baseline"), document_text(result, "implementation"));
}

bool result_is_imprecise(const json_t *result)
{
	return json_is_false(json_object_get(result, "reached"));
}

bool point_has_metric(const json_t *point, const char *key)
{
	const json_t *results = json_object_get(point, "results"), *result;
	size_t i;

	json_array_foreach (results, i, result) {
		const json_t *metric = json_object_get(json_object_get(result, "metrics"), key);

		if (json_number_value(json_object_get(metric, "value")) != 0)
			return true;
	}
	return false;
}
