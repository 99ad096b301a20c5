/* SPDX-License-Identifier: MIT */
#include "harness/record/sweep.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/record/sweep_dir.h"

static void free_run(struct sweep_run *run)
{
	run_id_free(&run->id);
	free(run->unit);
	free(run->failure);
	free(run->rounds);
}

void sweep_free(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr_runs; i++)
		free_run(&sweep->runs[i]);
	free(sweep->runs);
	free(sweep->dir);
	json_decref(sweep->settings);
	json_decref(sweep->environment);
	json_decref(sweep->records);
	*sweep = (struct sweep){0};
}

/* Returns the array with space for one more element. Its capacity is the smallest power of two that
 * is at least `nr`, so it grows only if `nr` is a power of two or 0. */
static void *with_room(void *array, size_t nr, size_t size)
{
	return nr & (nr - 1) ? array : reallocate(array, nr ? 2 * nr : 1, size);
}

/* -- one record -- */

static int read_round(const json_t *record, struct sweep_round *out, struct error *err)
{
	const json_t *round = json_object_get(record, "round");
	const bool failed = json_is_string(json_object_get(record, "failure"));
	const double rate = member_number(json_object_get(record, "metrics"), "items_per_second");

	if (!json_is_integer(round) || json_integer_value(round) < 0 ||
	    json_integer_value(round) > INT32_MAX)
		return error_set(err, "no integer \"round\" of 0 or more");
	if (!failed && isnan(rate))
		return error_set(err, "\"metrics\" has no number \"items_per_second\"");
	if (!json_is_string(json_object_get(record, "unit")))
		return error_set(err, "no string \"unit\"");
	*out = (struct sweep_round){
	    .round = (unsigned int)json_integer_value(round),
	    .at_seconds = json_number_value(json_object_get(record, "at_seconds")),
	    .items_per_second = failed ? NAN : rate,
	    .record = record,
	};
	return 0;
}

/* Returns the run with this identity, and adds it if it is new. Takes ownership of `id`. `index`
 * maps a run's name to its position in sweep->runs. */
static struct sweep_run *find_or_add(struct sweep *sweep, json_t *index, struct run_id *id)
{
	char *name = run_id_name(id);
	const json_t *place = json_object_get(index, name);
	size_t i = place ? (size_t)json_integer_value(place) : sweep->nr_runs;

	if (place) {
		run_id_free(id);
	} else {
		sweep->runs = with_room(sweep->runs, sweep->nr_runs, sizeof(*sweep->runs));
		sweep->runs[sweep->nr_runs++] = (struct sweep_run){.id = *id};
		json_object_set_new(index, name, json_integer((json_int_t)i));
	}
	free(name);
	return &sweep->runs[i];
}

static int add_record(struct sweep *sweep, json_t *index, const json_t *record, struct error *err)
{
	struct sweep_round round;
	struct sweep_run *run;
	struct run_id id;

	if (!json_is_object(record))
		return error_set(err, "expected a JSON object, {...}");
	if (run_id_read(json_object_get(record, "run"), &id, err))
		return -1;
	if (read_round(record, &round, err)) {
		run_id_free(&id);
		return -1;
	}
	run = find_or_add(sweep, index, &id);
	run->rounds = with_room(run->rounds, run->nr_rounds, sizeof(*run->rounds));
	run->rounds[run->nr_rounds++] = round;
	if (!run->unit)
		run->unit = copy_text(member_text(record, "unit"));
	if (!run->failure)
		run->failure = copy_text(json_string_value(json_object_get(record, "failure")));
	return 0;
}

/* -- the whole journal -- */

static int by_round(const void *left, const void *right)
{
	const struct sweep_round *a = left, *b = right;

	return (a->round > b->round) - (a->round < b->round);
}

