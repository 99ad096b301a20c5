/* SPDX-License-Identifier: MIT */
#include "harness/results/merge_runs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"

/* *json stays NULL where there is no such file. */
static int read_if_there(const char *dir, const char *name, json_t **json, struct error *err)
{
	char *path = file_path(dir, name);
	bool there = access(path, F_OK) == 0 || errno != ENOENT;

	*json = there ? json_file_read(path, err) : NULL;
	free(path);
	return there && !*json ? -1 : 0;
}

/* -- what is there twice -- */

/* The key is new, or else it is this run that is there twice. */
static int note(struct merged *merged, const char *key, const struct merge_source *source,
    const char *run, json_int_t repetition, struct error *err)
{
	const char *other = json_string_value(json_object_get(merged->seen, key));

	if (!other) {
		json_object_set_new(merged->seen, key, json_string(source->dir));
		return 0;
	}
	if (!strcmp(other, source->dir))
		return error_set(err,
		    "%s/benchmark.json: repetition %" JSON_INTEGER_FORMAT " of %s is there twice",
		    source->dir, repetition, run);
	return error_set(err,
	    "%s and %s hold the same run: repetition %" JSON_INTEGER_FORMAT " of %s", other,
	    source->dir, repetition, run);
}

/* Within a sweep a run's repetition is there once; and no two machines measure the same rate, to 17
 * digits, at the same time since their sweeps began. */
static int note_run(struct merged *merged, const struct merge_source *source, const json_t *entry,
    struct error *err)
{
	const char *run = json_string_value(json_object_get(entry, "run_name"));
	const json_t *number = json_object_get(entry, "repetition_index");
	const double rate = json_number_value(json_object_get(entry, "items_per_second"));
	const double at = json_number_value(json_object_get(entry, "at_seconds"));
	json_int_t repetition = json_integer_value(number);
	char *key;
	int ret = 0;

	if (number) {
		if (asprintf(&key, "%s %s %" JSON_INTEGER_FORMAT, source->name, run, repetition) <
		    0)
			abort(); /* a line */
		ret = note(merged, key, source, run, repetition, err);
		free(key);
	}
	if (!ret && (rate > 0 || at > 0)) {
		if (asprintf(&key, "%s %" JSON_INTEGER_FORMAT " %.17g %.17g", run, repetition, rate,
			at) < 0)
			abort(); /* a line */
		ret = note(merged, key, source, run, repetition, err);
		free(key);
	}
	return ret;
}

/* -- one sweep joins the others -- */

/* Puts "/machine:NAME" behind the run's name, which the entry's may go on behind: "_median". */
static void rename_entry(json_t *entry, const char *machine)
{
	const char *run = json_string_value(json_object_get(entry, "run_name"));
	const char *name = json_string_value(json_object_get(entry, "name"));
	size_t len = strlen(run);
	bool longer = name && !strncmp(name, run, len);

	if (name)
		json_object_set_new(entry, "name",
		    json_sprintf("%.*s/machine:%s%s", longer ? (int)len : (int)strlen(name), name,
			machine, longer ? name + len : ""));
	json_object_set_new(entry, "run_name", json_sprintf("%s/machine:%s", run, machine));
}

/* Families are numbered on from one sweep to the next. */
static void renumber(json_t *entry, json_int_t before, json_int_t *after)
{
	const json_t *index = json_object_get(entry, "family_index");
	json_int_t number = before + json_integer_value(index);

	if (!json_is_integer(index))
		return;
	json_object_set_new(entry, "family_index", json_integer(number));
	if (number >= *after)
		*after = number + 1;
}

static int add_benchmarks(
    struct merged *merged, const struct merge_source *source, struct error *err)
{
	char *path = file_path(source->dir, "benchmark.json");
	json_t *root = json_file_read(path, err);
	json_int_t families = merged->families;
	json_t *context, *entry;
	size_t i;

	free(path);
	if (!root)
		return -1;
	context = json_object_get(root, "context");
	json_object_set_new(
	    merged->contexts, source->name, context ? json_incref(context) : json_null());
	json_array_foreach (json_object_get(root, "benchmarks"), i, entry) {
		const char *type = json_string_value(json_object_get(entry, "run_type"));

		if (!strcmp(type, "iteration") && note_run(merged, source, entry, err)) {
			json_decref(root);
			return -1;
		}
		rename_entry(entry, source->name);
		renumber(entry, merged->families, &families);
		json_array_append(merged->benchmarks, entry);
	}
	merged->families = families;
	json_decref(root);
	return 0;
}

/* A last line that was not written whole is no run. */
static int add_runs(struct merged *merged, const struct merge_source *source, struct error *err)
{
	char *path = file_path(source->dir, "runs.jsonl");
	char *text = NULL, *end;
	size_t size;
	int ret = 0, number = 1;

	if (access(path, F_OK) == 0 || errno != ENOENT) {
		text = file_read_whole(path, &size, err);
		merged->has_runs = true;
		ret = text ? 0 : -1;
	}
	for (char *line = text; !ret && line && (end = strchr(line, '\n')); line = end + 1) {
		json_error_t wrong;
		json_t *run = json_loadb(line, (size_t)(end - line), 0, &wrong);
		const char *name = json_string_value(json_object_get(run, "run"));

		if (name) {
			json_object_set_new(
			    run, "run", json_sprintf("%s/machine:%s", name, source->name));
			json_dumpf(run, merged->runs, JSON_COMPACT);
			fputc('\n', merged->runs);
		} else {
			ret = error_set(err, "%s:%d: not a run: %s", path, number,
			    run ? "no text \"run\" in it" : wrong.text);
		}
		number++;
		json_decref(run);
	}
	free(text);
	free(path);
	return ret;
}

static int add_environment(
    struct merged *merged, const struct merge_source *source, struct error *err)
{
	json_t *environment;

	if (read_if_there(source->dir, "environment.json", &environment, err))
		return -1;
	json_object_set_new(
	    merged->machines, source->name, environment ? environment : json_null());
	return 0;
}

int merged_collect(
    struct merged *merged, const struct merge_source *sources, size_t nr, struct error *err)
{
	*merged = (struct merged){.contexts = json_object(),
	    .benchmarks = json_array(),
	    .machines = json_object(),
	    .seen = json_object()};
	merged->runs = open_memstream(&merged->runs_text, &merged->runs_size);
	if (!merged->runs)
		return error_errno(err, "cannot merge runs");
	for (size_t i = 0; i < nr; i++) {
		if (add_benchmarks(merged, &sources[i], err) ||
		    add_runs(merged, &sources[i], err) || add_environment(merged, &sources[i], err))
			return -1;
	}
	if (fflush(merged->runs))
		return error_errno(err, "cannot merge runs");
	return 0;
}

void merged_free(struct merged *merged)
{
	json_decref(merged->contexts);
	json_decref(merged->benchmarks);
	json_decref(merged->machines);
	json_decref(merged->seen);
	if (merged->runs)
		fclose(merged->runs);
	free(merged->runs_text);
}
