/* SPDX-License-Identifier: MIT */
#include "harness/report/classes.h"

#include <string.h>

#include "harness/files/json_file.h"

static const json_t *verdict_of(const struct report_sweep *sweep, const char *implementation)
{
	return member_entry(sweep->verify, "implementations", "name", implementation);
}

const char *class_of(const struct report_sweep *sweep, const char *implementation)
{
	const json_t *verdict = verdict_of(sweep, implementation);
	const json_t *entry = report_sweep_entry(sweep, implementation);

	if (verdict)
		return member_text(verdict, "found");
	return entry ? member_text(entry, "class") : "unknown";
}

bool class_is_found(const struct report_sweep *sweep, const char *implementation)
{
	return verdict_of(sweep, implementation) != NULL;
}

bool class_contradicts(const struct report_sweep *sweep, const char *implementation)
{
	const json_t *verdict = verdict_of(sweep, implementation);

	return verdict && strcmp(member_text(verdict, "found"), member_text(verdict, "declared"));
}

const char *class_role(const struct report_sweep *sweep, const char *implementation)
{
	const char *role = member_text(report_sweep_entry(sweep, implementation), "role");

	if (!strcmp(implementation, "ceiling"))
		return "ceiling";
	return *role ? role : "design";
}

static const struct family_class *find_class(const struct report_sweep *sweep, const char *class)
{
	for (const struct family_class *c = sweep->family->classes; c->class; c++) {
		if (!strcmp(c->class, class))
			return c;
	}
	return NULL;
}

const char *class_why_unranked(const struct report_sweep *sweep, const char *implementation)
{
	const char *role = class_role(sweep, implementation);
	const char *class = class_of(sweep, implementation);
	const struct family_class *found = find_class(sweep, class);

	if (strcmp(role, "design") != 0 && strcmp(role, "variant") != 0)
		return role;
	if (!found)
		return "class unknown";
	return found->ranked ? NULL : found->class;
}

bool class_is_best(const struct report_sweep *sweep, const char *implementation)
{
	return !strcmp(class_of(sweep, implementation), sweep->family->classes[0].class);
}

/* -- all classes -- */

/* Returns the set of implementations that were run: an object with their names as keys. */
static json_t *implementations_of(const struct report_sweep *sweep)
{
	json_t *names = json_object();

	for (size_t i = 0; i < sweep->sweep.nr_runs; i++)
		json_object_set_new(names, sweep->sweep.runs[i].id.implementation, json_true());
	return names;
}

/* Returns the implementations of the class, and removes them from the set `names`. */
static json_t *members_of(const struct report_sweep *sweep, json_t *names, const char *class)
{
	json_t *list = json_array();
	const char *name;
	const json_t *ignored;
	void *next;

	json_object_foreach_safe(names, next, name, ignored)
	{
		if (strcmp(class_of(sweep, name), class) != 0 ||
		    !strcmp(class_role(sweep, name), "ceiling"))
			continue;
		json_array_append_new(list, json_string(name));
		json_object_del(names, name);
	}
	return list;
}

static void add_class(
    json_t *classes, const struct report_sweep *sweep, json_t *names, const char *class)
{
	json_t *members = members_of(sweep, names, class);

	if (json_array_size(members))
		json_array_append_new(
		    classes, json_pack("{s:s, s:O}", "class", class, "implementations", members));
	json_decref(members);
}

json_t *classes_json(const struct report_sweep *sweep)
{
	json_t *classes = json_array(), *names = implementations_of(sweep);

	for (const struct family_class *c = sweep->family->classes; c->class; c++)
		add_class(classes, sweep, names, c->class);
	add_class(classes, sweep, names, "none");
	add_class(classes, sweep, names, "unknown");
	json_decref(names);
	return classes;
}

/* -- the evidence for the classes -- */

/* Counts the checkers that ran on the first implementation. All others were checked by the same
 * ones. */
static size_t count_checkers(const struct report_sweep *sweep)
{
	const json_t *list = json_object_get(sweep->verify, "implementations");
	const json_t *checkers = json_object_get(json_array_get(list, 0), "checkers");
	const json_t *checker;
	size_t nr = 0, i;

	json_array_foreach (checkers, i, checker)
		nr += json_is_true(json_object_get(checker, "ran"));
	return nr;
}

static bool was_caught(const json_t *control)
{
	const json_t *checker;
	size_t i;

	json_array_foreach (json_object_get(control, "checkers"), i, checker) {
		if (json_object_get(checker, "caught_after_seconds"))
			return true;
	}
	return false;
}

/* Returns how many negative controls were caught. A checker that finds no fault is evidence only if
 * it catches designs that are broken on purpose. */
static json_t *controls_json(const struct report_sweep *sweep)
{
	const json_t *controls = json_object_get(sweep->verify, "controls");
	const json_t *control;
	json_t *escaped;
	const size_t nr = json_array_size(controls);
	size_t i;

	if (!nr)
		return json_null();
	escaped = json_array();
	json_array_foreach (controls, i, control) {
		if (!was_caught(control))
			json_array_append_new(escaped, json_string(member_text(control, "name")));
	}
	return json_pack("{s:I, s:I, s:o}", "caught", (json_int_t)(nr - json_array_size(escaped)),
	    "of", (json_int_t)nr, "escaped", escaped);
}

json_t *classes_evidence_json(const struct report_sweep *sweep)
{
	const size_t checkers = count_checkers(sweep);
	json_t *text = sweep->verify ? json_sprintf("as found by %zu checker%s on this machine",
					   checkers, checkers == 1 ? "" : "s")
	                             : json_string("as declared: the sweep has no verify.json");

	return json_pack("{s:o, s:o}", "controls", controls_json(sweep), "text", text);
}
