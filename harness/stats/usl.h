/* SPDX-License-Identifier: MIT */
/*
 * The Universal Scalability Law (Gunther 2007), fitted to throughput against threads:
 *
 *	X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))
 *
 * sigma is contention: the fraction of the work that is serialized. kappa is coherence: the cost
 * that each thread causes for each other thread. The law does not model threads that wait for a
 * CPU, so callers must not pass measurements with more threads than CPUs.
 */
#ifndef HARNESS_STATS_USL_H
#define HARNESS_STATS_USL_H

#include <stddef.h>

#include "harness/error.h"
#include "harness/stats/interval.h"

/* Smallest number of different thread counts: three coefficients fit any three points exactly. */
enum { USL_LEAST_COUNTS = 4 };

/* The repetitions measured with one number of threads. */
struct usl_sample {
	double threads;
	const double *rates; /* items per second of each repetition, borrowed */
	size_t nr;
};

struct usl_curve {
	double lambda; /* throughput of one thread, items per second */
	double sigma;
	double kappa;
};

struct usl {
	struct usl_curve curve;
	/* 95% bootstrap intervals; NAN if any number of threads has only one repetition. */
	struct interval lambda;
	struct interval sigma;
	struct interval kappa;
	struct interval peak;
	double worst;                /* largest relative error at a measured point: 0.1 is 10% */
	double least;                /* smallest measured number of threads */
	double most;                 /* largest measured number of threads */
	struct usl_curve *resampled; /* the curves fitted to resampled repetitions */
	size_t nr_resampled;
};

/*
 * Fits the law to the medians of `nr` samples with different numbers of threads, minimizing the
 * relative error. sigma and kappa are never negative. The intervals reflect only the noise of the
 * repetitions; `worst` shows how well the law describes the machine. Returns 0, and the caller
 * frees `usl`; or -1 with an error such as "3 thread counts, at least 4 are needed".
 */
int usl_fit(struct usl *usl, const struct usl_sample *samples, size_t nr, struct error *err);
void usl_free(struct usl *usl);

/* Returns the curve's throughput in items per second. */
double usl_throughput(const struct usl_curve *curve, double threads);

/* Returns the 95% band of usl_throughput() over the bootstrap curves; NAN if there are no such
 * curves. */
struct interval usl_band(const struct usl *usl, double threads);

/* Returns the number of threads beyond which throughput falls: 1 if a second thread already lowers
 * it, INFINITY if it never falls. */
double usl_peak(const struct usl_curve *curve);

#endif
