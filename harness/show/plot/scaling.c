/* SPDX-License-Identifier: MIT */
/* Shows the fitted Universal Scalability Law. Each implementation has a line of text and a panel of
 * the picture. */
#include <math.h>
#include <string.h>

#include "harness/report/number.h"
#include "harness/show/plot/picture.h"
#include "harness/show/report_document.h"

static bool is_fitted(const json_t *fit)
{
	return !*member_text(fit, "why");
}

static const json_t *fits_of(const json_t *law)
{
	return json_object_get(law, "fits");
}

/* -- as text -- */

/* Returns a coefficient as "0.052 (0.049 to 0.054)". Appends ", model" to a peak beyond the
 * measured threads. */
static struct text words_of(const json_t *fit, const char *key)
{
	const json_t *measure = json_object_get(fit, key);
	const char *interval = measure_interval(measure);
	struct text words;

	snprintf(words.s, sizeof(words.s), "%.40s%s%.60s%s%s", measure_text(measure),
	    *interval ? " (" : "", interval, *interval ? ")" : "",
	    json_is_true(json_object_get(measure, "model")) ? ", model" : "");
	return words;
}

static void print_fit(FILE *out, const json_t *fit)
{
	const char *name = member_text(fit, "implementation");
	char lambda[64];

	if (!is_fitted(fit)) {
		fprintf(out, "    %-26s not fitted: %s\n", name, member_text(fit, "why"));
		return;
	}
	snprintf(lambda, sizeof(lambda), "%.50s/s", measure_text(json_object_get(fit, "lambda")));
	fprintf(out, "    %-26s %10s  %-30s %-31s %-27s %7s\n", name, lambda,
	    words_of(fit, "sigma").s, words_of(fit, "kappa").s, words_of(fit, "peak").s,
	    measure_text(json_object_get(fit, "worst_percent")));
}

static bool any_left_out(const json_t *law)
{
	return json_is_true(json_object_get(law, "left_out"));
}

static void print_law(FILE *out, const json_t *law)
{
	const char *reason = member_text(law, "reason");
	const json_int_t cpus = json_integer_value(json_object_get(law, "cpus"));
	const json_t *fit;
	size_t i;

	fprintf(out, "  %s: the Universal Scalability Law", member_text(law, "title"));
	if (*reason)
		fprintf(out, " is not fitted: %s", reason);
	if (any_left_out(law))
		fprintf(out,
		    "; points with more threads than the %" JSON_INTEGER_FORMAT
		    " CPU%s are left out",
		    cpus, cpus == 1 ? "" : "s");
	fputc('\n', out);
	if (*reason)
		return;
	fprintf(out, "    %-26s %10s  %-30s %-31s %-27s %7s\n", "", "1 thread", "sigma (95%)",
	    "kappa (95%)", "peak, threads", "worst");
	json_array_foreach (fits_of(law), i, fit)
		print_fit(out, fit);
}

/* -- as a picture -- */

struct range {
	double low;
	double high;
};

static void widen_range(struct range *range, double value)
{
	range->low = fmin(range->low, value);
	range->high = fmax(range->high, value);
}

struct ranges {
	struct range threads;
	struct range rates;
	double most; /* largest number of threads in any fit */
};

/* Writes the heading of a block, and a row that lies outside of the picture: gnuplot ignores the
 * heading of a block without rows. */
static void write_heading(FILE *out, const char *text)
{
	fprintf(out, "\"%s\"\n1e-99 1e-99 1e-99 1e-99\n\n", text);
}

static void write_row(struct picture *picture, struct ranges *ranges, double threads, double value,
    double low, double high)
{
	picture_add_row(picture, threads, value, low, high);
	widen_range(&ranges->threads, threads);
	widen_range(&ranges->rates, value);
}

/* Writes the measured points with a CPU for each thread, or if `beyond`, those with more threads
 * than CPUs. */
static void write_points(const struct album *album, struct picture *picture, const json_t *law,
    const char *implementation, bool beyond, struct ranges *ranges)
{
	const double cpus = member_number(law, "cpus");
	const json_t *id;
	size_t i;

	json_array_foreach (json_object_get(law, "points"), i, id) {
		const json_t *point = document_point(album->sweep, json_string_value(id));
		const json_t *result = point_result(point, implementation);
		const json_t *value = json_object_get(result, "value");
		const double threads = member_number(point, "threads");

		if (json_is_object(value) && beyond == (cpus > 0 && threads > cpus))
			write_row(picture, ranges, threads, member_number(value, "value"),
			    member_number(value, "low"), member_number(value, "high"));
	}
	fputs("\n\n", picture->out);
}