static int sort_rounds(struct sweep *sweep, struct error *err)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		struct sweep_run *run = &sweep->runs[i];

		qsort(run->rounds, run->nr_rounds, sizeof(*run->rounds), by_round);
		for (size_t r = 1; r < run->nr_rounds; r++) {
			char *name;

			if (run->rounds[r].round != run->rounds[r - 1].round)
				continue;
			name = run_id_name(&run->id);
			error_set(err, "%s/runs.jsonl: round %u of %s occurs twice", sweep->dir,
			    run->rounds[r].round, name);
			free(name);
			return -1;
		}
	}
	return 0;
}

static int add_line(struct sweep *sweep, json_t *index, int number, const char *line, size_t length,
    struct error *err)
{
	struct error what;
	json_error_t wrong;
	json_t *record = json_loadb(line, length, 0, &wrong);

	if (!record)
		return error_set(
		    err, "%s/runs.jsonl:%d: not JSON: %s", sweep->dir, number, wrong.text);
	json_array_append_new(sweep->records, record);
	if (add_record(sweep, index, record, &what))
		return error_set(err, "%s/runs.jsonl:%d: not a record of a repetition: %s",
		    sweep->dir, number, what.text);
	return 0;
}

static int read_journal(struct sweep *sweep, const char *text, struct error *err)
{
	json_t *index = json_object();
	const char *end;
	int ret = 0, number = 1;

	for (const char *line = text; !ret && (end = strchr(line, '\n')); line = end + 1)
		ret = add_line(sweep, index, number++, line, (size_t)(end - line), err);
	json_decref(index);
	return ret ? ret : sort_rounds(sweep, err);
}

static int read_environment(struct sweep *sweep, struct error *err)
{
	const struct file_path path = file_path(sweep->dir, "environment.json");

	if (access(path.s, F_OK) != 0)
		return 0;
	sweep->environment = json_file_read(path.s, err);
	return sweep->environment ? 0 : -1;
}

/* Returns the content of runs.jsonl, which the caller frees, or NULL with the error set. `journal`
 * is its file descriptor, or -1 to open it here. */
static char *journal_text(const char *dir, int journal, struct error *err)
{
	const struct file_path path = file_path(dir, "runs.jsonl");
	size_t size;

	return journal < 0 ? file_read_whole(path.s, &size, err)
	                   : file_read_open(journal, path.s, &size, err);
}

int sweep_load_open(const char *dir, int journal, struct sweep *sweep, struct error *err)
{
	char *text = NULL;
	int ret = -1;

	*sweep = (struct sweep){.dir = copy_text(dir), .records = json_array()};
	sweep->settings = sweep_dir_settings(dir, err);
	if (sweep->settings && !read_environment(sweep, err))
		text = journal_text(dir, journal, err);
	if (text)
		ret = read_journal(sweep, text, err);
	free(text);
	if (ret)
		sweep_free(sweep);
	return ret;
}

int sweep_load(const char *dir, struct sweep *sweep, struct error *err)
{
	return sweep_load_open(dir, -1, sweep, err);
}

const struct sweep_run *sweep_find(const struct sweep *sweep, const struct run_id *id)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		if (run_id_equal(&sweep->runs[i].id, id))
			return &sweep->runs[i];
	}
	return NULL;
}

double *sweep_run_values(
    const struct sweep_run *run, const char *metric, unsigned int **rounds, size_t *nr)
{
	double *values = allocate(run->nr_rounds + 1, sizeof(*values));
	unsigned int *of_value = allocate(run->nr_rounds + 1, sizeof(*of_value));

	*nr = 0;
	for (size_t i = 0; i < run->nr_rounds; i++) {
		const struct sweep_round *round = &run->rounds[i];
		const json_t *value =
		    json_object_get(json_object_get(round->record, "metrics"), metric);

		if (json_object_get(round->record, "failure") || !json_is_number(value))
			continue;
		of_value[*nr] = round->round;
		values[(*nr)++] = json_number_value(value);
	}
	if (rounds)
		*rounds = of_value;
	else
		free(of_value);
	return values;
}
