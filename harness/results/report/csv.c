/* SPDX-License-Identifier: MIT */
/* RFC 4180: a line for each repetition that passed, with every counter that any has, and one for
 * the first failure of a run. */
#include <stdlib.h>
#include <string.h>

#include "harness/results/report/report.h"

/* Known from the point, or not a figure. */
static const char *const left_out[] = {"name", "run_name", "run_type", "family_index",
    "per_family_instance_index", "repetitions", "repetition_index", "threads", "iterations",
    "time_unit", "label", NULL};

static void write_field(FILE *out, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static bool is_counter(const char *key, const json_t *value)
{
	for (const char *const *name = left_out; *name; name++) {
		if (!strcmp(*name, key))
			return false;
	}
	return json_is_number(value);
}

/* A set of the names of all counters: an object, which keeps their order. */
static json_t *find_counters(const struct report *report)
{
	json_t *counters = json_object();

	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct sweep *sweep = &report->machines[m].sweep;

		for (size_t i = 0; i < sweep->nr_points; i++) {
			json_t *entry, *value;
			const char *key;
			size_t r;

			json_array_foreach (sweep->points[i].repetitions, r, entry) {
				json_object_foreach (entry, key, value) {
					if (is_counter(key, value))
						json_object_set_new(counters, key, json_true());
				}
			}
		}
	}
	return counters;
}

static void write_place(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct sweep_point *point)
{
	write_field(out, machine->dir);
	fputc(',', out);
	write_field(out, machine->name);
	fputc(',', out);
	write_field(out, machine->family->name);
	fputc(',', out);
	write_field(out, point->workload);
	fputc(',', out);
	write_field(out, point->impl);
	fputc(',', out);
	write_field(out, report_class(report, machine, point->impl));
	fprintf(out, ",%u,%u,%u,", point->threads, point->devices, point->groups);
	write_field(out, *point_parameters(point) ? point_parameters(point) + 1 : "");
	fputc(',', out);
	write_field(out, point->unit ? point->unit : "");
}

static void write_repetition(FILE *out, const json_t *counters, const json_t *entry)
{
	const char *key;
	json_t *ignored;

	json_object_foreach ((json_t *)counters, key, ignored) {
		const json_t *value = json_object_get(entry, key);

		fputc(',', out);
		if (json_is_integer(value))
			fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		else if (json_is_number(value))
			fprintf(out, "%.17g", json_number_value(value));
	}
	fputs("\r\n", out);
}

static void write_point(FILE *out, const struct report *report,
    const struct report_machine *machine, const struct sweep_point *point, const json_t *counters)
{
	const json_t *entry;
	size_t i;

	if (point->failure) {
		write_place(out, report, machine, point);
		fputs(",,", out);
		write_field(out, point->failure);
		write_repetition(out, counters, NULL);
	}
	json_array_foreach (point->repetitions, i, entry) {
		write_place(out, report, machine, point);
		fprintf(out, ",%" JSON_INTEGER_FORMAT ",",
		    json_integer_value(json_object_get(entry, "repetition_index")));
		write_repetition(out, counters, entry);
	}
}

void report_csv(FILE *out, const struct report *report)
{
	json_t *counters = find_counters(report);
	json_t *ignored;
	const char *key;

	fputs("sweep,machine,family,workload,implementation,class,threads,devices,groups,"
	      "parameters,item,"
	      "repetition,failure",
	    out);
	json_object_foreach (counters, key, ignored) {
		fputc(',', out);
		write_field(out, key);
	}
	fputs("\r\n", out);
	for (size_t f = 0; f < report->nr_families; f++) {
		const struct report *part = &report->families[f];

		for (size_t m = 0; m < part->nr_machines; m++) {
			const struct report_machine *machine = &part->machines[m];

			for (size_t i = 0; i < machine->sweep.nr_points; i++)
				write_point(
				    out, part, machine, &machine->sweep.points[i], counters);
		}
	}
	json_decref(counters);
}
