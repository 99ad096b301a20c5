/* SPDX-License-Identifier: MIT */
#include "harness/check/timeline.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/*
 * Time is drawn by rank: the moments of the window at even distances, because an operation lasts
 * nanoseconds and the pauses between them may last milliseconds. Only the last moments are drawn:
 * programs that show pictures end at 32767 pixels.
 */
enum { MARGIN = 90, ROW = 44, BAR = 26, STEP = 92, TOP = 58 };
enum { MOMENTS_MAX = 1024, MOMENTS_DRAWN = 340, THREADS_MAX = 512 };

struct drawing {
	uint64_t moments[MOMENTS_MAX];
	size_t nr_moments;
	uint16_t threads[THREADS_MAX];
	size_t nr_threads;
	size_t left_out; /* operations that had returned before the first moment */
};

static void add_moment(struct drawing *d, uint64_t moment)
{
	size_t i = d->nr_moments;

	for (size_t j = 0; j < d->nr_moments; j++) {
		if (d->moments[j] == moment)
			return;
	}
	if (i == MOMENTS_MAX)
		return;
	for (; i > 0 && d->moments[i - 1] > moment; i--)
		d->moments[i] = d->moments[i - 1];
	d->moments[i] = moment;
	d->nr_moments++;
}

static void add_thread(struct drawing *d, uint16_t thread)
{
	size_t i = d->nr_threads;

	for (size_t j = 0; j < d->nr_threads; j++) {
		if (d->threads[j] == thread)
			return;
	}
	if (i == THREADS_MAX)
		return;
	for (; i > 0 && d->threads[i - 1] > thread; i--)
		d->threads[i] = d->threads[i - 1];
	d->threads[i] = thread;
	d->nr_threads++;
}

static void collect_moments(
    struct drawing *d, const struct history *history, const struct history_verdict *v)
{
	for (size_t i = 0; i < v->nr_window; i++) {
		const struct history_op *op = &history->ops[v->window[i]];

		add_moment(d, op->call);
		if (op->ret != HISTORY_PENDING)
			add_moment(d, op->ret);
	}
	if (d->nr_moments > MOMENTS_DRAWN) {
		memmove(d->moments, d->moments + d->nr_moments - MOMENTS_DRAWN,
		    MOMENTS_DRAWN * sizeof(*d->moments));
		d->nr_moments = MOMENTS_DRAWN;
	}
}

static bool is_drawn(const struct drawing *d, const struct history_op *op)
{
	return op->ret >= d->moments[0];
}

static void collect_threads(
    struct drawing *d, const struct history *history, const struct history_verdict *v)
{
	for (size_t i = 0; i < v->nr_window; i++) {
		const struct history_op *op = &history->ops[v->window[i]];

		if (is_drawn(d, op))
			add_thread(d, op->thread);
		else
			d->left_out++;
	}
}

/* One that has not returned reaches beyond the right edge. */
static size_t x_of(const struct drawing *d, uint64_t moment)
{
	size_t rank = 0;

	while (rank < d->nr_moments && d->moments[rank] < moment)
		rank++;
	return MARGIN + STEP * rank;
}

static size_t y_of(const struct drawing *d, uint16_t thread)
{
	size_t row = 0;

	while (row + 1 < d->nr_threads && d->threads[row] != thread)
		row++;
	return TOP + ROW * row;
}

static void draw_op(FILE *out, const struct drawing *d, const struct history_op *op, bool culprit)
{
	const bool pending = op->ret == HISTORY_PENDING;
	const size_t x = x_of(d, op->call), end = x_of(d, op->ret);
	const size_t y = y_of(d, op->thread);
	const size_t width = end > x + 4 ? end - x : 4;
	const char *colour = culprit ? "#d62728" : op->result < 0 ? "#bbbbbb" : "#9ecae1";

	fprintf(out,
	    "<rect x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%d\" rx=\"3\" fill=\"%s\" "
	    "stroke=\"#444\"/>\n",
	    x, y, width, BAR, colour);
	fprintf(out, "<text x=\"%zu\" y=\"%zu\" font-size=\"11\" fill=\"%s\">%s", x + 4, y + 12,
	    culprit ? "#fff" : "#000", history_kind_name(op->kind));
	if (op->owner)
		fprintf(out, " by %" PRIu32, op->owner);
	fprintf(out, "</text>\n<text x=\"%zu\" y=\"%zu\" font-size=\"11\" fill=\"%s\">%s</text>\n",
	    x + 4, y + 23, culprit ? "#fff" : "#000",
	    pending ? "pending" : history_result(op).text);
}

static void draw_legend(
    FILE *out, const struct drawing *d, const struct history_verdict *v, size_t bottom)
{
	fprintf(out,
	    "<text x=\"10\" y=\"%zu\" font-size=\"11\" fill=\"#666\">nanoseconds from the first "
	    "moment, at even distances; granted blue, refused grey, unexplained red</text>\n"
	    "<text x=\"10\" y=\"%zu\" font-size=\"11\" fill=\"#666\">%s",
	    bottom + 16, bottom + 32, history_window_says(v->start));
	if (d->left_out)
		fprintf(out, "; its first %zu operations are not drawn", d->left_out);
	fputs("</text>\n", out);
}

static void draw_frame(FILE *out, const struct drawing *d, const struct history_verdict *v)
{
	const size_t bottom = TOP + ROW * d->nr_threads;

	fprintf(out, "<text x=\"10\" y=\"20\" font-size=\"14\">%s %" PRIu32 ": %s</text>\n",
	    v->object, v->group, v->reason);
	for (size_t i = 0; i < d->nr_threads; i++)
		fprintf(out, "<text x=\"10\" y=\"%zu\" font-size=\"12\">thread %u</text>\n",
		    TOP + ROW * i + 17, d->threads[i]);
	for (size_t i = 0; i < d->nr_moments; i++)
		fprintf(out,
		    "<line x1=\"%zu\" y1=\"%d\" x2=\"%zu\" y2=\"%zu\" stroke=\"#ddd\"/>\n"
		    "<text x=\"%zu\" y=\"%d\" font-size=\"10\" fill=\"#666\" "
		    "text-anchor=\"middle\">%" PRIu64 "</text>\n",
		    MARGIN + STEP * i, TOP - 10, MARGIN + STEP * i, bottom, MARGIN + STEP * i,
		    TOP - 14, d->moments[i] - d->moments[0]);
	draw_legend(out, d, v, bottom);
}

int timeline_draw(FILE *out, const struct history *history, const struct history_verdict *verdict)
{
	struct drawing d = {0};
	size_t width, height;

	collect_moments(&d, history, verdict);
	collect_threads(&d, history, verdict);
	width = MARGIN + STEP * (d.nr_moments + 1);
	width = width > 760 ? width : 760;
	height = TOP + ROW * d.nr_threads + 46;
	fprintf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%zu\" "
	    "font-family=\"sans-serif\">\n<rect width=\"100%%\" height=\"100%%\" "
	    "fill=\"#fff\"/>\n",
	    width, height);
	draw_frame(out, &d, verdict);
	for (size_t i = 0; i < verdict->nr_window; i++) {
		const size_t index = verdict->window[i];

		if (is_drawn(&d, &history->ops[index]))
			draw_op(out, &d, &history->ops[index], index == verdict->culprit);
	}
	fputs("</svg>\n", out);
	return ferror(out) ? -1 : 0;
}
