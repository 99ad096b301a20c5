/* SPDX-License-Identifier: MIT */
#include "bench/profile/profile_show.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "bench/profile/perf.h"
#include "bench/report/page.h"
#include "bench/sweep/event_counts.h"
#include "harness/files/file.h"
#include "harness/profile/flamegraph.h"
#include "harness/profile/hot_lines.h"

enum { ROWS = 8, C2C_LINES = 40 };

/* The tables and the graph to which each sample is added. */
struct sinks {
	struct hot_lines *hot;
	json_t *graph;
};

static void add_sample(void *arg, const struct perf_sample *sample)
{
	struct sinks *sinks = arg;

	hot_lines_add(sinks->hot, sample);
	if (sinks->graph)
		flamegraph_add(sinks->graph, sample);
}

static int read_samples(struct sinks *sinks, const char *data, const char *log, struct error *err)
{
	const char *argv[16] = {"perf", "script", "-i", data};
	struct perf_reader reader;
	int ret;

	for (size_t i = 0; perf_script_arguments[i]; i++)
		argv[4 + i] = perf_script_arguments[i];
	if (perf_open(&reader, argv, log, err))
		return -1;
	ret = perf_script_read(reader.out, add_sample, sinks, err);
	/* If perf's output cannot be parsed, the parser's error is kept, and perf's is dropped. */
	return perf_close(&reader, log, ret ? &(struct error){""} : err) || ret ? -1 : 0;
}

static int save_flamegraph(
    const struct profile *profile, const struct plan_run *run, json_t *graph, struct error *err)
{
	char path[PATH_MAX];

	profile_path(profile, "flamegraph.html", path);
	if (page_save(path, "flamegraph.html", flamegraph_json(graph, run->name), err))
		return -1;
	printf("flame graph: %s\n", path);
	return 0;
}

/* If the samples are those of a clock, prints how much of the threads' time they cover. Rounds have
 * no window to compare with. */
static void print_coverage(
    const struct plan_run *run, const struct run_result *result, const struct hot_lines *hot)
{
	const char *event = hot_lines_event(hot);
	double used = 0;

	if (run->spec.loop == LOOP_BIND ||
	    (!strstr(event, "cpu-clock") && !strstr(event, "task-clock")))
		return;
	for (unsigned int i = 0; i < run->spec.pins->nr_threads; i++)
		used += (double)result->threads[i].cpu_ns * 1e-9;
	printf(", which cover %.3g s of the %.3g s that the threads ran in the window",
	    hot_lines_weight(hot) * 1e-9, used);
}

static void print_head(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const struct hot_lines *hot)
{
	const char *event = hot_lines_event(hot);

	printf("%zu samples of %s", hot_lines_samples(hot), event);
	if (profile->event && strncmp(event, profile->event, strcspn(event, ":")))
		printf(" (perf chose it instead of %s)", profile->event);
	print_coverage(run, result, hot);
	printf("%s%s\n\n", *profile->note ? "; " : "", profile->note);
}

static int show_samples(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, struct sinks *sinks, const char *data, struct error *err)
{
	if (!hot_lines_samples(sinks->hot))
		return error_set(err, "perf took no sample; a longer --duration, or a higher "
				      "--frequency, may help");
	print_head(profile, run, result, sinks->hot);
	hot_lines_print(stdout, sinks->hot, ROWS);
	printf("\nfull report: perf report -i %s\n", data);
	return sinks->graph ? save_flamegraph(profile, run, sinks->graph, err) : 0;
}

static int show_record(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err)
{
	struct sinks sinks = {
	    .hot = hot_lines_create(DATA_DIR, run->spec.instance->file),
	    .graph = profile->flamegraph ? flamegraph_create() : NULL,
	};
	int ret;

	if (!sinks.hot || (profile->flamegraph && !sinks.graph))
		ret = error_set(err, "not enough memory for the samples");
	else
		ret = read_samples(&sinks, data, log, err) ||
		      show_samples(profile, run, result, &sinks, data, err);
	hot_lines_destroy(sinks.hot);
	json_decref(sinks.graph);
	return ret;
}

/* Prints one line of `perf stat -x`: "VALUE;UNIT;EVENT;RUNNING NS;PERCENT;..". */
static void show_count(char *line, double operations)
{
	char *fields[5] = {0};
	char *end;
	double value;

	for (int i = 0; i < 5; i++)
		fields[i] = strsep(&line, ";");
	if (!fields[4] || *fields[0] == '#')
		return;
	value = strtod(fields[0], &end);
	if (end == fields[0]) {
		printf("  %-24s %16s\n", fields[2], fields[0]);
		return;
	}
	printf("  %-24s %16.0f", fields[2], value);
	if (*fields[1])
		printf(" %s", fields[1]);
	else if (operations > 0)
		printf("  %12.6g per operation", value / operations);
	if (strtod(fields[4], NULL) < 99.99)
		printf("  (scaled: counted for %s%% of the time)", fields[4]);
	putchar('\n');
}

static int show_stat(const struct plan_run *run, const struct run_result *result, const char *data,
    struct error *err)
{
	/* The tallies of rounds include warm-up, so counts per operation are unknown. */
	const double operations =
	    run->spec.loop == LOOP_BIND ? 0 : (double)counts_operations(&result->tally);
	size_t size;
	char *text = file_read_whole(data, &size, err);
	char *rest = text;
	char *line;

	if (!text)
		return -1;
	putchar('\n');
	while ((line = strsep(&rest, "\n")))
		show_count(line, operations);
	free(text);
	printf("\nperf's output: %s\n", data);
	return 0;
}

/* Saves the report of `perf c2c`, and prints its first lines. */
static int show_c2c(
    const struct profile *profile, const char *data, const char *log, struct error *err)
{
	const char *const argv[] = {"perf", "c2c", "report", "--stdio", "-i", data, NULL};
	struct perf_reader reader;
	size_t size = 0, lines = 0;
	char *line = NULL;
	char path[PATH_MAX];
	FILE *file;
	int ret;

	profile_path(profile, "c2c.txt", path);
	file = fopen(path, "we");
	if (!file)
		return error_errno(err, "cannot write %s", path);
	ret = perf_open(&reader, argv, log, err);
	while (!ret && getline(&line, &size, reader.out) >= 0) {
		fputs(line, file);
		if (lines++ < C2C_LINES)
			fputs(line, stdout);
	}
	free(line);
	if (!ret)
		ret = perf_close(&reader, log, err);
	if ((ferror(file) | fclose(file)) && !ret)
		ret = error_errno(err, "cannot write %s", path);
	if (!ret)
		printf("\nfull report: %s\n", path);
	return ret;
}

int profile_show(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err)
{
	printf("%s: %.4g million %s/s under perf\n", run->name,
	    (run->workload->user_holds ? result->attempts_per_second : result->per_second) / 1e6,
	    run->workload->unit);
	switch (profile->mode) {
	case PROFILE_STAT:
		return show_stat(run, result, data, err);
	case PROFILE_C2C:
		return show_c2c(profile, data, log, err);
	default:
		return show_record(profile, run, result, data, log, err);
	}
}
