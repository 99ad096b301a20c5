/* SPDX-License-Identifier: MIT */
/* The parts of the HTML page, each behind a marker of plots/report/report.html. */
#ifndef HARNESS_RESULTS_REPORT_PART_H
#define HARNESS_RESULTS_REPORT_PART_H

#include "harness/results/report/rank.h"
#include "harness/results/report/report.h"

typedef void part_fn(FILE *out, const struct report *report);

part_fn part_title;   /* the title element's text */
part_fn part_head;    /* what was run, and where */
part_fn part_toolbar; /* machine, class, name, theme */
part_fn part_nav;
part_fn part_answer;      /* fastest, right, claims, in the first screen */
part_fn part_side_claims; /* what several machines say of them */
part_fn part_claims;
part_fn part_impls;       /* one article for each implementation */
part_fn part_environment; /* with warnings */
part_fn part_reproduce;
part_fn part_marks;
part_fn part_foot;

/* -- of one family -- */

part_fn part_family_nav;
part_fn part_family_answer;
part_fn part_side;       /* several machines beside each other */
part_fn part_winners;    /* the fastest under each condition */
part_fn part_storms;     /* on several real machines' groups, where there are such */
part_fn part_throughput; /* pictures */
part_fn part_latency;
part_fn part_runs;     /* every figure */
part_fn part_meanings; /* of its classes */
part_fn part_classes;  /* with the evidence */

/* -- pieces -- */

/* The id of an implementation's article: "impl-mutex_count". */
void part_impl_id(FILE *out, const struct report *report, const char *impl);

/* Its name as a link to that. */
void part_impl_link(FILE *out, const struct report *report, const char *impl);

/* A class or a verdict, with a sign beside its colour. */
void part_badge(FILE *out, const char *kind, const char *text);

/* "--family=lifetime ", as the commands have it; nothing of ownership, which is the default. */
void part_family_option(FILE *out, const struct report_machine *machine);

/* The id of a claim's article: "claim-C3". */
void part_claim_id(FILE *out, const char *claim);

/* The machine's name where there are several; nothing else. */
void part_machine_name(
    FILE *out, const struct report *report, const struct report_machine *machine);

#endif
