/* SPDX-License-Identifier: MIT */
/* The claims that have a curve: it, and below it the groups of real machines. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "harness/files/file.h"
#include "harness/memory.h"
#include "harness/report/claim_curve.h"
#include "harness/show/plot/gnuplot.h"
#include "harness/show/plot/plot.h"

/* Replaces `path` by what `write` writes. */
static int write_data(const char *path, void (*write)(FILE *out, const struct claim_curve *curve),
    const struct claim_curve *curve, struct error *err)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = text_stream(&text, &size);
	int ret;

	write(out, curve);
	fclose(out);
	ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}

static void write_ratio(FILE *out, const struct claim_ratio *ratio, double max)
{
	struct interval shown = claim_ratio_within(ratio, 1e-3, max);

	if (claim_ratio_is_known(ratio))
		fprintf(out, " %g %g %g", ratio->value, shown.low, shown.high);
	else
		fputs(" NaN NaN NaN", out);
}

static void write_ratios(FILE *out, const struct claim_curve *curve)
{
	double max = 10 * curve->limit;

	for (size_t i = 0; i < curve->nr; i++)
		max = fmax(max, fmax(curve->warm[i].value, curve->cold[i].value));
	for (size_t i = 0; i < curve->nr; i++) {
		fprintf(out, "%zu", curve->devices[i]);
		write_ratio(out, &curve->warm[i], 1.2 * max);
		write_ratio(out, &curve->cold[i], 1.2 * max);
		fputc('\n', out);
	}
}

static void write_real(FILE *out, const struct claim_curve *curve)
{
	for (size_t i = 0; i < curve->nr_real; i++)
		fprintf(out, "%zu %zu\n", curve->real[i].devices, curve->real[i].groups);
}

int plot_claim(const char *dir, const char *scripts, const json_t *claim, const char *machine,
    FILE *log, struct error *err)
{
	static const char title[] = "C2: what the walk costs, and how large groups are";
	char ratios[PATH_MAX], real[PATH_MAX], output[PATH_MAX], limit[32], footer[256];
	const char *const arguments[] = {ratios, real, output, title, footer, limit, NULL};
	struct claim_curve curve;

	if (claim_curve_read(&curve, claim))
		return 0;
	snprintf(ratios, sizeof(ratios), "%s/c2-walk.tsv", dir);
	snprintf(real, sizeof(real), "%s/c2-groups.tsv", dir);
	snprintf(output, sizeof(output), "%s/c2-walk", dir);
	snprintf(limit, sizeof(limit), "%g", curve.limit);
	snprintf(footer, sizeof(footer), "measured on %s; groups of %zu real machines", machine,
	    curve.nr_machines);
	if (write_data(ratios, write_ratios, &curve, err) ||
	    write_data(real, write_real, &curve, err) ||
	    gnuplot_draw(scripts, "walk.gp", arguments, err))
		return -1;
	if (log)
		fprintf(log, "%s.svg\n%s.png\n", output, output);
	return 0;
}
