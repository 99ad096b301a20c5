/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "bench/commands.h"
#include "bench/data_dir.h"
#include "bench/options.h"
#include "harness/results/machine.h"
#include "harness/results/plot.h"
#include "harness/results/sweep.h"

struct plot_options {
	const char *scripts;
};

static int set_scripts(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct plot_options *)context)->scripts = value;
	return 0;
}

static const struct option_spec options[] = {
    {"scripts", "DIR", "gnuplot scripts (default: those that came with the program)", set_scripts},
    {0},
};

static const struct command command = {
    .name = "plot",
    .synopsis = "[--scripts=DIR] DIR",
    .summary =
	"Draws the sweep in DIR into DIR/plots, as SVG and PNG: throughput against threads and\n"
	"against devices of a group, and the implementations on the groups of a real machine.",
    .example = "ownbench plot sweep-20261120-222240",
    .options = options,
    .max_arguments = 1,
};

/* "measured on 2 virtual CPUs, Intel Xeon"; to be freed. */
static char *describe_machine(const char *dir)
{
	char *path = NULL, *name, *text = NULL;
	json_t *env;

	if (asprintf(&path, "%s/environment.json", dir) < 0)
		return NULL;
	env = json_load_file(path, 0, NULL);
	free(path);
	name = machine_name(env);
	if (name && asprintf(&text, "measured on %s", name) < 0)
		text = NULL;
	free(name);
	json_decref(env);
	return text;
}

static int draw(const char *dir, const char *scripts, struct error *err)
{
	struct sweep sweep;
	char *machine;
	int ret;

	if (sweep_load(dir, &sweep, err))
		return -1;
	machine = describe_machine(dir);
	ret = plot_sweep(dir, scripts, &sweep, machine, stdout, err);
	free(machine);
	sweep_free(&sweep);
	return ret;
}

int cmd_plot(int argc, char **argv)
{
	struct data_path scripts = data_path("plots");
	struct plot_options chosen = {.scripts = scripts.s};
	struct error err;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	if (first == argc) {
		error_set(&err, "the directory of a sweep is missing, as in: %s", command.example);
		command_error(&command, &err);
		return EXIT_USAGE;
	}
	if (draw(argv[first], chosen.scripts, &err)) {
		command_error(&command, &err);
		return EXIT_CHECK_FAILED;
	}
	return EXIT_OK;
}
