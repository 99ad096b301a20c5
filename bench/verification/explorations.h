/* SPDX-License-Identifier: MIT */
/* The explorer's part of a verification: scenarios, and then generated programs. All explorations
 * run side by side on all CPUs. */
#ifndef BENCH_VERIFICATION_EXPLORATIONS_H
#define BENCH_VERIFICATION_EXPLORATIONS_H

#include "bench/verification/verify.h"

/*
 * Both explore one implementation for limits->seconds and add what they find to its verdict.
 * verify_runs() must come first. Both return 0, or -1 with the error of the first exploration that
 * failed.
 */
int explore_scenarios(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);
int explore_generated(const struct instance *instance, const struct verify_limits *limits,
    struct verdict *verdict, struct error *err);

/*
 * Explores again, from the start, what explore_scenarios() has not exhausted, of all these
 * implementations together: one that has much left gets much of the time. Numbers of executions are
 * added to those of the first time. If an exploration fails, its verdict's `failed` is set. Returns
 * 0, or -1 with an error if nothing can be explored.
 */
int explore_unexhausted(struct verdict *const *verdicts, unsigned int nr,
    const struct verify_limits *limits, struct error *err);

/* Return the number of scenarios that were explored, and that were exhausted. */
unsigned int explorations_done(const struct explored_model *model);
unsigned int explorations_exhausted(const struct explored_model *model);

/* Copies what the explorations found. Returns false if the implementations are explored separately,
 * and copies nothing then. Implementations that differ only in their library are explored once. */
bool explorations_copy(struct verdict *to, const struct verdict *from);

#endif
