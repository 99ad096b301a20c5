/* SPDX-License-Identifier: MIT */
#include "bench/profile/profile.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/profile/perf.h"
#include "bench/profile/profile_event.h"
#include "bench/profile/profile_show.h"
#include "bench/sweep/interrupt.h"
#include "harness/files/file.h"
#include "harness/measure/isolate.h"

/* Timeouts in seconds: for perf's replies, which take longer with many CPUs; for writing its data,
 * which takes longer with much data; and for the run, beyond its duration. */
static const double ANSWER_TIMEOUT = 20;
static const double END_TIMEOUT = 120;
static const double RUN_TIMEOUT = 20;

int profile_check(const struct profile *profile, struct error *err)
{
	const bool record = profile->mode == PROFILE_RECORD;

	if (profile->flamegraph && !record)
		return error_set(
		    err, "--flamegraph needs stacks, which only --mode=record samples");
	if (!record && (profile->frequency || profile->call_graph != CALL_GRAPH_DWARF))
		return error_set(err, "--frequency and --call-graph need --mode=record");
	if (profile->mode == PROFILE_C2C && profile->event)
		return error_set(
		    err, "--event cannot be combined with --mode=c2c, which has events of its own");
	return 0;
}

void profile_path(const struct profile *profile, const char *name, char *path)
{
	snprintf(path, PATH_MAX, "%s/%s", profile->run.out, name);
}

static double timeout_or(const struct profile *profile, double by_default)
{
	return profile->run.timeout > 0 ? profile->run.timeout : by_default;
}

/* Performs the run under perf, with the arguments of this mode. */
static enum perf_end observe_run(const struct profile *profile, const struct plan_run *run,
    const char *data, const char *log, struct run_result *result, struct error *err)
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
		profile->call_graph == CALL_GRAPH_FRAME_POINTERS ? "fp" : "dwarf,4096", NULL},
	    [PROFILE_STAT] = {"-e", event, "-x", ";", "-o", data, NULL},
	    [PROFILE_C2C] = {"-N", "-o", data, NULL},
	};
	const struct perf_request perf = {
	    .command = commands[profile->mode],
	    .options = options[profile->mode],
	    .log = log,
	    .answer_timeout = timeout_or(profile, ANSWER_TIMEOUT),
	    .end_timeout = timeout_or(profile, END_TIMEOUT),
	    .run_timeout = timeout_or(profile, request->warmup + request->duration + RUN_TIMEOUT),
	};

	snprintf(frequency, sizeof(frequency), "%u",
	    (unsigned int)profile_frequency(profile, run->spec.pins->nr_threads));
	return perf_beside(&perf, &run->spec, result, &interrupted, err);
}

/* If perf reports an unsupported event, adds to the error what c2c needs. */
static void explain_c2c(struct error *err)
{
	struct error perf = *err;

	if (strstr(perf.text, "not supported"))
		error_set(err,
		    "c2c needs a CPU that samples its loads (Intel PEBS, AMD IBS, Arm SPE), which "
		    "few virtual machines have; --mode=record works everywhere: %s",
		    perf.text);
}

static int observe_and_show(struct profile *profile, const struct plan_run *run,
    struct run_result *result, struct error *err)
{
	char data[PATH_MAX], log[PATH_MAX];
	enum perf_end end;

	profile_path(profile, profile->mode == PROFILE_STAT ? "perf.stat" : "perf.data", data);
	profile_path(profile, "perf.log", log);
	end = observe_run(profile, run, data, log, result, err);
	if (end == PERF_INTERRUPTED)
		return EXIT_INTERRUPTED;
	if (end == PERF_FAILED) {
		if (profile->mode == PROFILE_C2C)
			explain_c2c(err);
		return EXIT_CHECK_FAILED;
	}
	/* A run that failed its checks still has a profile, but one that ended early does not. */
	if (!result->seconds && !result->rounds) {
		error_set(err, "%s: %s", run->name, result->failure);
		return EXIT_CHECK_FAILED;
	}
	if (profile_show(profile, run, result, data, log, err))
		return interrupted ? EXIT_INTERRUPTED : EXIT_CHECK_FAILED;
	if (!result->failure[0])
		return EXIT_OK;
	error_set(err, "%s: %s", run->name, result->failure);
	return EXIT_CHECK_FAILED;
}

static int run_under_perf(struct profile *profile, const struct plan_run *run, struct error *err)
{
	const unsigned int threads = run->spec.pins->nr_threads;
	struct run_result *result = run_result_create(threads, err);
	int status;

	if (!result)
		return EXIT_CHECK_FAILED;
	/* The parsers need numbers with a decimal point. debuginfod is disabled, because looking up
	 * sources over the network could take minutes. */
	setenv("LC_ALL", "C", 1);
	unsetenv("DEBUGINFOD_URLS");
	status = observe_and_show(profile, run, result, err);
	run_result_destroy(result, threads);
	return status;
}

/* Removes files that are useless after this exit status. */
static void tidy(const struct profile *profile, int status)
{
	static const char *const names[] = {
	    "perf.data", "perf.stat", "c2c.txt", "flamegraph.html", "perf.log"};
	char path[PATH_MAX];
	size_t size;
	struct error err;
	char *log;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && status == EXIT_INTERRUPTED;
	     i++) {
		profile_path(profile, names[i], path);
		unlink(path);
	}
	profile_path(profile, "perf.log", path);
	log = file_read_whole(path, &size, &err);
	if (log && !size)
		unlink(path);
	free(log);
	rmdir(profile->run.out); /* succeeds only if the directory is empty */
}

static int make_directory(struct profile *profile, struct error *err)
{
	if (!mkdir(profile->run.out, 0777))
		return 0;
	if (errno == EEXIST)
		return error_set(err,
		    "%s exists and is not overwritten; use --out=DIR with another name, or rm -r "
		    "%s",
		    profile->run.out, profile->run.out);
	return error_errno(err, "cannot make directory %s", profile->run.out);
}

int profile_run(struct profile *profile, const struct plan_run *run, struct error *err)
{
	int status;

	if (profile_choose_event(profile, err) || make_directory(profile, err))
		return EXIT_CHECK_FAILED;
	interrupt_catch();
	status = run_under_perf(profile, run, err);
	tidy(profile, status);
	if (status == EXIT_INTERRUPTED)
		error_set(err, "interrupted");
	return status;
}
