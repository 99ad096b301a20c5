/* SPDX-License-Identifier: MIT */
#include "bench/kernel/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/kernel/designs.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/stats/interval.h"

static bool is_control(const char *design)
{
	return !strncmp(design, "busted_", strlen("busted_"));
}

/* Drops the negative controls from the list. */
static void leave_out_controls(struct kernel_designs *designs)
{
	size_t kept = 0;

	for (size_t i = 0; i < designs->nr; i++) {
		if (!is_control(designs->names[i]))
			designs->names[kept++] = designs->names[i];
	}
	designs->nr = kept;
}

static int measure(struct kernel_table *table, struct kernel_place *place,
    const struct kernel_designs *designs, const struct kernel_request *request, struct error *err)
{
	size_t nr = designs->nr;

	if (!nr)
		return error_set(
		    err, "the module has only negative controls; select them with --impl");
	*table = (struct kernel_table){
	    .nr = nr * request->repetitions, .designs = nr, .repetitions = request->repetitions};
	table->runs = allocate(table->nr, sizeof(*table->runs));
	for (size_t i = 0; i < table->nr; i++) {
		struct kernel_run *run = &table->runs[i];

		/* Each repetition begins with a different design. */
		snprintf(run->design, sizeof(run->design), "%s", designs->names[(i + i / nr) % nr]);
		snprintf(run->spec, sizeof(run->spec), "%s", request->spec);
	}
	if (!kernel_guest_run(place, table->runs, table->nr, err))
		return 0;
	kernel_table_free(table);
	return -1;
}

int kernel_table_measure(struct kernel_table *table, struct kernel_place *place,
    const struct kernel_request *request, struct error *err)
{
	struct kernel_designs designs;
	int ret;

	if (kernel_designs_read(&designs, place, request->patterns, err))
		return -1;
	if (!request->patterns)
		leave_out_controls(&designs);
	ret = measure(table, place, &designs, request, err);
	kernel_designs_free(&designs);
	return ret;
}

void kernel_table_free(struct kernel_table *table)
{
	for (size_t i = 0; i < table->nr; i++)
		json_decref(table->runs[i].result);
	free(table->runs);
	*table = (struct kernel_table){0};
}

const struct kernel_run *kernel_table_find(
    const struct kernel_table *table, size_t repetition, const char *design)
{
	for (size_t i = 0; i < table->designs; i++) {
		const struct kernel_run *run = &table->runs[repetition * table->designs + i];

		if (!strcmp(run->design, design))
			return run;
	}
	return NULL;
}

double kernel_run_rate(const struct kernel_run *run)
{
	double storm_ns;

	if (!run || !run->result)
		return NAN;
	storm_ns = member_number(run->result, "storm_ns");
	if (!isnan(storm_ns))
		return member_number(run->result, "groups") *
		       member_number(run->result, "devices") / storm_ns * 1e9;
	return (member_number(run->result, "binds") + member_number(run->result, "refused") +
		   member_number(run->result, "failed")) /
	       member_number(run->result, "window_ns") * 1e9;
}

/* Returns the mean time of a call of use or unuse, in ns, or NAN if none was timed. */
static double owning_call(const struct kernel_run *run)
{
	if (!run || !run->result)
		return NAN;
	return member_number(run->result, "owning_ns") / member_number(run->result, "owning_calls");
}

double kernel_run_share(
    const struct kernel_table *table, size_t repetition, const struct kernel_run *run)
{
	const double calls = member_number(run->result, "owning_calls");
	const double net =
	    owning_call(run) - owning_call(kernel_table_find(table, repetition, "ceiling"));

	return net * calls /
	       (member_number(run->result, "window_ns") * member_number(run->result, "threads"));
}

const char *kernel_run_failure(const struct kernel_run *run)
{
	if (!run->result)
		return run->failure;
	return json_string_value(
	    json_array_get(json_object_get(run->result, "violation_lines"), 0));
}

struct columns {
	double rate, ratio, share; /* medians over the repetitions */
	double violations;         /* sum over the repetitions */
	const char *what;          /* first violation, or why a run has no result; or NULL */
	const char *class;
};

