/* SPDX-License-Identifier: MIT */
/* The Universal Scalability Law over threads: a curve and a panel for each implementation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/plot/pictures.h"
#include "harness/results/stats.h"
#include "harness/results/usl.h"

/* The model is drawn this many times beyond what was measured. */

enum { BEYOND = 4, CURVE_POINTS = 48 };

/* One implementation. */
struct fitted {
	const char *impl;
	const struct sweep_point **points;
	size_t nr;
	size_t nr_used; /* the first ones: those behind have more threads than there are CPUs */
	bool fitted;
	struct usl usl;
	struct error why; /* it is not */
};

struct scaling {
	struct picture picture;
	struct fitted *all;
	size_t nr;
	size_t nr_fitted;
	unsigned int cpus;  /* 0: unknown */
	size_t repetitions; /* of the run that has fewest */
};

/* -- the fits -- */

static void fit(struct fitted *f, unsigned int cpus)
{
	struct usl_sample *samples = calloc(f->nr + 1, sizeof(*samples));
	double **rates = calloc(f->nr + 1, sizeof(*rates));

	if (!samples || !rates)
		abort(); /* some bytes */
	for (; f->nr_used < f->nr; f->nr_used++) {
		const struct sweep_point *p = f->points[f->nr_used];
		struct usl_sample *sample = &samples[f->nr_used];

		if (cpus && p->threads > cpus)
			break;
		rates[f->nr_used] = sweep_values(p, "items_per_second", &sample->nr);
		sample->rates = rates[f->nr_used];
		sample->threads = p->threads;
	}
	f->fitted = !usl_fit(&f->usl, samples, f->nr_used, &f->why);
	for (size_t i = 0; i < f->nr_used; i++)
		free(rates[i]);
	free(rates);
	free(samples);
}

static void fit_all(struct scaling *scaling, const struct sweep *sweep)
{
	size_t nr;
	const char **impls = album_impls(sweep, &nr);

	scaling->all = calloc(nr, sizeof(*scaling->all));
	if (!scaling->all)
		abort(); /* some kilobytes */
	for (size_t i = 0; i < nr; i++) {
		struct fitted *f = &scaling->all[scaling->nr];

		f->impl = impls[i];
		f->points = picture_curve(&scaling->picture, sweep, impls[i], &f->nr);
		if (f->nr) {
			fit(f, scaling->cpus);
			scaling->nr_fitted += f->fitted;
			scaling->nr++;
		} else {
			free(f->points);
		}
	}
	free(impls);
}

static void scaling_free(struct scaling *scaling)
{
	for (size_t i = 0; i < scaling->nr; i++) {
		usl_free(&scaling->all[i].usl);
		free(scaling->all[i].points);
	}
	free(scaling->all);
	picture_end(&scaling->picture);
}

/* -- as text -- */

struct words {
	char s[64];
};

/* "0.052 (0.049 to 0.054)" */
static struct words coefficient(double value, struct interval interval)
{
	struct words text;

	if (isnan(interval.low))
		snprintf(text.s, sizeof(text.s), "%.3g", value);
	else
		snprintf(text.s, sizeof(text.s), "%.3g (%.3g to %.3g)", value, interval.low,
		    interval.high);
	return text;
}

/* "17 (16 to 18)"; "96 (81 to 124), model" beyond what was measured; "none (40 at least), model" */
static struct words peak(const struct usl *usl)
{
	const double at = usl_peak(&usl->curve);
	const struct interval around = usl->peak;
	const char *mark = at > usl->most ? ", model" : "";
	char value[16] = "none";
	struct words text;

	if (isfinite(at))
		snprintf(value, sizeof(value), "%.3g", at);
	if (isfinite(around.low) && isinf(around.high))
		snprintf(text.s, sizeof(text.s), "%s (%.3g at least)%s", value, around.low, mark);
	else if (isfinite(around.low))
		snprintf(text.s, sizeof(text.s), "%s (%.3g to %.3g)%s", value, around.low,
		    around.high, mark);
	else
		snprintf(text.s, sizeof(text.s), "%s%s", value, mark);
	return text;
}

static struct words rate(double value)
{
	static const char prefixes[] = " kMGT";
	struct words text;
	int i = 0;

