/* SPDX-License-Identifier: MIT */
#include "bench/kernel/profile.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/kernel/designs.h"
#include "bench/kernel/module_lines.h"
#include "bench/options/options.h"
#include "bench/profile/profile_event.h"
#include "bench/report/data_dir.h"
#include "bench/sweep/interrupt.h"
#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/profile/hot_lines.h"

enum { ROWS = 8 };

/* Sets the run's design to the one with the name `patterns`, or to the only one that matches the
 * patterns. */
static int choose_design(struct kernel_run *run, const struct kernel_place *place,
    const char *patterns, struct error *err)
{
	struct kernel_designs designs;
	const char *chosen;
	int ret = 0;

	if (!patterns)
		return error_set(err, "profile needs --impl=NAME");
	if (kernel_designs_read(&designs, place, patterns, err))
		return -1;
	chosen = designs.names[0];
	for (size_t i = 1; i < designs.nr && strcmp(chosen, patterns); i++)
		chosen = designs.names[i];
	if (designs.nr > 1 && strcmp(chosen, patterns))
		ret = error_set(err, "--impl=%s: selects %zu designs; a profile needs one",
		    patterns, designs.nr);
	snprintf(run->design, sizeof(run->design), "%s", chosen);
	kernel_designs_free(&designs);
	return ret;
}

static int show_samples(const struct module_samples *samples, const struct kernel_run *run,
    const char *note, struct error *err)
{
	struct hot_lines *hot = hot_lines_create(samples->top, member_text(run->result, "file"));
	int ret;

	if (!hot)
		return error_set(err, "not enough memory for the samples");
	ret = module_samples_read(samples, hot_lines_add, hot, err);
	if (!ret && !hot_lines_samples(hot))
		ret = error_set(err, "perf took no sample; a longer --duration may help");
	if (!ret) {
		printf("%zu samples of %s%s%s\n\n", hot_lines_samples(hot), hot_lines_event(hot),
		    *note ? "; " : "", note);
		hot_lines_print(stdout, hot, ROWS);
		printf("\nstacks of all samples: %s\n", samples->script);
	}
	hot_lines_destroy(hot);
	return ret;
}

/* Shows the profile from the files that harness/kernel/do_runs left in `dir`. */
static int show_profile(const struct kernel_place *place, const struct kernel_run *run,
    const char *dir, const char *note, struct error *err)
{
	const struct data_path top = data_path("");
	char script[PATH_MAX], log[PATH_MAX], code[PATH_MAX];
	struct module_samples samples = {
	    .module = place->module, .script = script, .top = top.s, .log = log};
	size_t size;
	char *text, *end;
	int ret;

	snprintf(script, sizeof(script), "%s/perf.script", dir);
	snprintf(log, sizeof(log), "%s/perf.log", dir);
	snprintf(code, sizeof(code), "%s/module_code", dir);
	text = file_read_whole(code, &size, err);
	if (!text)
		return -1;
	samples.code = strtoull(text, &end, 16);
	samples.size = strtoull(end, NULL, 10);
	free(text);
	printf("%s under %s, kernel %s: %.4g thousand binds/s under perf\n", run->design, run->spec,
	    place->release, kernel_run_rate(run) / 1e3);
	ret = show_samples(&samples, run, note, err);
	if (ret)
		return ret;
	if (kernel_run_failure(run))
		return error_set(err, "%s: %s", run->design, kernel_run_failure(run));
	return 0;
}

int kernel_profile(struct kernel_place *place, const struct kernel_request *request,
    unsigned int threads, const char *event, const char *dir, struct error *err)
{
	struct profile profile = {.event = event};
	struct kernel_run run = {0};
	int status = EXIT_CHECK_FAILED;

	if (choose_design(&run, place, request->patterns, err))
		return EXIT_USAGE;
	snprintf(run.spec, sizeof(run.spec), "%s", request->spec);
	if (profile_choose_event(&profile, err))
		return EXIT_CHECK_FAILED;
	if (mkdir(dir, 0777)) {
		error_errno(err, "cannot make directory %s", dir);
		return EXIT_CHECK_FAILED;
	}
	place->perf = (struct kernel_perf){
	    .dir = dir,
	    .event = event ? event : profile.chosen,
	    .frequency = (unsigned int)profile_frequency(&profile, threads),
	};
	if (!kernel_guest_run(place, &run, 1, err)) {
		if (!run.result)
			error_set(err, "%s: %s", run.design, run.failure);
		else if (!show_profile(place, &run, dir, profile.note, err))
			status = EXIT_OK;
	}
	json_decref(run.result);
	rmdir(dir); /* succeeds only if the directory is empty */
	return interrupted ? EXIT_INTERRUPTED : status;
}
