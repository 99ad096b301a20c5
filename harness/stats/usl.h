/* SPDX-License-Identifier: MIT */
/*
 * The Universal Scalability Law (Gunther 2007), fitted to throughput against threads:
 *
 *   X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))
 *
 * sigma, contention: what has to be done one after the other. kappa, coherence: what each thread
 * has to do for each other one. Threads beyond the CPUs wait for a CPU, which is not in the law:
 * the caller leaves them out.
 */
#ifndef HARNESS_STATS_USL_H
#define HARNESS_STATS_USL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/stats/interval.h"

/* Three coefficients go through any three points. */
enum { USL_LEAST_COUNTS = 4 };

/* What was measured with one number of threads. */
struct usl_sample {
	double threads;
	const double *rates; /* items per second of each repetition, borrowed */
	size_t nr;
};

struct usl_curve {
	double lambda; /* items per second of one thread */
	double sigma;
	double kappa;
};

struct usl {
	struct usl_curve curve;
	struct interval lambda; /* 95%, by bootstrap; NAN where a count has one repetition only */
	struct interval sigma;
	struct interval kappa;
	struct interval peak;
	double worst; /* how far the point that fits worst is off: 0.1 is 10% */
	double least; /* threads measured */
	double most;
	struct usl_curve *resampled; /* the curves of the bootstrap */
	size_t nr_resampled;
};

/*
 * Fits the medians of `nr` samples of different numbers of threads, by relative error. sigma and
 * kappa are 0 at least: they are squares of what the solver varies. The intervals are of the
 * repetitions' noise; how well the law describes the machine is what `worst` says. 0, to be freed;
 * or -1 with an error as "3 thread counts, at least 4 are needed".
 */
int usl_fit(struct usl *usl, const struct usl_sample *samples, size_t nr, struct error *err);
void usl_free(struct usl *usl);

/* Items per second with this many threads. */
double usl_throughput(const struct usl_curve *curve, double threads);

/* The same, with 95% of the bootstrap's curves; NAN without one. */
struct interval usl_band(const struct usl *usl, double threads);

/* Threads from which on more make it slower: 1 where any second one does, INFINITY where none. */
double usl_peak(const struct usl_curve *curve);

#endif
