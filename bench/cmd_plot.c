/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "bench/catalogue.h"
#include "bench/commands.h"
#include "bench/data_dir.h"
#include "bench/options.h"
#include "harness/files/json_file.h"
#include "harness/results/plot/plot.h"
#include "harness/results/sweep.h"

struct plot_options {
	const char *scripts;
};

static int set_scripts(void *context, const char *value, struct error *err)
{
	DIR *dir = opendir(value);

	if (!dir)
		return error_errno(err, "--scripts=%s: cannot read this directory", value);
	closedir(dir);
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
	"Draws the sweep in DIR into DIR/plots, as SVG and PNG: throughput against threads,\n"
	"devices of a group and groups, the implementations on a real machine's groups, first\n"
	"touches, memory that deferred frees hold, and the latencies of a sweep with --latency\n"
	"by percentile. Over four or more thread counts the Universal Scalability Law is fitted:\n"
	"it prints sigma, kappa and the peak with their 95% intervals, and by how much the worst\n"
	"point is off; or why nothing is fitted. Threads beyond the CPUs are drawn and not\n"
	"fitted. Where DIR has claims.json, C2's curve is drawn beside the sizes of real\n"
	"machines' groups.",
    .example = "ownbench plot sweep-20261120-222240",
    .options = options,
    .max_arguments = 1,
};

/* NULL: there is none. */
static json_t *read_environment(const char *dir)
{
	char *path;
	json_t *environment;

	if (asprintf(&path, "%s/environment.json", dir) < 0)
		return NULL;
	environment = json_load_file(path, 0, NULL);
	free(path);
	return environment;
}

/* What is drawn. */
struct sources {
	struct sweep sweep;
	struct histograms histograms;
	json_t *environment; /* NULL: there is none; the same below */
	json_t *claims;
};

static int read_claims(const char *dir, json_t **claims, struct error *err)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/claims.json", dir);
	if (access(path, F_OK))
		return 0;
	*claims = json_file_read(path, err);
	return *claims ? 0 : -1;
}

static void free_sources(struct sources *from)
{
	json_decref(from->claims);
	json_decref(from->environment);
	histograms_free(&from->histograms);
	sweep_free(&from->sweep);
}

static int read_sources(const char *dir, struct sources *from, struct error *err)
{
	int ret;

	*from = (struct sources){0};
	if (sweep_load(dir, &from->sweep, err))
		return -1;
	if (!from->sweep.nr_points)
		ret = error_set(err, "%s: nothing was measured, so there is nothing to draw", dir);
	else
		ret = histograms_load(dir, &from->histograms, err) ||
		              read_claims(dir, &from->claims, err)
		          ? -1
		          : 0;
	if (ret)
		free_sources(from);
	else
		from->environment = read_environment(dir);
	return ret;
}

static int draw_claims(
    const char *dir, const char *scripts, const json_t *claims, struct error *err)
{
	char plots[PATH_MAX];
	json_t *claim;
	size_t i;
	int ret = 0;

	snprintf(plots, sizeof(plots), "%s/plots", dir);
	json_array_foreach (json_object_get(claims, "claims"), i, claim) {
		if (!ret)
			ret = plot_claim(plots, scripts, claim,
			    json_object_get(claims, "environment"), stdout, err);
	}
	return ret;
}

/* Exit status; the error is set unless it is EXIT_OK. */
static int draw(const char *dir, const char *scripts, struct error *err)
{
	json_t *catalogue;
	struct sources from;
	int ret;

	if (read_sources(dir, &from, err))
		return EXIT_USAGE;
	catalogue = catalogue_json();
	ret = plot_sweep(dir, scripts, &from.sweep, &from.histograms, from.environment, catalogue,
		  stdout, err) ||
	      draw_claims(dir, scripts, from.claims, err);
	json_decref(catalogue);
	free_sources(&from);
	return ret ? EXIT_CHECK_FAILED : EXIT_OK;
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
	if (first == argc)
		return command_lacks(&command, "the directory of a sweep is missing");
	status = draw(argv[first], chosen.scripts, &err);
	if (status != EXIT_OK)
		command_error(&command, &err);
	return status;
}
