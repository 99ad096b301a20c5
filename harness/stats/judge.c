/* SPDX-License-Identifier: MIT */
#include "harness/stats/judge.h"

#include <math.h>
#include <stdio.h>

static bool is_equal(struct interval interval, double matters)
{
	return interval.low >= 1 / (1 + matters) && interval.high <= 1 + matters;
}

/* Returns the largest difference within the interval: 0.65 for an interval from -65% to +18%. */
static double largest_difference(struct interval interval)
{
	return interval.low * interval.high < 1 ? 1 - interval.low : interval.high - 1;
}

/* Returns the distance of the value from the farther end of the interval, on a log scale. */
static double half_width(double value, struct interval interval)
{
	return fmax(log(interval.high / value), log(value / interval.low));
}

/* Returns the half-width, on a log scale, with which an interval resolves a difference of
 * `matters`. If the ratio lies between 1 and 1 + matters, the interval must be narrow enough to
 * exclude one of them. */
static double wanted_half_width(const struct round_ratio *ratio, double width, double matters)
{
	const double off = fabs(log(ratio->value));
	const double to_tell = off * width / half_width(ratio->value, ratio->simultaneous);
	const double to_rule_out = log1p(matters) - off;

	return fmin(log1p(matters), fmax(to_tell, to_rule_out));
}

/* Returns an estimate of the additional rounds needed, at least 1; or 0 if there is no estimate.
 * The half-width of an interval is inversely proportional to the square root of the number of
 * rounds. */
static size_t more_rounds(const struct round_ratio *ratio, double matters)
{
	const double width = half_width(ratio->value, ratio->interval);
	const double wanted = wanted_half_width(ratio, width, matters);
	const double rounds = (double)ratio->rounds * pow(width / wanted, 2);

	if (!(isfinite(rounds) && rounds < 1e9))
		return 0;
	return (size_t)fmax(1, ceil(rounds) - (double)ratio->rounds);
}

/* Returns how many more rounds are needed before there is a simultaneous interval. For two sweeps,
 * where all pairs of repetitions are compared, this is an upper bound. */
static size_t missing_rounds(const struct round_ratio *ratio)
{
	const size_t least = median_interval_samples(simultaneous_level(ratio->comparisons));

	return least > ratio->rounds ? least - ratio->rounds : 1;
}

struct judgement judge_ratio(const struct round_ratio *ratio, double matters)
{
	struct judgement judgement = {.difference = DIFFERENCE_UNRESOLVED, .matters = matters};

	if (ratio->simultaneous.low > 1) {
		judgement.difference = DIFFERENCE_MORE;
	} else if (ratio->simultaneous.high < 1) {
		judgement.difference = DIFFERENCE_LESS;
	} else if (is_equal(ratio->interval, matters)) {
		judgement.difference = DIFFERENCE_EQUAL;
	} else if (!interval_is_known(ratio->simultaneous)) {
		judgement.difference = DIFFERENCE_TOO_FEW;
		judgement.more_rounds = missing_rounds(ratio);
	} else {
		judgement.resolves = fmax(matters, largest_difference(ratio->interval));
		judgement.more_rounds = more_rounds(ratio, matters);
	}
	return judgement;
}

/* A percentage as text: "65%", "5%" or "7.3%". */
struct percent {
	char s[24];
};

static struct percent percent_text(double share)
{
	struct percent text;

	snprintf(text.s, sizeof(text.s), share < 0.0995 ? "%.2g%%" : "%.0f%%", 100 * share);
	return text;
}

/* Rounds up to two significant digits, because an estimate is no more precise than that. */
static size_t two_digits(size_t nr)
{
	size_t unit = 1;

	while (nr / unit >= 100)
		unit *= 10;
	return (nr + unit - 1) / unit * unit;
}

static void unresolved_text(struct judgement_text *text, const struct judgement *judgement)
{
	if (!isfinite(judgement->resolves) || !judgement->more_rounds)
		snprintf(text->s, sizeof(text->s), "cannot tell: no difference is resolved here");
	else
		snprintf(text->s, sizeof(text->s),
		    "cannot tell: differences below %s are not resolved here; about %zu more %s "
		    "would resolve %s",
		    percent_text(judgement->resolves).s, two_digits(judgement->more_rounds),
		    judgement->more_rounds == 1 ? "round" : "rounds",
		    percent_text(judgement->matters).s);
}

struct judgement_text judgement_text(
    const struct judgement *judgement, const char *more, const char *less)
{
	struct judgement_text text;

	switch (judgement->difference) {
	case DIFFERENCE_MORE:
		snprintf(text.s, sizeof(text.s), "%s", more);
		break;
	case DIFFERENCE_LESS:
		snprintf(text.s, sizeof(text.s), "%s", less);
		break;
	case DIFFERENCE_EQUAL:
		snprintf(text.s, sizeof(text.s), "no difference");
		break;
	case DIFFERENCE_UNRESOLVED:
		unresolved_text(&text, judgement);
		break;
	case DIFFERENCE_TOO_FEW:
		snprintf(text.s, sizeof(text.s), "too few rounds to tell: %zu more are needed",
		    judgement->more_rounds);
		break;
	}
	return text;
}
