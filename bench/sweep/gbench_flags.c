/* SPDX-License-Identifier: MIT */
#include "bench/sweep/gbench_flags.h"

#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"

static const char prefix[] = "--benchmark_";

static int set_bool(void *field, const char *value, struct error *err)
{
	(void)err;
	*(bool *)field = strcmp(value, "false") != 0;
	return 0;
}

static int set_negated_bool(void *field, const char *value, struct error *err)
{
	(void)err;
	*(bool *)field = strcmp(value, "false") == 0;
	return 0;
}

static int refuse_interleaving(void *field, const char *value, struct error *err)
{
	(void)field;
	(void)value;
	return error_set(err, "--benchmark_enable_random_interleaving: rounds are always in random "
			      "order; use --order-seed=N to repeat an order");
}

static const char *const formats[] = {[GBENCH_JSON] = "json", [GBENCH_CONSOLE] = "console", NULL};

/* `ownbench run --help` shows a single line for all these options. */
static const struct option_spec options[] = {
    {"benchmark_filter", "REGEX", "", OPTION_TEXT(struct run_options, filter, NULL)},
    {"benchmark_list_tests", "BOOL", "", OPTION_FUNCTION(struct run_options, list_runs, set_bool)},
    {"benchmark_display_aggregates_only", "BOOL", "",
	OPTION_FUNCTION(struct run_options, show_all, set_negated_bool)},
    {"benchmark_report_aggregates_only", "BOOL", "",
	OPTION_FUNCTION(struct run_options, aggregates_only, set_bool)},
    {"benchmark_enable_random_interleaving", "BOOL", "",
	OPTION_FUNCTION(struct run_options, display, refuse_interleaving)},
    {"benchmark_repetitions", "N", "",
	OPTION_UINT(struct run_options, repetitions, 1, REPETITIONS_MAX)},
    {"benchmark_min_time", "SECONDS", "",
	OPTION_REAL(struct run_options, request.duration, DURATION_MIN, SECONDS_MAX)},
    {"benchmark_out", "FILE", "", OPTION_TEXT(struct run_options, gbench_out, NULL)},
    {"benchmark_out_format", "FORMAT", "",
	OPTION_CHOICE(struct run_options, gbench_format, formats)},
    {0},
};

static int take_flag(struct run_options *run, char *arg, struct error *err)
{
	const size_t len = strcspn(arg, "=");
	char *name = format_text("%.*s", (int)len, arg);
	const char *value = arg[len] ? arg + len + 1 : "true";
	const struct option_spec *option = option_find(options, name + strlen("--"));
	int ret = 0;

	/* If Google Benchmark writes JSON or CSV to stdout, nothing else may be written there. */
	if (!strcmp(name, "--benchmark_format"))
		run->display = strcmp(value, "console") ? DISPLAY_FOR_PROGRAMS : DISPLAY_ROWS;
	if (option)
		ret = option_set(option, run, value, err);
	else
		run->gbench_argv[run->gbench_argc++] = arg;
	free(name);
	return ret;
}

int gbench_flags_take(struct run_options *run, int *argc, char **argv, struct error *err)
{
	int kept = 0;

	run->gbench_argv = allocate((size_t)*argc + 8, sizeof(char *));
	run->gbench_argv[run->gbench_argc++] = argv[0];
	for (int i = 0; i < *argc; i++) {
		if (strncmp(argv[i], prefix, strlen(prefix)))
			argv[kept++] = argv[i];
		else if (take_flag(run, argv[i], err))
			return -1;
	}
	argv[kept] = NULL;
	*argc = kept;
	return 0;
}
