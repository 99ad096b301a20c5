/* SPDX-License-Identifier: MIT */
/* Two panels over one axis, the devices of a group: a claim's ratio, and the real groups. */
#include <math.h>

#include "harness/results/claim_curve.h"
#include "harness/results/report/chart.h"
#include "harness/results/report/html.h"
#include "harness/results/report/svg.h"

enum { PANEL = 230, BETWEEN = 58, BARS = 84, BAR = 7, LABEL = 9 };

struct panels {
	FILE *out;
	const struct claim_curve *curve;
	enum chart_width width;
	struct box ratios, bars;
	struct scale x, y;
	double right; /* of the picture */
};

static double most_groups(const struct claim_curve *curve)
{
	double most = 1;

	for (size_t i = 0; i < curve->nr_real; i++)
		most = fmax(most, (double)curve->real[i].groups);
	return most;
}

/* By the values: an interval of a disturbed machine may be anything. */
static void widen(const struct claim_ratio *ratio, double *min, double *max)
{
	if (claim_ratio_is_known(ratio)) {
		*min = fmin(*min, ratio->value);
		*max = fmax(*max, ratio->value);
	}
}

static struct panels panels_of(FILE *out, const struct claim_curve *curve, enum chart_width width)
{
	const double right = width == CHART_WIDE ? 760 : 350;
	const double left = width == CHART_WIDE ? 58 : 40;
	struct panels p = {.out = out, .curve = curve, .width = width, .right = right};
	double min = curve->limit, max = curve->limit;

	for (size_t i = 0; i < curve->nr; i++) {
		widen(&curve->warm[i], &min, &max);
		widen(&curve->cold[i], &min, &max);
	}
	p.ratios = (struct box){left, 22, right - (width == CHART_WIDE ? 110 : 46), 22 + PANEL};
	p.bars = p.ratios;
	p.bars.top = p.ratios.bottom + BETWEEN;
	p.bars.bottom = p.bars.top + BARS;
	p.y = scale_round(min, max, p.ratios.bottom, p.ratios.top);
	p.x = scale_tight(1,
	    fmax((double)curve->devices[curve->nr - 1],
		(double)curve->real[curve->nr_real - 1].devices),
	    left, p.ratios.right);
	return p;
}

static void draw_axes(const struct panels *p)
{
	struct ticks ticks = scale_ticks(&p->y, TICK_HEIGHT);
	const size_t step = p->width == CHART_WIDE ? 2 : 4;

	for (size_t i = 0; i < ticks.nr; i++) {
		double y = scale_at(&p->y, ticks.at[i]);

		svg_line(p->out, "grid", p->ratios.left, y, p->ratios.right, y);
		svg_text(p->out, "tick r", p->ratios.left - 6, y + 4,
		    number_tick(number_ratio(ticks.at[i])).s);
	}
	for (size_t size = 1; (double)size <= p->x.max; size *= step) {
		double x = scale_at(&p->x, (double)size);

		svg_line(p->out, "grid", x, p->ratios.top, x, p->bars.bottom + 4);
		svg_text(p->out, "tick m", x, p->bars.bottom + 18,
		    number_tick(number_plain((double)size)).s);
	}
	svg_line(p->out, "grid", p->bars.left, p->bars.bottom, p->bars.right, p->bars.bottom);
	svg_text(p->out, "tick m", (p->bars.left + p->bars.right) / 2, p->bars.bottom + 36,
	    "devices of a group");
	svg_text(
	    p->out, "tick l", p->ratios.left, p->ratios.top - 9, "a remove, times the count's");
	svg_text(p->out, "tick l", p->bars.left, p->bars.top - 19, "groups of real machines");
}

/* Where the claim turns: the ratio that it asks for, and the size that has it. */
static void draw_limit(const struct panels *p)
{
	double y = scale_at(&p->y, p->curve->limit);

	svg_line(p->out, "limit", p->ratios.left, y, p->ratios.right, y);
	svg_text(p->out, "tick l", p->ratios.right + 6, y + 4,
	    number_tick(number_ratio(p->curve->limit)).s);
	if (p->curve->boundary) {
		double x = scale_at(&p->x, (double)p->curve->boundary);

		bool left = x > (p->bars.left + p->bars.right) / 2;

		svg_line(p->out, "limit", x, p->ratios.top, x, p->bars.bottom);
		html(p->out,
		    "<text class=\"tick %c\" x=\"%.1f\" y=\"%.1f\">from %zu device%s on</text>",
		    left ? 'r' : 'l', x + (left ? -5 : 5), p->bars.top + 10, p->curve->boundary,
		    p->curve->boundary == 1 ? "" : "s");
	}
}

static void draw_point(const struct panels *p, size_t i, const struct claim_ratio *ratio,
    const char *caches, size_t shape)
{
	double x = scale_at(&p->x, (double)p->curve->devices[i]);
	double y = scale_at(&p->y, ratio->value);
	struct interval shown = claim_ratio_within(ratio, p->y.min, p->y.max);

	html(p->out,
	    "<g class=\"pt\" data-x=\"%.1f\" data-y=\"%.1f\"><title>%zu device%s, %s caches\n"
	    "%s (95%%: %s to %s)</title>",
	    x, y, p->curve->devices[i], p->curve->devices[i] == 1 ? "" : "s", caches,
	    number_ratio(ratio->value).s, number_plain(ratio->low).s, number_ratio(ratio->high).s);
	svg_line(p->out, "whisker", x, scale_at(&p->y, shown.low), x, scale_at(&p->y, shown.high));
	svg_mark(p->out, shape, x, y);
	fputs("</g>", p->out);
}

