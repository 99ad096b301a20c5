/* SPDX-License-Identifier: MIT */
#include "bench/sweep/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "bench/version/build_info.h"
#include "harness/record/sweep_dir.h"

static uint64_t drawn_seed(void)
{
	uint32_t seed = 1;

	if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		seed = 1; /* Without random numbers, a fixed seed is good enough. */
	return seed;
}

struct schedule_goal settings_goal(const struct run_options *options, const json_t *settings)
{
	struct schedule_goal goal = {
	    .precision = options->precision,
	    .budget = options->budget,
	    .repetitions = (unsigned int)options->repetitions,
	};

	if (settings)
		goal.seed = (uint64_t)json_integer_value(json_object_get(settings, "seed"));
	else
		goal.seed =
		    options->order_seed != ORDER_SEED_DRAWN ? options->order_seed : drawn_seed();
	return goal;
}

json_t *settings_json(const struct run_options *options, const struct schedule_goal *goal, int argc,
    char *const *argv, struct error *err)
{
	const struct env_build *build = build_info();
	const bool fixed = options->repetitions > 0;
	json_t *arguments = json_array();

	for (int i = 0; i < argc; i++)
		json_array_append_new(arguments, json_string(argv[i]));
	if (json_array_size(arguments) != (size_t)argc) {
		json_decref(arguments);
		error_set(err, "the command line is not UTF-8, so the sweep could not be resumed");
		return NULL;
	}
	return json_pack("{s:i, s:o, s:o, s:I, s:o, s:o, s:o}", "format", SWEEP_FORMAT,
	    "written_by", json_sprintf("ownbench %s (%s)", build->version, build->commit),
	    "arguments", arguments, "seed", (json_int_t)goal->seed, "precision",
	    fixed ? json_null() : json_real(goal->precision), "budget_seconds",
	    fixed ? json_null() : json_real(goal->budget), "repetitions",
	    fixed ? json_integer((json_int_t)goal->repetitions) : json_null());
}

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

char **settings_arguments(const char *dir, int *argc, struct error *err)
{
	json_t *settings = sweep_dir_settings(dir, err);
	const json_t *all = json_object_get(settings, "arguments");
	char **argv = NULL;
	json_t *argument;
	size_t i;

	if (settings && json_object_get(settings, "machines")) {
		error_set(err, "%s is a merged sweep: it cannot be resumed", dir);
	} else if (settings && !is_list_of_texts(all)) {
		error_set(err, "%s/sweep.json: \"arguments\" is not a list of strings", dir);
	} else if (settings) {
		argv = calloc(json_array_size(all) + 1, sizeof(char *));
		json_array_foreach (all, i, argument)
			argv[i] = strdup(json_string_value(argument));
		*argc = (int)json_array_size(all);
	}
	json_decref(settings);
	return argv;
}

void settings_free_arguments(char **argv)
{
	for (size_t i = 0; argv && argv[i]; i++)
		free(argv[i]);
	free(argv);
}
