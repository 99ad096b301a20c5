/* SPDX-License-Identifier: MIT */
#include "bench/profile.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/counts.h"
#include "bench/perf.h"
#include "harness/measure/events.h"
#include "harness/results/file.h"
#include "harness/results/flamegraph.h"
#include "harness/results/hot.h"

enum { ROWS = 8, C2C_LINES = 40 };

/* Samples a second over all CPUs: perf keeps 4 KiB of stack with each. */
enum { FREQUENCY_MOST = 999, FREQUENCY_LEAST = 49, FREQUENCY_SUM = 20000 };

/* Seconds. Attaching takes longer with many CPUs, writing with much data. */
static const double ANSWER_TIMEOUT = 20;
static const double END_TIMEOUT = 120;
static const double RUN_TIMEOUT = 20;

#define USER_ONLY "user mode only; with the kernel: sudo sysctl kernel.perf_event_paranoid=1"
#define NO_HARDWARE "no hardware counters here: the software clock takes the samples"

int profile_check(const struct profile *profile, struct error *err)
{
	const bool record = profile->mode == PROFILE_RECORD;

	if (profile->flamegraph && !record)
		return error_set(
		    err, "--flamegraph is drawn from stacks: it goes with --mode=record");
	if (!record && (profile->frequency || profile->frame_pointers))
		return error_set(err, "--frequency and --call-graph go with --mode=record");
	if (profile->mode == PROFILE_C2C && profile->event)
		return error_set(err, "--event: c2c has events of its own");
	return 0;
}

/* Cycles, or the clock; with the kernel, or without. */
static int choose_sampled(struct profile *profile, struct error *err)
{
	struct counter_list list;
	bool hardware, user;
	char *why;

	if (events_parse("cycles", &list, err))
		return -1;
	free(events_keep_countable(&list));
	hardware = list.nr;
	if (!hardware && events_parse("cpu-clock", &list, err))
		return -1;
	why = hardware ? NULL : events_keep_countable(&list);
	if (!list.nr) {
		error_set(err, "nothing can be sampled here: %s", why);
		free(why);
		return -1;
	}
	free(why);
	user = list.counters[0].attr.exclude_kernel;
	/* P: as precise as the hardware is; the clock takes no such word. */
	snprintf(profile->chosen, sizeof(profile->chosen), "%s%s%s%s",
	    hardware ? "cycles" : "cpu-clock", hardware || user ? ":" : "", hardware ? "P" : "",
	    user ? "u" : "");
	if (hardware)
		profile->note = user ? USER_ONLY : "";
	else
		profile->note = user ? NO_HARDWARE "; " USER_ONLY : NO_HARDWARE;
	return 0;
}

/* What can be counted here, in perf's syntax. */
static int choose_counted(struct profile *profile, struct error *err)
{
	struct counter_list list;
	size_t used = 0;
	char *why;

	if (events_parse("task-clock,cycles,instructions,cache-references,cache-misses,"
			 "context-switches,cpu-migrations,page-faults",
		&list, err))
		return -1;
	why = events_keep_countable(&list);
	for (size_t i = 0; i < list.nr; i++)
		used += (size_t)snprintf(profile->chosen + used, sizeof(profile->chosen) - used,
		    "%s%s%s", i ? "," : "", list.counters[i].name,
		    list.counters[i].attr.exclude_kernel ? ":u" : "");
	if (!list.nr)
		error_set(err, "nothing can be counted here: %s", why);
	else if (why)
		fprintf(stderr, "ownbench profile: events: %s\n", why);
	free(why);
	return list.nr ? 0 : -1;
}

int profile_choose_event(struct profile *profile, struct error *err)
{
	profile->note = "";
	if (profile->event || profile->mode == PROFILE_C2C)
		return 0;
	return profile->mode == PROFILE_STAT ? choose_counted(profile, err)
	                                     : choose_sampled(profile, err);
}

static void path_in(const struct profile *profile, const char *name, char path[PATH_MAX])
{
	snprintf(path, PATH_MAX, "%s/%s", profile->run.out, name);
}

/* The kernel lowers its limit where a sample took too long, and perf does not ask for more. */
static uint64_t allowed_frequency(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_max_sample_rate", "re");
	char line[32] = "";
	uint64_t most;

	if (!file)
		return FREQUENCY_MOST;
	most = fgets(line, sizeof(line), file) ? strtoull(line, NULL, 10) : 0;
	fclose(file);
	return most ? most : FREQUENCY_MOST;
}

