/* SPDX-License-Identifier: MIT */
/*
 * The claims of the debate, each with its experiment. A claim is a file of this folder, or two that
 * one experiment settles are, and an entry in registry.c. Its verdict is what its rule makes of the
 * figures of this run (rules.h).
 */
#ifndef BENCH_CLAIMS_CLAIM_H
#define BENCH_CLAIMS_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bench/claims/rate.h"
#include "bench/claims/rules.h"
#include "harness/error.h"
#include "harness/report/claim_curve.h"

/* The mails: author, date and subject. results/DEBATE.md says what each of them argues. */
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
	double seconds; /* that the experiment may take, about */
	double timeout; /* seconds after which it counts as hung; 0: some times `seconds` */
};

/* Fixed in size: it lives in memory that the experiment's process shares with its parent. */
struct claim_result {
	enum claim_verdict verdict;
	char
	    boundary[192]; /* CLAIM_BOUNDARY: where it turns; CLAIM_UNDECIDED: what it would take */
	char figure[1024]; /* what was found, for people */
	char report[8192]; /* what a checker printed; "": none did */
	double value;      /* the figure that the rule looks at, and its interval; NAN: none */
	double low, high;
	char unit[64];
	struct claim_curve curve; /* of a claim that has one */
};

struct claim {
	const char *id;      /* "C1" */
	const char *text;    /* as it was said */
	const char *where;   /* the mail: author, date and subject */
	const char *rule;    /* how the verdict follows from the figures */
	const char *command; /* that shows the detail */

	/* Runs in a process of its own. 0, or -1: it could not be run, and why. */
	int (*run)(
	    const struct claim_options *options, struct claim_result *result, struct error *err);
};

extern const struct claim *const claims[];
extern const size_t nr_claims;

/* NULL: none of that id. */
const struct claim *claim_find(const char *id);

/* Runs its experiment, which may crash or hang: then that is the error. */
int claim_run(const struct claim *claim, const struct claim_options *options,
    struct claim_result *result, struct error *err);

/* Sets value, low, high and unit. */
void claim_value(
    struct claim_result *result, double value, double low, double high, const char *unit);

/* The short runs that a rate is measured in, in place of a long one. */
size_t claim_runs(const struct claim_options *options);

/* Sets value, low, high and unit: the rate per million trials of those runs. */
void claim_rate(struct claim_result *result, const struct rate_runs *runs, const char *unit);

/* What the rule of a claim with a rate says of it. */
#define CLAIM_RATE_RULE                                                                    \
	"The rate is a mean of 8 short runs (--quick: 4), each a process of its own; its " \
	"95% interval is Student's t over them. It depends on how busy the machine was."

/* Where a boundary is the verdict: between which sizes of groups it turns. Of
 * sizes[below - 1] it is surely below (0: of none), and from sizes[first] on all are above. */
void claim_boundary_sizes(
    struct claim_result *result, const size_t *sizes, size_t below, size_t first);

/* Where that is the verdict: what it would take to come to another. */
__attribute__((format(printf, 2, 3))) void claim_undecided(
    struct claim_result *result, const char *format, ...);

/* Adds to the figure, behind "; " where there is something. */
__attribute__((format(printf, 2, 3))) void claim_figure(
    struct claim_result *result, const char *format, ...);

#endif
