/* SPDX-License-Identifier: MIT */
#include "bench/resume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/sweep_dir.h"

char **resume_arguments(const char *dir, int *argc, struct error *err)
{
	json_t *all = sweep_dir_arguments(dir, err);
	json_t *argument;
	char **argv;
	size_t i;

	if (!all)
		return NULL;
	argv = calloc(json_array_size(all) + 1, sizeof(char *));
	if (!argv) {
		error_set(err, "not enough memory");
	} else {
		json_array_foreach (all, i, argument)
			argv[i] = strdup(json_string_value(argument));
		*argc = (int)json_array_size(all);
	}
	json_decref(all);
	return argv;
}

void resume_free_arguments(char **argv)
{
	for (size_t i = 0; argv && argv[i]; i++)
		free(argv[i]);
	free(argv);
}

/* What makes two measurements incomparable; a path into environment.json. The id tells apart what a
 * commit does not: two builds of a tree that was not committed. */
static const char *const identities[][2] = {
    {"build", "commit"},
    {"build", "compiler"},
    {"build", "flags"},
    {"cpu", "model_name"},
    {"cpus", "online"},
    {"cpus", "allowed"},
    {"cgroup", "cpu_limit"},
    {"kernel", "release"},
    {"build", "id"},
};

static const json_t *identity(const json_t *environment, size_t i)
{
	return json_object_get(json_object_get(environment, identities[i][0]), identities[i][1]);
}

static char *text_of(const json_t *value)
{
	return value ? json_dumps(value, JSON_ENCODE_ANY) : strdup("nothing");
}

static int differs(
    const char *dir, size_t i, const json_t *then, const json_t *now, struct error *err)
{
	char *was = text_of(then), *is = text_of(now);

	error_set(err,
	    "%s cannot go on here: its %s.%s was %s, and is %s now; a sweep is of one build and "
	    "one machine",
	    dir, identities[i][0], identities[i][1], was, is);
	free(was);
	free(is);
	return -1;
}

int resume_check(const char *dir, const json_t *environment, struct error *err)
{
	json_t *then = sweep_dir_environment(dir, err);
	int ret = then ? 0 : -1;

	for (size_t i = 0; !ret && i < sizeof(identities) / sizeof(identities[0]); i++) {
		const json_t *was = identity(then, i);
		const json_t *is = identity(environment, i);

		if (was != is && !(was && is && json_equal((json_t *)was, (json_t *)is)))
			ret = differs(dir, i, was, is, err);
	}
	json_decref(then);
	return ret;
}

/* A run's name has no line break. */
static void key_of(char *key, size_t size, const char *run, unsigned int repetition)
{
	snprintf(key, size, "%u\n%s", repetition, run);
}

json_t *resume_index(const json_t *runs, struct error *err)
{
	json_t *index = json_object();
	char key[4096];
	json_t *run;
	size_t i;

	json_array_foreach (runs, i, run) {
		const char *name = json_string_value(json_object_get(run, "run"));
		const json_t *repetition = json_object_get(run, "repetition");

		if (!name || !json_is_integer(repetition) ||
		    !json_is_object(json_object_get(run, "figures"))) {
			error_set(err,
			    "runs.jsonl:%zu: not a repetition of a run, with its figures", i + 1);
			json_decref(index);
			return NULL;
		}
		key_of(key, sizeof(key), name, (unsigned int)json_integer_value(repetition));
		json_object_set(index, key, run);
	}
	return index;
}

const json_t *resume_find(const json_t *index, const char *run, unsigned int repetition)
{
	char key[4096];

	key_of(key, sizeof(key), run, repetition);
	return json_object_get(index, key);
}

double resume_elapsed(const json_t *index)
{
	double last = 0;
	const char *key;
	json_t *run;

	json_object_foreach ((json_t *)index, key, run) {
		const json_t *counters =
		    json_object_get(json_object_get(run, "figures"), "counters");

		last = fmax(last, json_number_value(json_object_get(counters, "at_seconds")));
	}
	return last;
}