static uint64_t frequency_for(const struct profile *profile, const struct plan_run *run)
{
	const unsigned int threads = run->spec.pins->nr_threads;
	const unsigned int cpus = threads < pin_nr_cpus() ? threads : pin_nr_cpus();
	const uint64_t allowed = allowed_frequency();
	uint64_t frequency = FREQUENCY_SUM / cpus;

	if (profile->frequency)
		return profile->frequency;
	if (frequency > FREQUENCY_MOST)
		frequency = FREQUENCY_MOST;
	if (frequency < FREQUENCY_LEAST)
		frequency = FREQUENCY_LEAST;
	return frequency < allowed ? frequency : allowed;
}

static double patience(const struct profile *profile, double by_default)
{
	return profile->run.timeout > 0 ? profile->run.timeout : by_default;
}

/* The run, with perf as the mode has it. */
static enum perf_end observe(const struct profile *profile, const struct plan_run *run,
    const char *data, const char *log, struct run_result *result, const volatile sig_atomic_t *stop,
    struct error *err)
{
	const struct plan_request *request = &profile->run.request;
	const char *event = profile->event ? profile->event : profile->chosen;
	char frequency[32];
	const char *const commands[][5] = {
	    [PROFILE_RECORD] = {"perf", "record", NULL},
	    [PROFILE_STAT] = {"perf", "stat", NULL},
	    [PROFILE_C2C] = {"perf", "c2c", "record", "--", NULL},
	};
	const char *const options[][12] = {
	    [PROFILE_RECORD] = {"-e", event, "-F", frequency, "-N", "-o", data, "--call-graph",
		profile->frame_pointers ? "fp" : "dwarf,4096", NULL},
	    [PROFILE_STAT] = {"-e", event, "-x", ";", "-o", data, NULL},
	    [PROFILE_C2C] = {"-N", "-o", data, NULL},
	};
	const struct perf_request perf = {
	    .command = commands[profile->mode],
	    .options = options[profile->mode],
	    .log = log,
	    .answer_timeout = patience(profile, ANSWER_TIMEOUT),
	    .end_timeout = patience(profile, END_TIMEOUT),
	    .run_timeout = patience(profile, request->warmup + request->duration + RUN_TIMEOUT),
	};

	snprintf(frequency, sizeof(frequency), "%u", (unsigned int)frequency_for(profile, run));
	return perf_beside(&perf, &run->spec, result, stop, err);
}

/* What each sample goes to. */
struct sinks {
	struct hot *hot;
	struct flamegraph *graph;
};

static void add_sample(void *arg, const struct perf_sample *sample)
{
	struct sinks *sinks = arg;

	hot_add(sinks->hot, sample);
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
	/* Where it is not understood, perf's own words count for less. */
	return perf_close(&reader, log, ret ? &(struct error){""} : err) || ret ? -1 : 0;
}

static int draw_flamegraph(const struct profile *profile, const struct plan_run *run,
    struct flamegraph *graph, struct error *err)
{
	char path[PATH_MAX];

	path_in(profile, "flamegraph.svg", path);
	if (flamegraph_write(graph, path, run->name, err))
		return -1;
	printf("flame graph: %s\n", path);
	return 0;
}

/* How much of the window the samples of a clock stand for; rounds have no window. */
static void print_coverage(
    const struct plan_run *run, const struct run_result *result, const struct hot *hot)
{
	const char *event = hot_event(hot);
	double used = 0;

	if (run->spec.loop == LOOP_BIND ||
	    (!strstr(event, "cpu-clock") && !strstr(event, "task-clock")))
		return;
	for (unsigned int i = 0; i < run->spec.pins->nr_threads; i++)
		used += (double)result->threads[i].cpu_ns * 1e-9;
	printf(", %.3g s of the %.3g s that the threads ran in the window", hot_weight(hot) * 1e-9,
	    used);
}

static void print_head(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const struct hot *hot)
{
	const char *event = hot_event(hot);

	printf("%zu samples of %s", hot_samples(hot), event);
	if (profile->event && strncmp(event, profile->event, strcspn(event, ":")))
		printf(", perf's choice in place of %s", profile->event);
	print_coverage(run, result, hot);
	printf("%s%s\n\n", *profile->note ? "; " : "", profile->note);
}

static int show_samples(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, struct sinks *sinks, const char *data, struct error *err)
{
	if (!hot_samples(sinks->hot))
		return error_set(err, "perf took no sample; a longer --duration, or a higher "
				      "--frequency, may help");
	print_head(profile, run, result, sinks->hot);
	hot_print(stdout, sinks->hot, ROWS);
	printf("\nall of it: perf report -i %s\n", data);
	return sinks->graph ? draw_flamegraph(profile, run, sinks->graph, err) : 0;
}

