/* SPDX-License-Identifier: MIT */
/* Draws the curve of a claim, and below it the sizes of groups on real machines. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/show/plot/picture.h"
#include "harness/show/plot/plot.h"

static double number_at(const json_t *row, size_t i)
{
	const json_t *value = json_array_get(row, i);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

/* Clamps an end of an interval to the range of the picture, from 0.001 to `most`. Returns
 * `otherwise` if the end is unknown. */
static double clamp_end(double end, double most, double otherwise)
{
	return end > 0 ? fmin(fmax(end, 1e-3), most) : otherwise;
}

/* Writes the ratio and interval from a row [size, ratio, low, high]. A ratio that is not positive
 * is written as NaN, because the axis is logarithmic. */
static void write_ratio(FILE *out, const json_t *row, double most)
{
	if (number_at(row, 1) > 0)
		fprintf(out, " %g %g %g", number_at(row, 1),
		    clamp_end(number_at(row, 2), most, 1e-3),
		    clamp_end(number_at(row, 3), most, most));
	else
		fputs(" NaN NaN NaN", out);
}

static void write_ratios(FILE *out, const json_t *curve)
{
	const json_t *warm = json_object_get(curve, "warm"), *cold = json_object_get(curve, "cold");
	double most = 10 * member_number(curve, "limit");
	const json_t *row;
	size_t i;

	json_array_foreach (warm, i, row)
		most = fmax(most, fmax(number_at(row, 1), number_at(json_array_get(cold, i), 1)));
	json_array_foreach (warm, i, row) {
		fprintf(out, "%g", number_at(row, 0));
		write_ratio(out, row, 1.2 * most);
		write_ratio(out, json_array_get(cold, i), 1.2 * most);
		fputc('\n', out);
	}
}

static void write_real(FILE *out, const json_t *curve)
{
	const json_t *row;
	size_t i;

	json_array_foreach (json_object_get(curve, "real_groups"), i, row)
		fprintf(out, "%g %g\n", number_at(row, 0), number_at(row, 1));
}

/* Replaces the content of `path` by the output of `write`. */
static int write_data(const char *path, void (*write)(FILE *out, const json_t *curve),
    const json_t *curve, struct error *err)
{
	char *text;
	size_t size;
	FILE *out = text_stream(&text, &size);
	int ret;

	write(out, curve);
	fclose(out);
	ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}

int plot_claim(const char *dir, const char *scripts, const json_t *claim, const char *machine,
    FILE *log, struct error *err)
{
	static const char title[] = "C2: cost of the walk, and sizes of real groups";
	const struct file_path ratios = file_path(dir, "c2-walk.tsv"),
			       real = file_path(dir, "c2-groups.tsv"),
			       output = file_path(dir, "c2-walk");
	const json_t *curve = json_object_get(claim, "curve");
	char limit[32], footer[256];
	const char *const arguments[] = {ratios.s, real.s, output.s, title, footer, limit, NULL};

	if (!json_is_object(curve))
		return 0;
	snprintf(limit, sizeof(limit), "%g", member_number(curve, "limit"));
	snprintf(footer, sizeof(footer), "measured on %s; groups of %g real machines", machine,
	    member_number(curve, "real_machines"));
	if (write_data(ratios.s, write_ratios, curve, err) ||
	    write_data(real.s, write_real, curve, err) ||
	    gnuplot_draw(scripts, "walk.gp", arguments, err))
		return -1;
	if (log)
		fprintf(log, "%s.svg\n%s.png\n", output.s, output.s);
	return 0;
}
