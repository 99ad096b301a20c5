/* SPDX-License-Identifier: MIT */
#include "bench/sweep/gbench_output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/sweep/gbench_shim.h"
#include "harness/env/steal.h"
#include "harness/files/file.h"
#include "harness/stats/interval.h"

/* The argument with which Google Benchmark calls report_round() for a benchmark. */
struct registered {
	const struct sweep_run *run;
	double ceiling; /* median rate of the ceiling at this point; NAN if it was not measured */
	size_t next;    /* index of the next repetition to report */
};

int gbench_output_start(const struct run_options *options, struct error *err)
{
	static char program[] = "ownbench";
	static char min_time[] = "--benchmark_min_time=1e-15"; /* one iteration suffices */
	char **given = calloc((size_t)options->gbench_argc + 3, sizeof(char *));
	int n = 0;

	if (!given)
		return error_set(err, "not enough memory for Google Benchmark's options");
	given[n++] = program;
	given[n++] = min_time;
	for (int i = 1; i < options->gbench_argc; i++)
		given[n++] = options->gbench_argv[i];
	gbench_init(&n, given);
	if (n > 1)
		error_set(err, "%s: Google Benchmark has no such option, or the value is invalid",
		    given[1]);
	free(given);
	return n > 1 ? -1 : 0;
}

/* -- one repetition -- */

static double member_or_zero(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static void report_metrics(
    struct gbench_state *state, const struct registered *registered, const json_t *record)
{
	json_t *metrics = json_object_get(record, "metrics");
	const double rate = member_or_zero(metrics, "items_per_second");
	const double cpus =
	    member_or_zero(metrics, "cpu_percent") / 100 * registered->run->id.threads;
	const char *name;
	json_t *value;

	gbench_set_time(state, rate > 0 ? 1 / rate : member_or_zero(metrics, "window_seconds"),
	    rate > 0 ? cpus / rate : 0);
	gbench_set_label(state, registered->run->unit);
	json_object_foreach (metrics, name, value)
		gbench_set_counter(state, name, json_number_value(value));
	gbench_set_counter(state, "round", member_or_zero(record, "round"));
	gbench_set_counter(state, "at_seconds", member_or_zero(record, "at_seconds"));
	if (registered->ceiling > 0)
		gbench_set_counter(state, "ceiling_ratio", rate / registered->ceiling);
}

static void report_round(struct gbench_state *state, void *arg)
{
	struct registered *registered = arg;
	const json_t *record = registered->run->rounds[registered->next++].record;
	const char *failure = json_string_value(json_object_get(record, "failure"));

	if (failure)
		gbench_fail(state, failure);
	else
		report_metrics(state, registered, record);
}

/* -- all repetitions -- */

static double median_rate(const struct sweep_run *run)
{
	unsigned int *rounds;
	size_t nr;
	double *rates = sweep_run_values(run, "items_per_second", &rounds, &nr);
	double median = stats_median(rates, nr);

	free(rates);
	free(rounds);
	return median;
}

static double ceiling_at(const struct sweep *sweep, const struct sweep_run *run)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *other = &sweep->runs[i];

		if (!strcmp(other->id.implementation, "ceiling") &&
		    run_id_same_point(&other->id, &run->id))
			return median_rate(other);
	}
	return NAN;
}

static void register_all(const struct sweep *sweep, struct registered *all)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *run = &sweep->runs[i];
		char *name = run_id_name(&run->id);

		all[i] = (struct registered){.run = run, .ceiling = ceiling_at(sweep, run)};
		gbench_register(name, (int)run->nr_rounds, report_round, &all[i]);
		free(name);
	}
}

static void add_context(const struct sweep *sweep, const struct run_options *options)
{
	struct steal sum = {0};
	char text[MEMORY_TEXT_MAX];
	const json_t *record;
	size_t i;

	memory_text(&options->request.memory, text);
	gbench_add_context("memory", text);
	json_array_foreach (sweep->records, i, record) {
		const json_t *steal = json_object_get(record, "steal");

		sum.stolen += member_or_zero(steal, "stolen");
		sum.all += member_or_zero(steal, "all");
	}
	if (sum.all <= 0)
		return;
	snprintf(text, sizeof(text), "%.3g", steal_percent(&sum));
	gbench_add_context("steal_percent", text);
}

/* Where outputs are saved. `err` and `ret` keep the first error. */
struct saving {
	const struct sweep_dir *dir;
	const char *out;
	struct error *err;
	int ret;
};

static void save_results(void *arg, const char *text, size_t size)
{
	struct saving *saving = arg;

	if (!saving->ret)
		saving->ret =
		    sweep_dir_put_text(saving->dir, "benchmark.json", text, size, saving->err);
}

static void save_out(void *arg, const char *text, size_t size)
{
	struct saving *saving = arg;

	if (!saving->ret)
		saving->ret = file_write_whole(saving->out, text, size, saving->err);
}

int gbench_output_write(const struct sweep *sweep, const struct run_options *options,
    const struct sweep_dir *dir, struct error *err)
{
	struct saving saving = {.dir = dir, .out = options->gbench_out, .err = err};
	const struct gbench_output outputs[] = {
	    {GBENCH_JSON, false, save_results, &saving},
	    {options->gbench_format, options->aggregates_only, save_out, &saving},
	};
	const enum gbench_display display = options->display == DISPLAY_TABLES ? GBENCH_NOTHING
	                                    : options->show_all                ? GBENCH_ALL
	                                                                       : GBENCH_AGGREGATES;
	struct registered *all = calloc(sweep->nr_runs, sizeof(*all));

	if (!all)
		return error_set(err, "not enough memory for Google Benchmark's results");
	register_all(sweep, all);
	add_context(sweep, options);
	gbench_run(display, outputs, options->gbench_out ? 2 : 1);
	free(all);
	return saving.ret;
}