	for (; value >= 999.5 && prefixes[i + 1]; i++)
		value /= 1000;
	snprintf(text.s, sizeof(text.s), "%.3g %c/s", value, prefixes[i]);
	return text;
}

/* Why none of them is fitted, where it is the same for all; else NULL. */
static const char *common_reason(const struct scaling *scaling)
{
	for (size_t i = 0; i < scaling->nr; i++) {
		if (scaling->all[i].fitted ||
		    strcmp(scaling->all[i].why.text, scaling->all[0].why.text) != 0)
			return NULL;
	}
	return scaling->all[0].why.text;
}

/* Some were measured with more threads than there are CPUs. */
static bool any_left_out(const struct scaling *scaling)
{
	for (size_t i = 0; i < scaling->nr; i++) {
		if (scaling->all[i].nr_used < scaling->all[i].nr)
			return true;
	}
	return false;
}

static void print_row(FILE *out, const struct fitted *f)
{
	if (!f->fitted) {
		fprintf(out, "    %-26s not fitted: %s\n", f->impl, f->why.text);
		return;
	}
	fprintf(out, "    %-26s %10s  %-30s %-31s %-27s %5.1f%%\n", f->impl,
	    rate(f->usl.curve.lambda).s, coefficient(f->usl.curve.sigma, f->usl.sigma).s,
	    coefficient(f->usl.curve.kappa, f->usl.kappa).s, peak(&f->usl).s, 100 * f->usl.worst);
}

/* What the law's intervals are called: "95%"; the bootstrap of fewer repetitions is not that. */
static const char *bootstrap_words(const struct scaling *scaling)
{
	if (scaling->repetitions >= STATS_ENOUGH)
		return "95%";
	return scaling->repetitions > 1 ? "bootstrap" : "";
}

static void print_heading(FILE *out, const char *words)
{
	struct words sigma, kappa;

	snprintf(sigma.s, sizeof(sigma.s), *words ? "sigma (%s)" : "sigma%s", words);
	snprintf(kappa.s, sizeof(kappa.s), *words ? "kappa (%s)" : "kappa%s", words);
	fprintf(out, "    %-26s %10s  %-30s %-31s %-27s %6s\n", "", "1 thread", sigma.s, kappa.s,
	    "peak at threads", "worst");
}

static void print_all(const struct album *album, const struct scaling *scaling)
{
	FILE *out = album->log;
	const char *reason = common_reason(scaling);
	char *conditions = picture_conditions(album, &scaling->picture);

	fprintf(out, "  %s, %s: the Universal Scalability Law", scaling->picture.first->workload,
	    conditions);
	if (reason)
		fprintf(out, " is not fitted: %s", reason);
	if (any_left_out(scaling))
		fprintf(out, "; more threads than the %u CPU%s are not in it", scaling->cpus,
		    scaling->cpus == 1 ? "" : "s");
	fputc('\n', out);
	if (!reason)
		print_heading(out, bootstrap_words(scaling));
	for (size_t i = 0; i < scaling->nr && !reason; i++)
		print_row(out, &scaling->all[i]);
	free(conditions);
}

/* -- as a picture -- */

struct range {
	double low;
	double high;
};

static void widen(struct range *range, double value)
{
	range->low = fmin(range->low, value);
	range->high = fmax(range->high, value);
}

/* With a row that lies outside of every picture: a block without any would lose its heading. */
static void write_heading(FILE *out, const char *text)
{
	fprintf(out, "\"%s\"\n1e-99 1e-99 1e-99 1e-99\n\n", text);
}

static void write_points(
    FILE *out, const struct fitted *f, size_t from, size_t to, struct range *rates)
{
	for (size_t i = from; i < to; i++) {
		const struct sweep_point *p = f->points[i];

		fprintf(out, "%u %.17g %.17g %.17g\n", p->threads, p->median, p->low, p->high);
		widen(rates, p->median);
	}
	fputs("\n\n", out);
}

