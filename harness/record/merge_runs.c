/* SPDX-License-Identifier: MIT */
#include "harness/record/merge_runs.h"

#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/record/sweep.h"

/* -- runs.jsonl -- */

/* No two machines measure the same rate, to 17 digits, at the same time since their sweeps began.
 */
static int note_repetition(struct merged *merged, const char *dir, const struct run_id *id,
    const struct sweep_round *round, struct error *err)
{
	char *name = run_id_name(id), *key;
	const char *other;
	int ret = 0;

	key = format_text(
	    "%s %u %.17g %.17g", name, round->round, round->items_per_second, round->at_seconds);
	other = json_string_value(json_object_get(merged->seen, key));
	if (other)
		ret = error_set(err, "%s and %s hold the same repetition: round %u of %s", other,
		    dir, round->round, name);
	else
		json_object_set_new(merged->seen, key, json_string(dir));
	free(name);
	free(key);
	return ret;
}

static int note_all(struct merged *merged, const struct sweep *sweep, struct error *err)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *run = &sweep->runs[i];

		for (size_t r = 0; r < run->nr_rounds; r++) {
			if (note_repetition(merged, sweep->dir, &run->id, &run->rounds[r], err))
				return -1;
		}
	}
	return 0;
}

static void add_records(FILE *out, const struct sweep *sweep, const char *machine)
{
	json_t *record;
	size_t i;

	json_array_foreach (sweep->records, i, record) {
		json_object_set_new(
		    json_object_get(record, "run"), "machine", json_string(machine));
		json_dumpf(record, out, JSON_COMPACT);
		fputc('\n', out);
	}
}

/* -- benchmark.json -- */

static char *name_with_machine(const char *name, const char *machine, struct error *err)
{
	struct run_id id;
	char *named;

	if (run_id_parse(name, &id, err))
		return NULL;
	free(id.machine);
	id.machine = strdup(machine);
	named = run_id_name(&id);
	run_id_free(&id);
	return named;
}

/* An entry's name is its run's, and of an aggregate goes on: "_median". */
static int rename_entry(json_t *entry, const char *machine, struct error *err)
{
	const char *run = json_string_value(json_object_get(entry, "run_name"));
	const char *name = json_string_value(json_object_get(entry, "name"));
	char *named = name_with_machine(run ? run : "", machine, err);
	const size_t len = run ? strlen(run) : 0;

	if (!named)
		return -1;
	if (name && !strncmp(name, run, len))
		json_object_set_new(entry, "name", json_sprintf("%s%s", named, name + len));
	json_object_set_new(entry, "run_name", json_string(named));
	free(named);
	return 0;
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
	struct error wrong;
	json_t *entry;
	size_t i;
	int ret = root ? 0 : -1;

	json_object_set(merged->contexts, source->name, json_object_get(root, "context"));
	json_array_foreach (json_object_get(root, "benchmarks"), i, entry) {
		if (rename_entry(entry, source->name, &wrong)) {
			ret = error_set(err, "%s: %s", path, wrong.text);
			break;
		}
		renumber(entry, merged->families, &families);
		json_array_append(merged->benchmarks, entry);
	}
	merged->families = families;
	json_decref(root);
	free(path);
	return ret;
}

/* -- all of them -- */

static int add_sweep(
    struct merged *merged, FILE *out, const struct merge_source *source, struct error *err)
{
	struct sweep sweep;
	int ret;

	if (sweep_load(source->dir, &sweep, err))
		return -1;
	json_object_set(merged->settings, source->name, sweep.settings);
	json_object_set(merged->environments, source->name,
	    sweep.environment ? sweep.environment : json_null());
	ret = note_all(merged, &sweep, err) || add_benchmarks(merged, source, err) ? -1 : 0;
	add_records(out, &sweep, source->name);
	sweep_free(&sweep);
	return ret;
}

int merged_collect(
    struct merged *merged, const struct merge_source *sources, size_t nr, struct error *err)
{
	FILE *out;
	int ret = 0;

	*merged = (struct merged){.settings = json_object(),
	    .environments = json_object(),
	    .contexts = json_object(),
	    .benchmarks = json_array(),
	    .seen = json_object()};
	out = open_memstream(&merged->runs, &merged->runs_size);
	if (!out)
		return error_errno(err, "cannot merge runs");
	for (size_t i = 0; i < nr && !ret; i++)
		ret = add_sweep(merged, out, &sources[i], err);
	if (fclose(out) && !ret)
		ret = error_errno(err, "cannot merge runs");
	return ret;
}

void merged_free(struct merged *merged)
{
	json_decref(merged->settings);
	json_decref(merged->environments);
	json_decref(merged->contexts);
	json_decref(merged->benchmarks);
	json_decref(merged->seen);
	free(merged->runs);
}
