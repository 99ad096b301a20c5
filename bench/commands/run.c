/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/sweep/run_options.h"
#include "bench/sweep/settings.h"
#include "bench/sweep/stdin_listing.h"
#include "bench/sweep/sweep.h"
#include "bench/sweep/sweep_messages.h"

static int plan_and_run(struct run_options *options, const char *resumed, int argc, char **argv)
{
	struct plan plan;
	struct error err;
	int status = EXIT_OK;

	if (plan_make(&plan, &options->request, &err)) {
		command_error(run_command.name, &err);
		return EXIT_USAGE;
	}
	run_say_points_left_out(&plan);
	run_say_lines_skipped(&plan);
	run_say_one_node(&plan, &options->request);
	if (options->filter && plan_filter(&plan, options->filter, &err)) {
		command_error(run_command.name, &err);
		status = EXIT_USAGE;
	} else if (options->list_runs) {
		for (size_t i = 0; i < plan.nr_runs; i++)
			puts(plan.runs[i].name);
	} else if (options->show_plan) {
		run_show_plan(&plan, options);
	} else {
		status = sweep_run(&plan, options, resumed, argc, argv);
	}
	plan_free(&plan);
	return status;
}

static int resume(const char *dir, int argc, char **argv);

/* Parses and runs `ownbench run`. `resumed` is the directory of the sweep to resume, whose options
 * these are, or NULL for a new sweep. Returns the exit status. */
static int run(int argc, char **argv, const char *resumed)
{
	struct run_options options;
	char **given = calloc((size_t)argc + 1, sizeof(char *)); /* getopt_long() permutes argv */
	char *kept_listing = NULL;
	int status;

	memcpy(given, argv, (size_t)argc * sizeof(char *));
	status = run_options_parse(&options, argc, argv);
	if (status == PARSED && options.resume && !resumed) {
		status = resume(options.resume, argc, given);
	} else if (status == PARSED) {
		if (resumed && stdin_listing_asked_for(&options.request))
			options.request.topology = kept_listing = stdin_listing_path(resumed);
		status = plan_and_run(&options, resumed, argc, given);
	}
	run_options_free(&options);
	free(kept_listing);
	free(given);
	return status;
}

/* Resumes the sweep in `dir` with its original options. Returns the exit status. */
static int resume(const char *dir, int argc, char **argv)
{
	const bool alone = argc == 2 || (argc == 3 && !strchr(argv[1], '='));
	struct error err;
	char **own;
	int nr_own, status;

	if (!alone) {
		error_set(&err,
		    "--resume=DIR cannot be combined with other options; a sweep keeps its own");
		command_error(run_command.name, &err);
		return EXIT_USAGE;
	}
	own = settings_arguments(dir, &nr_own, &err);
	if (!own) {
		command_error(run_command.name, &err);
		return EXIT_USAGE;
	}
	status = run(nr_own, own, dir);
	settings_free_arguments(own);
	return status;
}

int cmd_run(int argc, char **argv)
{
	return run(argc, argv, NULL);
}
