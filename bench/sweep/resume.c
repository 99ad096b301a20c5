/* SPDX-License-Identifier: MIT */
#include "bench/sweep/resume.h"

#include <stdlib.h>
#include <string.h>

#include "harness/record/sweep_dir.h"

static bool is_list_of_texts(const json_t *json)
{
	json_t *text;
	size_t i;

	json_array_foreach (json, i, text) {
		if (!json_is_string(text))
			return false;
	}
	return json_array_size(json) > 0;
}

char **resume_arguments(const char *dir, int *argc, struct error *err)
{
	json_t *settings = sweep_dir_settings(dir, err);
	const json_t *all = json_object_get(settings, "arguments");
	char **argv = NULL;
	json_t *argument;
	size_t i;

	if (settings && !is_list_of_texts(all)) {
		error_set(err, "%s/sweep.json: \"arguments\" is not a list of texts", dir);
	} else if (settings) {
		argv = calloc(json_array_size(all) + 1, sizeof(char *));
		json_array_foreach (all, i, argument)
			argv[i] = strdup(json_string_value(argument));
		*argc = (int)json_array_size(all);
	}
	json_decref(settings);
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
