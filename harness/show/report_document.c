/* SPDX-License-Identifier: MIT */
#include "harness/show/report_document.h"

#include <stdio.h>
#include <string.h>

/* -- validation -- */

/*
 * The members that the show functions read, for each kind of object. The character after a member's
 * name gives its type: '#' number, '!' boolean, '{' object, '[' array, or string if there is none.
 * The kind of the object, or of the array's entries, may follow. A member with '?' before its name
 * may be null or missing.
 */
static const struct {
	const char *kind, *members;
} kinds[] = {
    {"report", "made{made families[family machines[machine sweeps[sweep"},
    {"made", "program ?commit time"},
    {"family", "name question baseline ranked_class classes[class columns[column operations[ "
	       "implementations[implementation"},
    {"class", "class"},
    {"column", "key heading"},
    {"implementation", "name class role"},
    {"machine", "id# name ?warnings[warning"},
    {"warning", "what"},
    {"sweep", "dir machine# family ?verify{verify ?claims[claim ?precision{precision "
	      "?headline{headline ?warnings[warning points[point ?regret{regret ?storms[storm"},
    {"verify", "implementations[verdict"},
    {"verdict", "name declared found ?contradiction! ?all_programs_up_to"},
    {"claim", "id claim ?verdict ?boundary ?figure"},
    {"precision", "?goal# runs# reached# ?reached_10_percent# ?limited_by"},
    {"headline", "?point ?words"},
    {"regret", "class most_devices# points[ large_points[ designs[regretted"},
    {"regretted", "implementation class ?rank# ?worst{measure ?place ?rival ?mean{measure lacks[ "
		  "?large{regrets ?claims{regrets"},
    {"regrets", "?worst{measure lacks["},
    {"storm", "points["},
    {"point", "id workload threads# devices# groups# ?topology ?path ?parameters{ place "
	      "?conditions quantity unit ?baseline ?ceiling results[result ?fastest{fastest"},
    {"fastest", "?best_class{design ?any_class{design"},
    {"design", "?implementation ?precise! ?second ?told_apart!"},
    {"result",
	"implementation ?failure class class_is ?contradicts! ?rank# ?why_unranked "
	"?value{measure ?to_baseline{measure ?to_ceiling{measure ?reached! "
	"?regret{measure ?regret_rival ?against_baseline{told ?metrics{ ?latency{ ?samples["},
    {"measure", "?value# ?low# ?high# text ?interval"},
    {"told", "told ?text"},
};

/* Returns NULL if the value has the type, else the type's name. */
static const char *missed_type(const json_t *value, char type)
{
	switch (type) {
	case '#':
		return json_is_number(value) ? NULL : "a number";
	case '!':
		return json_is_boolean(value) ? NULL : "true or false";
	case '{':
		return json_is_object(value) ? NULL : "an object";
	case '[':
		return json_is_array(value) ? NULL : "an array";
	default:
		return json_is_string(value) ? NULL : "a string";
	}
}

enum { PLACE_SIZE = 256 };

static int check_object(
    const json_t *object, const char *kind, const char *place, struct error *err);

static int check_list(const json_t *list, const char *kind, const char *place, struct error *err)
{
	char here[PLACE_SIZE];
	const json_t *entry;
	size_t i;

	json_array_foreach (list, i, entry) {
		snprintf(here, sizeof(here), "%.200s[%zu]", place, i);
		if (!json_is_object(entry))
			return error_set(err, "report.json: %s is not an object", here);
		if (check_object(entry, kind, here, err))
			return -1;
	}
	return 0;
}

/* `member` is a word of kinds[] in a buffer, which this function modifies. */
static int check_member(const json_t *object, char *member, const char *place, struct error *err)
{
	const bool may_lack = *member == '?';
	char *name = member + may_lack, *end = name + strcspn(name, "#!{[");
	const char type = *end, *kind = type ? end + 1 : end;
	const char *missed;
	const json_t *value;
	char here[PLACE_SIZE];

	*end = '\0';
	value = json_object_get(object, name);
	if (may_lack && (!value || json_is_null(value)))
		return 0;
	snprintf(here, sizeof(here), "%.200s%s%s", place, *place ? "." : "", name);
	if (!value)
		return error_set(err, "report.json: %s is missing", here);
	missed = missed_type(value, type);
	if (missed)
		return error_set(err, "report.json: %s is not %s", here, missed);
	if (!*kind)
		return 0;
	return type == '[' ? check_list(value, kind, here, err)
	                   : check_object(value, kind, here, err);
}

static int check_object(
    const json_t *object, const char *kind, const char *place, struct error *err)
{
	const char *at;
	char member[64];
	size_t k = 0;
	int length;

	while (strcmp(kinds[k].kind, kind) != 0)
		k++;
	for (at = kinds[k].members; sscanf(at, "%63s%n", member, &length) == 1; at += length) {
		if (check_member(object, member, place, err))
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
			return error_set(err, "report.json: sweeps[%zu].family: no such family: %s",
			    i, member_text(sweep, "family"));
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
		    "report.json: format is %" JSON_INTEGER_FORMAT "; this version reads format 1",
		    format);
	if (check_object(report, "report", "", err))
		return -1;
	return check_references(report, err);
}

/* -- access to members -- */

const char *measure_text(const json_t *measure)
{
	return member_text(measure, "text");
}

const char *measure_interval(const json_t *measure)
{
	return member_text(measure, "interval");
}

const json_t *document_family(const json_t *report, const json_t *sweep)
{
	return member_entry(report, "families", "name", member_text(sweep, "family"));
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

const json_t *document_point(const json_t *sweep, const char *id)
{
	return member_entry(sweep, "points", "id", id);
}

const json_t *document_implementation(const json_t *family, const char *name)
{
	return member_entry(family, "implementations", "name", name);
}

bool document_is_of_several(const json_t *report)
{
	return json_array_size(json_object_get(report, "machines")) > 1;
}

const char *right_class(const json_t *family)
{
	return member_text(json_array_get(json_object_get(family, "classes"), 0), "class");
}

const json_t *headline_point(const json_t *sweep)
{
	const char *id = member_text(json_object_get(sweep, "headline"), "point");
	const json_t *point = document_point(sweep, id);

	return point ? point : json_array_get(json_object_get(sweep, "points"), 0);
}

const json_t *point_fastest(const json_t *point, const char *of)
{
	return json_object_get(json_object_get(point, "fastest"), of);
}

const json_t *point_result(const json_t *point, const char *implementation)
{
	return member_entry(point, "results", "implementation", implementation);
}

bool result_failed(const json_t *result)
{
	return json_is_string(json_object_get(result, "failure"));
}

const char *result_reason(const json_t *result)
{
	const char *reason = member_text(result, "failure");
	const char *name = member_text(result, "implementation");
	const size_t length = strlen(name);

	return !strncmp(reason, name, length) && !strncmp(reason + length, ": ", 2)
	           ? reason + length + 2
	           : reason;
}

bool result_is_baseline(const json_t *point, const json_t *result)
{
	return !strcmp(member_text(point, "baseline"), member_text(result, "implementation"));
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

const char *result_metric(const json_t *result, const char *key)
{
	return measure_text(json_object_get(json_object_get(result, "metrics"), key));
}

bool class_is_declared(const json_t *result)
{
	return strcmp(member_text(result, "class"), "none") != 0 &&
	       !strcmp(member_text(result, "class_is"), "declared");
}

const char *value_heading(const json_t *point)
{
	const char *unit = member_text(point, "unit");

	return *unit ? unit : member_text(point, "quantity");
}
