/* SPDX-License-Identifier: MIT */
/* The claims of the debate, each with its experiment. A claim is a file in this folder and an entry
 * in registry.c; claims with a common experiment share a file. A claim's rule (rules.h) derives the
 * verdict from the figures of the run. */
#ifndef BENCH_CLAIMS_CLAIM_H
#define BENCH_CLAIMS_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/claims/rate.h"
#include "bench/claims/rules.h"
#include "harness/error.h"
#include "harness/report/claim_curve.h"

/* The mails that claims come from: author, date and subject. results/DEBATE.md explains what
 * each argues. */
#define DMA_CLEANUP_THREAD "Re: [PATCH v6 02/11] driver core: Add dma_cleanup callback in bus_type"
#define MAIL_MURPHY_2022_02_22 "Robin Murphy, 22 Feb 2022, " DMA_CLEANUP_THREAD
#define MAIL_GUNTHORPE_2022_02_23 "Jason Gunthorpe, 23 Feb 2022, " DMA_CLEANUP_THREAD
#define MAILS_OF_FEB_2022 "the thread of Feb 2022, " DMA_CLEANUP_THREAD
#define MAIL_GUNTHORPE_2021_09_27                                   \
	"Jason Gunthorpe, 27 Sep 2021, Re: [RFC 06/20] iommu: Add " \
	"iommu_device_init[exit]_user_dma interfaces"
#define MAIL_WILLIAMS_2019_11_22                                                       \
	"Dan Williams, 22 Nov 2019, Re: [PATCH 1/5] dmaengine: Store module owner in " \
	"dma_device struct"
#define MAIL_GUNTHORPE_2023_08_18                                                    \
	"Jason Gunthorpe, 18 Aug 2023, iommu: Remove the device_lock_assert() from " \
	"__iommu_probe_device()"

struct claim_options {
	bool quick;     /* fewer repetitions */
	double seconds; /* about how long the experiment may take */
	/* Seconds after which the experiment counts as hung; 0: derived from `seconds`. */
	double timeout;
};

/* The result of an experiment. Fixed in size, because the experiment's process shares it with its
 * parent. */
struct claim_result {
	enum claim_verdict verdict;
	char boundary[192]; /* CLAIM_BOUNDARY: where the claim stops being true; CLAIM_UNDECIDED:
	                       what would decide it */
	char figure[1024];  /* findings as text, joined by "; " */
	char report[8192];  /* output of a checker; "" if there is none */
	double value; /* the figure that the rule is applied to, and its interval; NAN if unknown */
	double low, high;
	char unit[64];
	struct claim_curve curve; /* curve.nr is 0 if the claim has none */
};

struct claim {
	const char *id;      /* e.g. "C1" */
	const char *text;    /* the claim as its author put it */
	const char *where;   /* the mail: author, date and subject */
	const char *rule;    /* how the verdict follows from the figures, in words */
	const char *command; /* command that shows the findings in detail */

	/* Performs the experiment. This is called in a process of its own. Returns 0, or -1 with
	 * the error set if the experiment could not run. */
	int (*run)(
	    const struct claim_options *options, struct claim_result *result, struct error *err);
};

extern const struct claim *const claims[];
extern const size_t nr_claims;

/* Returns the claim with this id, or NULL if no claim has it. */
const struct claim *claim_find(const char *id);

/* Runs the claim's experiment in a child process. Returns 0, or -1 with the error set if it
 * failed, crashed or hung. */
int claim_run(const struct claim *claim, const struct claim_options *options,
    struct claim_result *result, struct error *err);

/* Sets the result's value, low, high and unit. */
void claim_value(
    struct claim_result *result, double value, double low, double high, const char *unit);

/* Returns the number of short runs in which a rate is measured. Their scatter gives its
 * interval. */
size_t claim_runs(const struct claim_options *options);

/* Sets the result's value, low and high to the rate per million trials of these runs, and the
 * result's unit. */
void claim_rate(struct claim_result *result, const struct rate_runs *runs, const char *unit);

/* The last sentences of the rule of every claim about a rate. */
#define CLAIM_RATE_RULE                                                                         \
	"The rate is the mean of 8 short runs (--quick: 4), each in a process of its own; its " \
	"95% interval is Student's t over them. It depends on how busy the machine was."

/* If the verdict is CLAIM_BOUNDARY, sets the boundary to two sizes of groups: sizes[below - 1], the
 * largest that is known to be below the limit (`below` is 0 if none is), and sizes[first], from
 * which on all sizes are above it. */
void claim_boundary_sizes(
    struct claim_result *result, const size_t *sizes, size_t below, size_t first);

/* If the verdict is CLAIM_UNDECIDED, sets what would decide the claim. */
__attribute__((format(printf, 2, 3))) void claim_undecided(
    struct claim_result *result, const char *format, ...);

/* Appends a finding to result->figure, after a "; " if there are others. */
__attribute__((format(printf, 2, 3))) void claim_figure(
    struct claim_result *result, const char *format, ...);

#endif