static int show_record(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err)
{
	struct sinks sinks = {
	    .hot = hot_create(DATA_DIR, run->spec.instance->file),
	    .graph = profile->flamegraph ? flamegraph_create() : NULL,
	};
	int ret;

	if (!sinks.hot || (profile->flamegraph && !sinks.graph))
		ret = error_set(err, "not enough memory for the samples");
	else
		ret = read_samples(&sinks, data, log, err) ||
		      show_samples(profile, run, result, &sinks, data, err);
	hot_destroy(sinks.hot);
	flamegraph_destroy(sinks.graph);
	return ret;
}

/* "VALUE;UNIT;EVENT;RUNNING NS;PERCENT;.." */
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
		printf("  %12.6g an operation", value / operations);
	if (strtod(fields[4], NULL) < 99.99)
		printf("  (scaled: had the hardware for %s%% of the time)", fields[4]);
	putchar('\n');
}

static int show_stat(const struct plan_run *run, const struct run_result *result, const char *data,
    struct error *err)
{
	/* Rounds that warmed up are in its tallies. */
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
	printf("\nas perf wrote it: %s\n", data);
	return 0;
}

/* perf's own report, the head of it on the screen. */
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

	path_in(profile, "c2c.txt", path);
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
	if ((ferror(file) | fclose(file)) && !ret)
		ret = error_errno(err, "cannot write %s", path);
	else if (!ret)
		ret = perf_close(&reader, log, err);
	if (!ret)
		printf("\nall of it: %s\n", path);
	return ret;
}

static int show(const struct profile *profile, const struct plan_run *run,
    const struct run_result *result, const char *data, const char *log, struct error *err)
{
	printf("%s: %.4g million %s/s while perf looked\n", run->name,
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

/* Adds what c2c needs, where perf says that it is not there. */
static void explain_c2c(struct error *err)
{
	struct error perf = *err;

	if (strstr(perf.text, "not supported"))
		error_set(err,
		    "c2c takes a CPU that samples its loads (Intel PEBS, AMD IBS, Arm SPE), which "
		    "a "
		    "virtual machine seldom has; --mode=record goes everywhere: %s",
		    perf.text);
}

static int observe_and_show(struct profile *profile, const struct plan_run *run,
    struct run_result *result, const volatile sig_atomic_t *stop, struct error *err)
{
	char data[PATH_MAX], log[PATH_MAX];
	enum perf_end end;

	path_in(profile, profile->mode == PROFILE_STAT ? "perf.stat" : "perf.data", data);
	path_in(profile, "perf.log", log);
	end = observe(profile, run, data, log, result, stop, err);
	if (end == PERF_INTERRUPTED)
		return EXIT_INTERRUPTED;
	if (end == PERF_FAILED) {
		if (profile->mode == PROFILE_C2C)
			explain_c2c(err);
		return EXIT_CHECK_FAILED;
	}
	/* A run that failed its checks has a profile all the same; one that ended early has not. */
	if (!result->seconds && !result->rounds) {
		error_set(err, "%s: %s", run->name, result->failure);
		return EXIT_CHECK_FAILED;
	}
	if (show(profile, run, result, data, log, err))
		return *stop ? EXIT_INTERRUPTED : EXIT_CHECK_FAILED;
	if (!result->failure[0])
		return EXIT_OK;
	error_set(err, "%s: %s", run->name, result->failure);
	return EXIT_CHECK_FAILED;
}

int profile_run(struct profile *profile, const struct plan_run *run,
    const volatile sig_atomic_t *stop, struct error *err)
{
	const unsigned int threads = run->spec.pins->nr_threads;
	struct run_result *result = run_result_create(threads, err);
	int status;

	if (!result)
		return EXIT_CHECK_FAILED;
	/* Numbers with points; no look-up of sources over the network. */
	setenv("LC_ALL", "C", 1);
	unsetenv("DEBUGINFOD_URLS");
	status = observe_and_show(profile, run, result, stop, err);
	run_result_destroy(result, threads);
	return status;
}

void profile_tidy(const struct profile *profile, int status)
{
	static const char *const names[] = {"perf.data", "perf.stat", "c2c.txt", "perf.log"};
	char path[PATH_MAX];
	size_t size;
	struct error err;
	char *log;

	for (size_t i = 0; i < 4 && status == EXIT_INTERRUPTED; i++) {
		path_in(profile, names[i], path);
		unlink(path);
	}
	path_in(profile, "perf.log", path);
	log = file_read_whole(path, &size, &err);
	if (log && !size)
		unlink(path);
	free(log);
	rmdir(profile->run.out); /* if nothing is in it */
}
