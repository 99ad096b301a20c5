/* SPDX-License-Identifier: MIT */
#include "bench/kernel/sweep.h"

#include <math.h>
#include <stdio.h>

#include "bench/sweep/gbench_output.h"
#include "bench/version/build_info.h"
#include "harness/files/json_file.h"
#include "harness/record/run_id.h"
#include "harness/record/sweep_dir.h"
#include "harness/record/unit.h"

/* Describes the designs like `ownbench list --json`. The program's own list lacks the kernel's
 * design and the designs with the kernel's locks. */
static json_t *implementations_of(const struct kernel_table *table)
{
	json_t *implementations = json_array();

	for (size_t i = 0; i < table->designs; i++) {
		const json_t *result = table->runs[i].result;

		if (result)
			json_array_append_new(implementations,
			    json_pack("{s:s, s:s, s:s, s:s}", "name", table->runs[i].design,
				"family", "ownership", "class", member_text(result, "class"),
				"file", member_text(result, "file")));
	}
	return implementations;
}

static json_t *settings_of(const struct kernel_table *table, const struct kernel_request *request,
    int argc, char *const *argv)
{
	const struct env_build *build = build_info();
	json_t *arguments = json_array();

	for (int i = 0; i < argc; i++)
		json_array_append_new(arguments, json_string(argv[i]));
	return json_pack("{s:i, s:o, s:o, s:i, s:n, s:n, s:i, s:o}", "format", SWEEP_FORMAT,
	    "written_by", json_sprintf("ownbench %s (%s)", build->version, build->commit),
	    "arguments", arguments, "seed", 0, "precision", "budget_seconds", "repetitions",
	    (int)request->repetitions, "implementations", implementations_of(table));
}

/* Describes the virtual machine, or this machine. The member "place" prevents comparisons with
 * sweeps measured in another place. */
static json_t *environment_of(const struct kernel_place *place)
{
	json_t *environment;
	char where[256];

	kernel_place_describe(place, where, sizeof(where));
	if (place->host)
		environment = env_collect(NULL, build_info());
	else
		environment = json_pack("{s:{s:i}, s:{s:b}, s:{s:s}}", "cpus", "allowed",
		    (int)place->cpus, "virtualization", "guest", 1, "cpu", "model_name", where);
	json_object_set_new(environment, "place", json_string(where));
	return environment;
}

static void add_parameter(struct run_id *id, const char *key, const json_t *result)
{
	if (member_number(result, key) > 0)
		run_id_set_number(id, key, member_number(result, key));
}

/* Makes the run's identity from the parameters that the module printed with the result. */
static json_t *identity(const struct kernel_run *run)
{
	const json_t *result = run->result;
	struct run_id id = {.family = "ownership",
	    .workload = (char *)member_text(result, "workload"),
	    .implementation = (char *)run->design,
	    .threads = (unsigned int)member_number(result, "threads"),
	    .devices = (unsigned int)member_number(result, "devices"),
	    .groups = (unsigned int)member_number(result, "groups"),
	    .path = (char *)member_text(result, "depth"),
	    .parameters = json_object()};
	json_t *json;

	add_parameter(&id, "hold_us", result);
	add_parameter(&id, "gap_us", result);
	add_parameter(&id, "devm_us", result);
	json = run_id_json(&id);
	json_decref(id.parameters);
	return json;
}

static void set_metric(json_t *metrics, const char *name, double value)
{
	if (isfinite(value))
		json_object_set_new(metrics, name, json_real(value));
}

static json_t *record_of(const struct kernel_table *table, size_t i,
    const struct kernel_place *place, const struct kernel_request *request)
{
	const struct kernel_run *run = &table->runs[i];
	const size_t round = i / table->designs;
	const bool real = place->host || place->kvm;
	const struct kernel_run *baseline = kernel_table_find(table, round, request->baseline);
	const double rate = kernel_run_rate(run) / (real ? 1 : kernel_run_rate(baseline));
	const char *failure = kernel_run_failure(run);
	json_t *metrics = json_object();

	if (!failure && !isfinite(rate))
		failure = "no rate: in this run or the baseline's, the threads never all ran at "
			  "once; use a longer --duration";
	set_metric(metrics, "items_per_second", rate);
	set_metric(metrics, "ownership_share_percent", 100 * kernel_run_share(table, round, run));
	set_metric(metrics, "leaks", member_number(run->result, "leaks"));
	return json_pack("{s:o, s:i, s:i, s:i, s:f, s:s*, s:o, s:o}", "run", identity(run), "round",
	    (int)round, "order", (int)(i % table->designs), "designs", (int)table->designs,
	    "at_seconds", 0.0, "failure", failure, "unit",
	    real ? json_string("pairs") : json_sprintf(UNIT_RATIO "%s", request->baseline),
	    "metrics", metrics);
}

/* Writes benchmark.json, which is derived from the records in runs.jsonl. */
static int write_benchmark(const struct sweep_dir *dir, struct error *err)
{
	struct run_options options = run_options_default();
	struct sweep sweep;
	int ret = gbench_output_start(&options, err);

	if (!ret && !(ret = sweep_load_open(dir->path, dir->journal, &sweep, err))) {
		ret = gbench_output_write(&sweep, &options, dir, err);
		sweep_free(&sweep);
	}
	run_options_free(&options);
	return ret;
}

int kernel_sweep_write(const char *dir, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request, int argc,
    char *const *argv, struct error *err)
{
	const bool real = place->host || place->kvm;
	json_t *settings, *environment;
	struct sweep_dir sweep;
	int ret;

	if (!real && !kernel_table_find(table, 0, request->baseline))
		return error_set(err,
		    "--out: no run of the baseline, %s; add it to --impl or choose another "
		    "--baseline",
		    request->baseline);
	settings = settings_of(table, request, argc, argv);
	environment = environment_of(place);
	ret = sweep_dir_create(&sweep, dir, settings, environment, err);
	json_decref(settings);
	json_decref(environment);
	if (ret)
		return ret;
	for (size_t i = 0; !ret && i < table->nr; i++) {
		json_t *record;

		if (!table->runs[i].result)
			continue; /* a run without a result has no identity */
		record = record_of(table, i, place, request);
		ret = sweep_dir_append(&sweep, record, err);
		json_decref(record);
	}
	if (!ret)
		ret = write_benchmark(&sweep, err);
	sweep_dir_close(&sweep);
	return ret;
}
