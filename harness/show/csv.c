/* SPDX-License-Identifier: MIT */
/* Shows a document as CSV by RFC 4180: lines end with CR LF, and fields are quoted where necessary.
 */
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/report_document.h"
#include "harness/show/show.h"

/* -- fields -- */

static void write_text(FILE *out, const char *text)
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

/* Writes the value with the fewest digits that parse back to it. */
static void write_digits(FILE *out, double value)
{
	enum { FEWEST = 15, ENOUGH = 17 };
	char text[64];

	for (int digits = FEWEST; digits <= ENOUGH; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	fputs(text, out);
}

/* Writes parameters in the form "claims=0.5 hold_ns=100". */
static void write_parameters(FILE *out, const json_t *parameters)
{
	const char *key, *separator = "";
	json_t *value;
	char *text;
	size_t size;
	FILE *all = text_stream(&text, &size);

	json_object_foreach ((json_t *)parameters, key, value) {
		fprintf(all, "%s%s=", separator, key);
		if (json_is_string(value))
			fputs(json_string_value(value), all);
		else
			json_dumpf(value, all, JSON_ENCODE_ANY);
		separator = " ";
	}
	fclose(all);
	write_text(out, text);
	free(text);
}

/* Writes the samples in the form "round:value round:value". */
static void write_samples(FILE *out, const json_t *samples)
{
	const json_t *sample;
	size_t i;

	json_array_foreach (samples, i, sample) {
		fprintf(out, "%s%" JSON_INTEGER_FORMAT ":", i ? " " : "",
		    json_integer_value(json_array_get(sample, 0)));
		write_digits(out, json_number_value(json_array_get(sample, 1)));
	}
}

/* Writes a JSON value as a field, which is empty for null and NULL. */
static void write_field(FILE *out, const json_t *value)
{
	if (json_is_integer(value))
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		write_digits(out, json_real_value(value));
	else if (json_is_string(value))
		write_text(out, json_string_value(value));
	else if (json_is_boolean(value))
		fputs(json_is_true(value) ? "yes" : "no", out);
	else if (json_is_object(value))
		write_parameters(out, value);
	else if (json_is_array(value))
		write_samples(out, value);
}

/* -- columns: fixed ones, one for each metric, and the samples -- */

/* The object of the document that contains a column's member. */
enum of { OF_SWEEP, OF_MACHINE, OF_POINT, OF_RESULT, KINDS };

static const struct {
	const char *heading;
	enum of of;
	const char *member; /* NULL: the member that has the heading's name */
	const char *inside; /* member of the measure; NULL: the value is not a measure */
} columns[] = {{"sweep", OF_SWEEP, "dir", NULL}, {"machine", OF_MACHINE, "name", NULL},
    {"family", OF_SWEEP, NULL, NULL}, {"workload", OF_POINT, NULL, NULL},
    {"implementation", OF_RESULT, NULL, NULL}, {"class", OF_RESULT, NULL, NULL},
    {"class_is", OF_RESULT, NULL, NULL}, {"threads", OF_POINT, NULL, NULL},
    {"devices", OF_POINT, NULL, NULL}, {"groups", OF_POINT, NULL, NULL},
    {"topology", OF_POINT, NULL, NULL}, {"path", OF_POINT, NULL, NULL},
    {"parameters", OF_POINT, NULL, NULL}, {"rank", OF_RESULT, NULL, NULL},
    {"why_unranked", OF_RESULT, NULL, NULL}, {"reached", OF_RESULT, NULL, NULL},
    {"failure", OF_RESULT, NULL, NULL}, {"quantity", OF_POINT, NULL, NULL},
    {"unit", OF_POINT, NULL, NULL}, {"value", OF_RESULT, "value", "value"},
    {"low", OF_RESULT, "value", "low"}, {"high", OF_RESULT, "value", "high"},
    {"to_baseline", OF_RESULT, "to_baseline", "value"},
    {"to_baseline_low", OF_RESULT, "to_baseline", "low"},
    {"to_baseline_high", OF_RESULT, "to_baseline", "high"},
    {"to_ceiling", OF_RESULT, "to_ceiling", "value"},
    {"to_ceiling_low", OF_RESULT, "to_ceiling", "low"},
    {"to_ceiling_high", OF_RESULT, "to_ceiling", "high"}, {"regret", OF_RESULT, "regret", "value"},
    {"regret_low", OF_RESULT, "regret", "low"}, {"regret_high", OF_RESULT, "regret", "high"},
    {"regret_rival", OF_RESULT, NULL, NULL}};
enum { NR_COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static void write_headings(FILE *out, json_t *metrics)
{
	const char *key;
	json_t *ignored;

	for (size_t i = 0; i < NR_COLUMNS; i++)
		fprintf(out, "%s%s", i ? "," : "", columns[i].heading);
	json_object_foreach (metrics, key, ignored) {
		fputc(',', out);
		write_text(out, key);
	}
	fputs(",samples\r\n", out);
}

/* `of` contains the objects with the columns' members, indexed by enum of. */
static void write_line(FILE *out, const json_t *const of[KINDS], json_t *metrics)
{
	const json_t *has = json_object_get(of[OF_RESULT], "metrics");
	const char *key;
	json_t *ignored;

	for (size_t i = 0; i < NR_COLUMNS; i++) {
		const char *member = columns[i].member ? columns[i].member : columns[i].heading;
		const json_t *value = json_object_get(of[columns[i].of], member);

		fputs(i ? "," : "", out);
		write_field(
		    out, columns[i].inside ? json_object_get(value, columns[i].inside) : value);
	}
	json_object_foreach (metrics, key, ignored) {
		fputc(',', out);
		write_field(out, json_object_get(json_object_get(has, key), "value"));
	}
	fputc(',', out);
	write_field(out, json_object_get(of[OF_RESULT], "samples"));
	fputs("\r\n", out);
}

/* -- the whole table -- */

/* If `out` is NULL, collects the names of all metrics in `metrics`, which become columns. Otherwise
 * writes a line for each result. */
static void each_result(FILE *out, const json_t *report, json_t *metrics)
{
	const json_t *sweep, *point, *result;
	size_t s, p, r;

	json_array_foreach (json_object_get(report, "sweeps"), s, sweep) {
		const json_t *machine = document_machine(report, sweep);

		json_array_foreach (json_object_get(sweep, "points"), p, point) {
			json_array_foreach (json_object_get(point, "results"), r, result) {
				if (out)
					write_line(out,
					    (const json_t *[]){sweep, machine, point, result},
					    metrics);
				else
					json_object_update(
					    metrics, json_object_get(result, "metrics"));
			}
		}
	}
}

int show_csv(FILE *out, const json_t *report, struct error *err)
{
	json_t *metrics;

	if (document_check(report, err))
		return -1;
	metrics = json_object();
	each_result(NULL, report, metrics);
	write_headings(out, metrics);
	each_result(out, report, metrics);
	json_decref(metrics);
	return 0;
}
