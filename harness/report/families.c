/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/report/classes.h"
#include "harness/report/parts.h"

/* -- implementations that were run -- */

/* Returns an object that maps the name of each implementation of a family to the index of the first
 * sweep that ran it. */
static json_t *implementations_of(
    const struct report_sweep *sweeps, size_t nr, const struct family_text *family)
{
	json_t *names = json_object();

	for (size_t i = 0; i < nr; i++) {
		for (size_t r = 0; sweeps[i].family == family && r < sweeps[i].sweep.nr_runs; r++) {
			const char *name = sweeps[i].sweep.runs[r].id.implementation;

			if (!json_object_get(names, name))
				json_object_set_new(names, name, json_integer((json_int_t)i));
		}
	}
	return names;
}

/* -- families as JSON -- */

/* Returns the sizes of an implementation's state, from members such as "group_state_bytes":
 * {"group": 24, ..}. */
static json_t *state_bytes_json(const json_t *entry)
{
	static const char ending[] = "_state_bytes";
	json_t *bytes = json_object();
	const char *key;
	json_t *value;

	/* The cast is needed because json_object_foreach() takes no const pointer. */
	json_object_foreach ((json_t *)entry, key, value) {
		const char *end = strstr(key, ending);

		if (end && !end[sizeof(ending) - 1])
			json_object_setn_new(bytes, key, (size_t)(end - key), json_incref(value));
	}
	return bytes;
}

/* An implementation that this build does not contain has null members and the class "unknown". */
static json_t *implementation_json(const struct report_sweep *sweep, const char *name, size_t color)
{
	static const char *const members[] = {"summary", "source", "file", "progress"};
	const json_t *entry = report_sweep_entry(sweep, name);
	json_t *json = json_pack("{s:s, s:s, s:s, s:I}", "name", name, "role",
	    class_role(sweep, name), "class", entry ? member_text(entry, "class") : "unknown",
	    "color", (json_int_t)color);

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		member_set(json, members[i], json_object_get(entry, members[i]));
	json_object_set_new(json, "state_bytes", state_bytes_json(entry));
	return json;
}

/* The ceiling comes first and has colour 0. The others are numbered in the order of their names. */
static json_t *implementations_json(
    const struct report_sweep *sweeps, size_t nr, const struct family_text *family)
{
	json_t *list = json_array(), *first = implementations_of(sweeps, nr, family);
	size_t found, color = 1;
	const char **names = member_names(first, &found);

	for (size_t i = 0; i < found; i++) {
		const struct report_sweep *sweep =
		    &sweeps[json_integer_value(json_object_get(first, names[i]))];

		if (!strcmp(names[i], "ceiling"))
			json_array_insert_new(list, 0, implementation_json(sweep, names[i], 0));
		else
			json_array_append_new(list, implementation_json(sweep, names[i], color++));
	}
	free(names);
	json_decref(first);
	return list;
}

static json_t *classes_list(const struct family_text *family)
{
	json_t *list = json_array();

	for (const struct family_class *c = family->classes; c->class; c++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "class", c->class,
						"meaning", c->meaning, "ranked", c->ranked));
	return list;
}

static void add_columns(json_t *list, const struct family_column *columns)
{
	for (const struct family_column *c = columns; c->metric; c++)
		json_array_append_new(
		    list, json_pack("{s:s, s:s}", "key", c->metric, "heading", c->heading));
}

static json_t *columns_json(const struct family_text *family)
{
	json_t *list = json_array();

	add_columns(list, family_common_columns);
	add_columns(list, family->columns);
	return list;
}

static json_t *operations_json(const struct family_text *family)
{
	json_t *list = json_array();

	for (const char *const *operation = family->operations; *operation; operation++)
		json_array_append_new(list, json_string(*operation));
	return list;
}

static json_t *family_json(
    const struct report_sweep *sweeps, size_t nr, const struct family_text *family)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:o}", "name",
	    family->name, "title", family->title, "question", family->question, "baseline",
	    family->baseline, "headline_workload", family->headline, "ranked_class",
	    family_ranked_words(family), "classes", classes_list(family), "columns",
	    columns_json(family), "columns_note", family->columns_note, "operations",
	    operations_json(family), "implementations", implementations_json(sweeps, nr, family));
}

json_t *families_json(const struct report_sweep *sweeps, size_t nr)
{
	json_t *list = json_array();

	for (size_t f = 0; family_texts[f]; f++) {
		json_t *family = family_json(sweeps, nr, family_texts[f]);

		if (json_array_size(json_object_get(family, "implementations")))
			json_array_append(list, family);
		json_decref(family);
	}
	return list;
}