/* Writes the curve within the measured threads, or if `beyond`, its extrapolation. Both contain the
 * step at which they meet. */
static void write_model(
    struct picture *picture, const json_t *fit, bool beyond, struct ranges *ranges)
{
	const double most = member_number(fit, "most");
	const json_t *step;
	size_t i;

	json_array_foreach (json_object_get(fit, "model"), i, step) {
		const double threads = json_number_value(json_array_get(step, 0));
		const json_t *low = json_array_get(step, 2), *high = json_array_get(step, 3);

		if (beyond ? threads >= most * (1 - 1e-9) : threads <= most * (1 + 1e-9))
			write_row(picture, ranges, threads,
			    json_number_value(json_array_get(step, 1)),
			    json_is_null(low) ? NAN : json_number_value(low),
			    json_is_null(high) ? NAN : json_number_value(high));
	}
	fputs("\n\n", picture->out);
}

/* Returns a heading such as "σ 0.052 (0.049 to 0.054)". */
static struct text heading_of(const char *name, const json_t *fit, const char *key)
{
	struct text heading = {""};

	if (is_fitted(fit))
		snprintf(heading.s, sizeof(heading.s), "%s %.130s", name, words_of(fit, key).s);
	else if (!strcmp(key, "sigma"))
		snprintf(
		    heading.s, sizeof(heading.s), "not fitted: %.130s", member_text(fit, "why"));
	return heading;
}

/* Writes the four blocks of a panel: the fitted points, the curve within the measured threads, its
 * extrapolation, and the points that are not fitted. */
static void write_panel(const struct album *album, struct picture *picture, const json_t *law,
    const json_t *fit, struct ranges *ranges)
{
	const char *name = member_text(fit, "implementation");

	write_heading(picture->out, name);
	write_points(album, picture, law, name, false, ranges);
	write_heading(picture->out, heading_of("σ", fit, "sigma").s);
	write_model(picture, fit, false, ranges);
	write_heading(picture->out, heading_of("κ", fit, "kappa").s);
	write_model(picture, fit, true, ranges);
	write_heading(picture->out, heading_of("peak, threads:", fit, "peak").s);
	write_points(album, picture, law, name, true, ranges);
	if (is_fitted(fit))
		ranges->most = fmax(ranges->most, member_number(fit, "most"));
}

static int draw_law(const struct album *album, const json_t *law, struct error *err)
{
	struct ranges ranges = {{INFINITY, 0}, {INFINITY, 0}, 0};
	char title[512], values[160], words[256];
	struct picture picture;
	struct drawing drawing = {.script = "scaling.gp",
	    .name = member_text(law, "name"),
	    .title = title,
	    .values = values,
	    .arguments = {member_text(law, "label"), words}};
	const json_t *fit, *id;
	size_t i;
	int ret;

	picture_start(&picture);
	json_array_foreach (fits_of(law), i, fit)
		write_panel(album, &picture, law, fit, &ranges);
	json_array_foreach (json_object_get(law, "points"), i, id)
		picture_name_failures(
		    &picture, document_point(album->sweep, json_string_value(id)));
	picture.series = (unsigned int)json_array_size(fits_of(law));
	snprintf(
	    title, sizeof(title), "Universal Scalability Law, %.400s", member_text(law, "title"));
	snprintf(values, sizeof(values), "%s; the law with its 95%% band%s",
	    album_values(album, json_object_get(law, "points"), true),
	    any_left_out(law) ? "; hollow points: more threads than CPUs, not fitted" : "");
	snprintf(words, sizeof(words), "%#.17g %#.17g %#.17g %#.17g %#.17g", ranges.most,
	    ranges.threads.low, ranges.threads.high, ranges.rates.low, ranges.rates.high);
	ret = picture_draw(album, &picture, &drawing, err);
	picture_end(&picture);
	return ret;
}

int plot_scaling(const struct album *album, const json_t *law, struct error *err)
{
	if (json_integer_value(json_object_get(law, "fitted")) && draw_law(album, law, err))
		return -1;
	if (json_array_size(fits_of(law)))
		print_law(album->log, law);
	return 0;
}