static void draw_curve_line(const struct panels *p, const struct claim_ratio *ratios)
{
	char move = 'M';

	fputs("<path class=\"curve\" d=\"", p->out);
	for (size_t i = 0; i < p->curve->nr; i++) {
		if (!claim_ratio_is_known(&ratios[i])) {
			move = 'M'; /* a gap */
			continue;
		}
		html(p->out, "%c%.1f %.1f", move, scale_at(&p->x, (double)p->curve->devices[i]),
		    scale_at(&p->y, ratios[i].value));
		move = 'L';
	}
	fputs("\"/>", p->out);
}

/* The height of the last point, where the curve's name goes. */
static double end_of(const struct panels *p, const struct claim_ratio *ratios)
{
	size_t i = p->curve->nr;

	while (i > 0 && !claim_ratio_is_known(&ratios[i - 1]))
		i--;
	return i ? scale_at(&p->y, ratios[i - 1].value) : p->ratios.top;
}

/* `look` is a colour and a dash of the style sheet. */
static void draw_curve(const struct panels *p, const struct claim_ratio *ratios, const char *caches,
    int look, double name)
{
	html(p->out, "<g class=\"series c%d d%d\">", look, look);
	draw_curve_line(p, ratios);
	for (size_t i = 0; i < p->curve->nr; i++) {
		if (claim_ratio_is_known(&ratios[i]))
			draw_point(p, i, &ratios[i], caches, (size_t)look);
	}
	html(p->out, "<text class=\"name l\" x=\"%.1f\" y=\"%.1f\">%s%s</text></g>\n",
	    p->ratios.right + 6, name + 4, caches, p->width == CHART_WIDE ? " caches" : "");
}

/* Their names not over each other. */
static void draw_curves(const struct panels *p)
{
	double warm = end_of(p, p->curve->warm), cold = end_of(p, p->curve->cold);
	double apart = fmax(0, 14 - fabs(warm - cold)) / 2 * (warm > cold ? 1 : -1);

	draw_curve(p, p->curve->warm, "warm", 0, warm + apart);
	draw_curve(p, p->curve->cold, "cold", 1, cold - apart);
}

/* One for each size, its height as the root of the groups: a single one is to be seen, too. */
static void draw_bars(const struct panels *p)
{
	const double high = sqrt(most_groups(p->curve)) / BARS;
	double labelled = -INFINITY;

	fputs("<g class=\"series\">", p->out);
	for (size_t i = 0; i < p->curve->nr_real; i++) {
		const size_t devices = p->curve->real[i].devices, nr = p->curve->real[i].groups;
		double x = scale_at(&p->x, (double)devices), height = sqrt((double)nr) / high;

		html(p->out,
		    "<g class=\"pt\" data-x=\"%.1f\" data-y=\"%.1f\"><title>%zu real group%s of "
		    "%zu "
		    "device%s</title>"
		    "<path class=\"bar\" d=\"M%.1f %.1fh%d v%.1fh-%dz\"/>",
		    x, p->bars.bottom - height, nr, nr == 1 ? "" : "s", devices,
		    devices == 1 ? "" : "s", x - BAR / 2.0, p->bars.bottom - height, BAR, height,
		    BAR);
		if (x - labelled >= LABEL) {
			html(p->out, "<text class=\"tick m\" x=\"%.1f\" y=\"%.1f\">%zu</text>", x,
			    p->bars.bottom - height - 4, nr);
			labelled = x;
		}
		fputs("</g>", p->out);
	}
	fputs("</g>\n", p->out);
}

static void draw(const struct panels *p)
{
	svg_open(p->out, p->width == CHART_WIDE ? "wide" : "narrow", p->right, p->bars.bottom + 42,
	    "what a walk costs against the size of a group, and the sizes of real groups");
	draw_axes(p);
	draw_limit(p);
	draw_curves(p);
	draw_bars(p);
	svg_close(p->out);
}

void chart_claim(FILE *out, const struct report_machine *machine, const json_t *claim)
{
	struct claim_curve curve;
	size_t groups = 0;

	if (claim_curve_read(&curve, claim)) {
		if (json_object_get(claim, "curve"))
			fputs("<p class=\"failed\">The claim's curve is not as claims.json should "
			      "have it, and is not drawn.</p>\n",
			    out);
		return;
	}
	for (size_t i = 0; i < curve.nr_real; i++)
		groups += curve.real[i].groups;
	html(out,
	    "<figure><figcaption><b>A remove that walks over one that counts, and how large groups "
	    "are</b><span class=\"cond\">measured on %s; below it the %zu groups of %zu real "
	    "machines (heights as square roots)</span></figcaption>\n",
	    machine->cpus, groups, curve.nr_machines);
	for (enum chart_width w = 0; w < NR_CHART_WIDTHS; w++) {
		struct panels panels = panels_of(out, &curve, w);

		draw(&panels);
	}
	fputs("</figure>\n", out);
}