static struct columns columns_of(
    const struct kernel_table *table, const char *design, const char *baseline)
{
	size_t repetitions = table->repetitions;
	double rates[repetitions], ratios[repetitions], shares[repetitions];
	struct columns columns = {.class = ""};

	for (size_t r = 0; r < repetitions; r++) {
		const struct kernel_run *run = kernel_table_find(table, r, design);

		rates[r] = ratios[r] = shares[r] = NAN;
		if (!run)
			continue;
		if (!columns.what)
			columns.what = kernel_run_failure(run);
		if (!run->result)
			continue;
		rates[r] = kernel_run_rate(run);
		ratios[r] = rates[r] / kernel_run_rate(kernel_table_find(table, r, baseline));
		shares[r] = kernel_run_share(table, r, run);
		columns.class = member_text(run->result, "class");
		columns.violations += member_number(run->result, "violations");
	}
	columns.rate = stats_median(rates, repetitions);
	columns.ratio = stats_median(ratios, repetitions);
	columns.share = stats_median(shares, repetitions);
	return columns;
}

static void print_number(FILE *out, int width, const char *format, double value)
{
	char text[32] = "-";

	if (!isnan(value))
		snprintf(text, sizeof(text), format, value);
	fprintf(out, " %*s", width, text);
}

bool kernel_table_has_failures(const struct kernel_table *table)
{
	for (size_t i = 0; i < table->nr; i++) {
		if (kernel_run_failure(&table->runs[i]))
			return true;
	}
	return false;
}

void kernel_table_print(FILE *out, const struct kernel_table *table,
    const struct kernel_place *place, const struct kernel_request *request)
{
	bool real = place->host || place->kvm;
	char where[256];

	kernel_place_describe(place, where, sizeof(where));
	fprintf(out, "%s, %u CPUs: %s\n", where, place->cpus, request->spec);
	fprintf(out, "%-32s %-8s%s %9s %9s\n", "design", "class", real ? "     binds/s" : "",
	    "ratio", "share");
	for (size_t i = 0; i < table->designs; i++) {
		const char *design = table->runs[i].design;
		const struct columns c = columns_of(table, design, request->baseline);

		fprintf(out, "%-32s %-8s", design, c.class);
		if (real)
			print_number(out, 11, "%.0f", c.rate);
		print_number(out, 9, "%.3f", c.ratio);
		print_number(out, 9, "%.2f%%", 100 * c.share);
		if (c.what)
			fprintf(out, "  %.0f violations: %s", c.violations, c.what);
		fputc('\n', out);
	}
	fprintf(out,
	    "\n"
	    "ratio: the rate of binds divided by the rate of %s, median of %zu repetitions. share: "
	    "percentage of the threads' time that is spent in the design's calls.\n",
	    request->baseline, table->repetitions);
	if (!real)
		fprintf(out, "The CPUs are emulated, so absolute times mean nothing. Compare only "
			     "the ratios.\n");
}

void kernel_table_json(
    FILE *out, const struct kernel_table *table, const struct kernel_place *place)
{
	static const char *const times[] = {"window_ns", "owning_ns", "storm_ns"};
	const bool real = place->host || place->kvm;
	const char *accelerator = place->host ? "none" : place->kvm ? "kvm" : "tcg";

	for (size_t i = 0; i < table->nr; i++) {
		const struct kernel_run *run = &table->runs[i];
		json_t *result = json_copy(run->result);
		json_t *line;

		for (size_t t = 0; !real && t < sizeof(times) / sizeof(times[0]); t++)
			json_object_del(result, times[t]);
		line = json_pack("{s:s, s:s, s:{s:s, s:s, s:s}, s:o*, s:o*}", "design", run->design,
		    "spec", run->spec, "place", "where", "kernel", "release", place->release,
		    "accelerator", accelerator, "result", result, "failure",
		    result ? NULL : json_string(run->failure));

		json_dumpf(line, out, JSON_COMPACT);
		fputc('\n', out);
		json_decref(line);
	}
}
