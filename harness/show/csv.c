/* SPDX-License-Identifier: MIT */
/* RFC 4180: lines end with CR LF, and a field is quoted if it has to be. */
#include "harness/show/show.h"

#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/show/document.h"

/* -- fields -- */

static void write_quoted(FILE *out, const char *text)
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

/* This and all below write a comma, and then the field. */
static void write_text(FILE *out, const char *text)
{
	fputc(',', out);
	write_quoted(out, text);
}

/* With as few digits as give the same number again. */
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

/* An empty field if it is no number. */
static void write_number(FILE *out, const json_t *number)
{
	fputc(',', out);
	if (json_is_integer(number))
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(number));
	else if (json_is_real(number))
		write_digits(out, json_real_value(number));
}

static void write_boolean(FILE *out, const json_t *boolean)
{
	write_text(out, json_is_true(boolean) ? "yes" : json_is_false(boolean) ? "no" : "");
}

/* "claims=0.5 hold_ns=100" */
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

/* "round:value round:value": the samples that the document has. */
static void write_samples(FILE *out, const json_t *samples)
{
	const json_t *sample;
	size_t i;

	fputc(',', out);
	json_array_foreach (samples, i, sample) {
		fprintf(out, "%s%" JSON_INTEGER_FORMAT ":", i ? " " : "",
		    json_integer_value(json_array_get(sample, 0)));
		write_digits(out, json_number_value(json_array_get(sample, 1)));
	}
}

static void write_measure(FILE *out, const json_t *measure)
{
	write_number(out, json_object_get(measure, "value"));
	write_number(out, json_object_get(measure, "low"));
	write_number(out, json_object_get(measure, "high"));
}

/* -- lines -- */

/* The names of all metrics of all results: an object, which keeps their order. */
static json_t *list_metrics(const json_t *report)
{
	const json_t *sweeps = json_object_get(report, "sweeps"), *sweep, *point, *result;
	json_t *metrics = json_object(), *metric;
	const char *key;
	size_t s, p, r;

	json_array_foreach (sweeps, s, sweep) {
		json_array_foreach (json_object_get(sweep, "points"), p, point) {
			json_array_foreach (json_object_get(point, "results"), r, result) {
				json_object_foreach (
				    json_object_get(result, "metrics"), key, metric)
					json_object_set_new(metrics, key, json_true());
			}
		}
	}
	return metrics;
}

static void write_metrics(FILE *out, const json_t *result, json_t *metrics)
{
	const json_t *has = json_object_get(result, "metrics");
	const char *key;
	json_t *ignored;

	json_object_foreach (metrics, key, ignored)
		write_number(out, json_object_get(json_object_get(has, key), "value"));
}

static void write_headings(FILE *out, json_t *metrics)
{
	const char *key;
	json_t *ignored;

	fputs("sweep,machine,family,workload,implementation,class,class_is,threads,devices,groups,"
	      "topology,path,parameters,rank,why_unranked,reached,failure,quantity,unit,"
	      "value,low,high,to_baseline,to_baseline_low,to_baseline_high,"
	      "to_ceiling,to_ceiling_low,to_ceiling_high",
	    out);
	json_object_foreach (metrics, key, ignored)
		write_text(out, key);
	fputs(",samples\r\n", out);
}

static void write_point(FILE *out, const json_t *point)
{
	write_number(out, json_object_get(point, "threads"));
	write_number(out, json_object_get(point, "devices"));
	write_number(out, json_object_get(point, "groups"));
	write_text(out, member_text(point, "topology"));
	write_text(out, member_text(point, "path"));
	write_parameters(out, json_object_get(point, "parameters"));
}

static void write_result(FILE *out, const json_t *report, const json_t *sweep, const json_t *point,
    const json_t *result, json_t *metrics)
{
	write_quoted(out, member_text(sweep, "dir"));
	write_text(out, member_text(document_machine(report, sweep), "name"));
	write_text(out, member_text(sweep, "family"));
	write_text(out, member_text(point, "workload"));
	write_text(out, member_text(result, "implementation"));
	write_text(out, member_text(result, "class"));
	write_text(out, member_text(result, "class_is"));
	write_point(out, point);
	write_number(out, json_object_get(result, "rank"));
	write_text(out, member_text(result, "why_unranked"));
	write_boolean(out, json_object_get(result, "reached"));
	write_text(out, member_text(result, "failure"));
	write_text(out, member_text(point, "quantity"));
	write_text(out, member_text(point, "unit"));
	write_measure(out, json_object_get(result, "value"));
	write_measure(out, json_object_get(result, "to_baseline"));
	write_measure(out, json_object_get(result, "to_ceiling"));
	write_metrics(out, result, metrics);
	write_samples(out, json_object_get(result, "samples"));
	fputs("\r\n", out);
}

static void write_sweep(FILE *out, const json_t *report, const json_t *sweep, json_t *metrics)
{
	const json_t *point, *result;
	size_t p, r;

	json_array_foreach (json_object_get(sweep, "points"), p, point) {
		json_array_foreach (json_object_get(point, "results"), r, result)
			write_result(out, report, sweep, point, result, metrics);
	}
}

int show_csv(FILE *out, const json_t *report, struct error *err)
{
	const json_t *sweeps = json_object_get(report, "sweeps"), *sweep;
	json_t *metrics;
	size_t i;

	if (document_check(report, err))
		return -1;
	metrics = list_metrics(report);
	write_headings(out, metrics);
	json_array_foreach (sweeps, i, sweep)
		write_sweep(out, report, sweep, metrics);
	json_decref(metrics);
	return 0;
}
