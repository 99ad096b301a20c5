/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/data_dir.h"
#include "bench/report/report_make.h"
#include "harness/files/file.h"
#include "harness/show/plot/plot.h"

struct plot_options {
	const char *scripts;
};

static int set_scripts(void *field, const char *value, struct error *err)
{
	DIR *dir = opendir(value);

	if (!dir)
		return error_errno(err, "--scripts=%s: cannot read this directory", value);
	closedir(dir);
	*(const char **)field = value;
	return 0;
}

static const struct option_spec options[] = {
    {"scripts", "DIR",
	"Take the gnuplot scripts from this directory (default: the\n"
	"scripts that came with the program)",
	OPTION_FUNCTION(struct plot_options, scripts, set_scripts)},
    {0},
};

static const struct command command = {
    .name = "plot",
    .synopsis = "[--scripts=DIR] DIR",
    .summary =
	"Draw the sweep in DIR into DIR/plots, as SVG and PNG: throughput against threads,\n"
	"devices and groups; designs on a real machine's groups; first touches; memory held by\n"
	"deferred frees; and latencies by percentile, if the sweep has them. If DIR has\n"
	"claims.json, also draw the curve of claim C2 and the sizes of real groups.\n"
	"\n"
	"If there are four or more thread counts, fit the Universal Scalability Law. Print sigma,\n"
	"kappa and the peak with their 95% intervals, and the error of the worst point; or print\n"
	"why there is no fit. Points with more threads than CPUs are drawn but not fitted.",
    .examples = {"ownbench plot before", "ownbench plot --scripts=plots before"},
    .options = options,
    .max_arguments = 1,
};

/* Draws the sweep in `dir` into its folder plots. Returns an exit status; the error is set unless
 * it is EXIT_OK. */
static int draw(const char *dir, const char *scripts, struct error *err)
{
	json_t *report = report_load(&dir, 1, err);
	int ret;

	if (!report)
		return EXIT_USAGE;
	ret = plot_report(report, file_path(dir, "plots").s, scripts, stdout, err);
	json_decref(report);
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
		return command_lacks(&command, "missing argument: the directory of a sweep");
	status = draw(argv[first], chosen.scripts, &err);
	if (status != EXIT_OK)
		command_error(command.name, &err);
	return status;
}
