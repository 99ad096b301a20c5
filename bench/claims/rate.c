/* SPDX-License-Identifier: MIT */
#include "bench/claims/rate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>

static const double MILLION = 1e6;

void rate_add(struct rate_runs *runs, uint64_t events, uint64_t trials)
{
	if (!trials || runs->nr == RATE_RUNS)
		return;
	runs->share[runs->nr++] = (double)events / (double)trials;
	runs->events += events;
	runs->trials += trials;
}

/* Returns Student's t interval of the mean rate. The runs are assumed to be independent, but not
 * the trials within a run. */
static struct interval over_runs(const struct rate_runs *runs)
{
	const double nr = (double)runs->nr, mean = gsl_stats_mean(runs->share, 1, runs->nr);
	const double error = gsl_stats_sd_m(runs->share, 1, runs->nr, mean) / sqrt(nr);
	const double t = gsl_cdf_tdist_Pinv(0.975, nr - 1);

	return interval_between(mean - t * error, mean + t * error);
}

/* Returns the 95% interval of a Poisson distribution's mean, given `n` observed events. Up to 1000
 * events it is exact (Garwood, 1936, by chi-square). Above, the normal approximation is close
 * enough, and GSL's inverse may not converge. */
static struct interval poisson_interval(double n)
{
	if (n > 1000)
		return interval_between(n - 1.96 * sqrt(n), n + 1.96 * sqrt(n));
	return (struct interval){
	    .low = n > 0 ? gsl_cdf_chisq_Pinv(0.025, 2 * n) / 2 : 0,
	    .high = gsl_cdf_chisq_Pinv(0.975, 2 * n + 2) / 2,
	};
}

/* Returns the interval under the assumption that trials are independent. It is computed from the
 * rarer of the event and its absence, for which the Poisson approximation holds. */
static struct interval over_trials(const struct rate_runs *runs)
{
	const double trials = (double)runs->trials, events = (double)runs->events;
	struct interval seldom = poisson_interval(fmin(events, trials - events));

	seldom.low /= trials;
	seldom.high /= trials;
	if (2 * events <= trials)
		return seldom;
	return interval_between(1 - seldom.high, 1 - seldom.low);
}

struct rate rate_of(const struct rate_runs *runs)
{
	struct rate rate = {NAN, no_interval};
	struct interval apart, alone;

	if (runs->nr)
		rate.mean = MILLION * gsl_stats_mean(runs->share, 1, runs->nr);
	if (runs->nr < 2)
		return rate;
	apart = over_runs(runs);
	alone = over_trials(runs);
	rate.around.low = MILLION * fmax(fmin(apart.low, alone.low), 0);
	rate.around.high = MILLION * fmin(fmax(apart.high, alone.high), 1);
	return rate;
}

struct rate_text rate_text(const struct rate_runs *runs)
{
	const struct rate rate = rate_of(runs);
	struct rate_text text;

	if (!runs->nr)
		snprintf(text.s, sizeof(text.s), "no trial completed");
	else if (runs->nr < 2)
		snprintf(text.s, sizeof(text.s), "%.0f per million in one run, of unknown error",
		    rate.mean);
	else if (!runs->events)
		snprintf(text.s, sizeof(text.s),
		    "at most %.3g per million (95%%, exact if trials are independent)",
		    rate.around.high);
	else
		snprintf(text.s, sizeof(text.s),
		    "%.0f per million, the mean of %zu runs (95%%: %.0f to %.0f)", rate.mean,
		    runs->nr, rate.around.low, rate.around.high);
	return text;
}
