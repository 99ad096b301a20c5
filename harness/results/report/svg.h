/* SPDX-License-Identifier: MIT */
/* What every drawing of the page is made of. Lengths are in CSS pixels. */
#ifndef HARNESS_RESULTS_REPORT_SVG_H
#define HARNESS_RESULTS_REPORT_SVG_H

#include <stddef.h>
#include <stdio.h>

/* Where values lie along an axis; `from` may be larger than `to`. Logarithmic. */
struct scale {
	double min, max;
	double from, to;
};

struct box {
	double left, top, right, bottom;
};

/* Limits widened to 1, 2 or 5 times a power of ten; the values must be positive. */
struct scale scale_round(double min, double max, double from, double to);

/* Limits with some room on both sides. */
struct scale scale_tight(double min, double max, double from, double to);

double scale_at(const struct scale *scale, double value);

enum { TICKS_MAX = 64 };

struct ticks {
	double at[TICKS_MAX];
	size_t nr;
};

/*
 * 1, 2 or 5 times a power of ten where labels of that length along the axis have room, else powers
 * of ten, or every second one, and so on.
 */
struct ticks scale_ticks(const struct scale *scale, double label);

/* A tick's label along a horizontal and a vertical axis. */
enum { TICK_LENGTH = 50, TICK_HEIGHT = 24 };

/* `label` is read aloud instead of the picture. */
void svg_open(FILE *out, const char *class, double width, double height, const char *label);
void svg_close(FILE *out);

void svg_line(FILE *out, const char *class, double x1, double y1, double x2, double y2);

/* `class` has the anchor: l, m or r. */
void svg_text(FILE *out, const char *class, double x, double y, const char *text);

/* The shapes that svg_mark() uses, to be written once per page. */
void svg_define_marks(FILE *out);

/* One of the shapes, by number, around. */
void svg_mark(FILE *out, size_t shape, double x, double y);

enum { NR_MARKS = 7 };

/* Marks that say which percentile of a latency they are. */
enum percentile_mark { MARK_P50 = NR_MARKS, MARK_P90, MARK_P99, MARK_P999, MARK_MAX };

#endif