static void write_curve(
    FILE *out, const struct fitted *f, double from, double to, struct range *rates)
{
	for (int i = 0; f->fitted && i <= CURVE_POINTS; i++) {
		const double threads = from * pow(to / from, (double)i / CURVE_POINTS);
		const double value = usl_throughput(&f->usl.curve, threads);
		struct interval band = usl_band(&f->usl, threads);

		if (isnan(band.low))
			band = interval_between(value, value);
		fprintf(out, "%.17g %.17g %.17g %.17g\n", threads, value, band.low, band.high);
		widen(rates, value);
	}
	fputs("\n\n", out);
}

/* Four blocks: what is fitted, the law within it and beyond it, and what is not fitted. */
static void write_panel(FILE *out, const struct fitted *f, struct range *rates)
{
	char text[sizeof(f->why.text) + 160];

	write_heading(out, f->impl);
	write_points(out, f, 0, f->nr_used, rates);
	if (f->fitted)
		snprintf(
		    text, sizeof(text), "σ %s", coefficient(f->usl.curve.sigma, f->usl.sigma).s);
	else
		snprintf(text, sizeof(text), "not fitted: %s", f->why.text);
	write_heading(out, text);
	write_curve(out, f, f->usl.least, f->usl.most, rates);
	if (f->fitted)
		snprintf(
		    text, sizeof(text), "κ %s", coefficient(f->usl.curve.kappa, f->usl.kappa).s);
	write_heading(out, f->fitted ? text : "");
	write_curve(out, f, f->usl.most, BEYOND * f->usl.most, rates);
	if (f->fitted)
		snprintf(text, sizeof(text), "peak, threads: %s", peak(&f->usl).s);
	write_heading(out, f->fitted ? text : "");
	write_points(out, f, f->nr_used, f->nr, rates);
}

/* What is drawn, for the foot. */
static struct picture_words foot(const struct album *album, const struct scaling *scaling)
{
	const struct picture_words medians = picture_medians(album, &scaling->picture);
	const char *law = bootstrap_words(scaling);
	struct picture_words words;

	snprintf(words.s, sizeof(words.s), "%.90s; the law%s%s%s%s", medians.s,
	    *law ? " with its " : "", law, *law ? " band" : "",
	    any_left_out(scaling) ? "; hollow: more threads than CPUs, not fitted" : "");
	return words;
}

static int draw(const struct album *album, struct scaling *scaling, struct error *err)
{
	struct picture *picture = &scaling->picture;
	struct range rates = {INFINITY, 0}, threads = {INFINITY, 0};
	const struct picture_words values = foot(album, scaling);
	struct drawing drawing = {
	    .script = "scaling.gp", .what = "Universal Scalability Law", .values = values.s};
	struct picture_name name = picture_name(picture->first, "scaling");
	char label[128], ranges[256];
	double most = 0;

	for (size_t i = 0; i < scaling->nr; i++) {
		const struct fitted *f = &scaling->all[i];

		write_panel(picture->out, f, &rates);
		widen(&threads, f->points[0]->threads);
		widen(&threads, f->points[f->nr - 1]->threads);
		if (f->fitted)
			most = fmax(most, f->usl.most);
	}
	picture->series = (unsigned int)scaling->nr;
	snprintf(label, sizeof(label), "%s per second",
	    picture->first->unit ? picture->first->unit : "items");
	snprintf(ranges, sizeof(ranges), "%.17g %.17g %.17g %.17g %.17g", most, threads.low,
	    fmax(threads.high, BEYOND * most), rates.low, rates.high);
	drawing.name = name.s;
	drawing.arguments[0] = label;
	drawing.arguments[1] = ranges;
	return picture_draw(album, picture, &drawing, err);
}

/* -- */

int plot_scaling(const struct album *album, const struct sweep_point *like, struct error *err)
{
	struct scaling scaling = {.picture = {.axis = &axis_threads,
				      .first = picture_first(album->sweep, like, &axis_threads)},
	    .cpus = album_cpus(album, like)};
	int ret = 0;

	if (!scaling.picture.first)
		return 0;
	scaling.repetitions = picture_repetitions(album->sweep, like).fewest;
	picture_start(&scaling.picture);
	fit_all(&scaling, album->sweep);
	if (scaling.nr_fitted)
		ret = draw(album, &scaling, err);
	if (!ret && scaling.nr)
		print_all(album, &scaling);
	scaling_free(&scaling);
	return ret;
}
