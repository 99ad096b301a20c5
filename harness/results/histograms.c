/* SPDX-License-Identifier: MIT */
#include "harness/results/histograms.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/record/run_id.h"

static char *key_of(const char *run, enum latency_op op)
{
	char *key;

	if (asprintf(&key, "%s %s", latency_op_name(op), run) < 0)
		abort(); /* a line */
	return key;
}

static struct run_histogram *find_or_add(
    struct histograms *histograms, const char *run, enum latency_op op)
{
	char *key = key_of(run, op);
	const json_t *place = json_object_get(histograms->index, key);
	struct run_histogram *found;

	if (!place) {
		histograms->list =
		    realloc(histograms->list, (histograms->nr + 1) * sizeof(*histograms->list));
		if (!histograms->list)
			abort(); /* four kilobytes for each */
		json_object_set_new(
		    histograms->index, key, json_integer((json_int_t)histograms->nr));
		histograms->list[histograms->nr++] =
		    (struct run_histogram){.run = strdup(run), .op = op};
		found = &histograms->list[histograms->nr - 1];
	} else {
		found = &histograms->list[json_integer_value(place)];
	}
	free(key);
	return found;
}

/* {"count", "max_ns", "buckets": [[from_ns, count], ..]}; NULL, or what is wrong with it. */
static const char *add(struct histogram *h, const json_t *json)
{
	json_t *buckets = json_object_get(json, "buckets");
	json_int_t max = json_integer_value(json_object_get(json, "max_ns"));
	json_t *bucket;
	size_t i;

	if (!json_is_array(buckets) || max < 0)
		return "a histogram without \"buckets\", or with a \"max_ns\" below 0";
	json_array_foreach (buckets, i, bucket) {
		json_int_t from = json_integer_value(json_array_get(bucket, 0));
		json_int_t count = json_integer_value(json_array_get(bucket, 1));

		if (!json_is_array(bucket) || from < 0 || count < 1 || count > UINT32_MAX)
			return "a bucket that is not [from_ns, count]";
		h->buckets[histogram_bucket((uint64_t)from)] += (uint32_t)count;
		h->count += (uint64_t)count;
	}
	h->max = (uint64_t)max > h->max ? (uint64_t)max : h->max;
	return NULL;
}

/* Of one repetition; NULL, or what is wrong with it. */
static const char *add_run(struct histograms *histograms, const json_t *run)
{
	const json_t *latency = json_object_get(run, "latency");
	const char *wrong = NULL;
	struct error ignored;
	struct run_id id;
	char *name;

	if (run_id_read(json_object_get(run, "run"), &id, &ignored))
		return "no \"run\" in it";
	name = run_id_name(&id);
	run_id_free(&id);
	for (enum latency_op op = 0; op < LATENCY_OPS && !wrong; op++) {
		const json_t *json = json_object_get(latency, latency_op_name(op));

		if (json && !json_object_get(run, "failure"))
			wrong = add(&find_or_add(histograms, name, op)->h, json);
	}
	free(name);
	return wrong;
}

static int add_line(struct histograms *histograms, const char *path, int number, const char *line,
    size_t length, struct error *err)
{
	json_error_t wrong;
	json_t *run = json_loadb(line, length, 0, &wrong);
	const char *what = run ? add_run(histograms, run) : wrong.text;
	int ret = 0;

	if (what)
		ret = error_set(err, "%s:%d: %s", path, number, what);
	json_decref(run);
	return ret;
}

/* A last line that was not written whole is no run. */
int histograms_load(const char *dir, struct histograms *histograms, struct error *err)
{
	char *path, *text = NULL, *end;
	size_t size;
	int ret = 0, number = 1;

	*histograms = (struct histograms){.index = json_object()};
	if (asprintf(&path, "%s/runs.jsonl", dir) < 0)
		abort(); /* a line */
	if (access(path, F_OK) == 0 || errno != ENOENT) {
		text = file_read_whole(path, &size, err);
		ret = text ? 0 : -1;
	}
	for (char *line = text; !ret && line && (end = strchr(line, '\n')); line = end + 1)
		ret = add_line(histograms, path, number++, line, (size_t)(end - line), err);
	free(text);
	free(path);
	if (ret)
		histograms_free(histograms);
	return ret;
}

void histograms_free(struct histograms *histograms)
{
	for (size_t i = 0; i < histograms->nr; i++)
		free(histograms->list[i].run);
	free(histograms->list);
	json_decref(histograms->index);
	*histograms = (struct histograms){0};
}

const struct histogram *histograms_find(
    const struct histograms *histograms, const char *run, enum latency_op op)
{
	char *key = key_of(run, op);
	const json_t *place = json_object_get(histograms->index, key);

	free(key);
	return place ? &histograms->list[json_integer_value(place)].h : NULL;
}
