/* SPDX-License-Identifier: MIT */
/* A run executes one design under one workload. */
#ifndef HARNESS_KERNEL_RUN_H
#define HARNESS_KERNEL_RUN_H

#include "harness/kernel/design.h"

/*
 * Parses "design=mutex_count workload=share threads=2 ..." and fills in the defaults. Modifies the
 * text. Returns 0, or -EINVAL after logging what is wrong. Defined in parse.c.
 */
int run_parse(char *text, struct run_spec *spec);

/*
 * Executes a run and keeps its result for run_show(). Returns 0 if the run ended, even if it had
 * violations. Otherwise returns a negative errno: -EINTR if the calling process was killed. The
 * caller serializes all calls of run_start() and run_show().
 */
int run_start(const struct run_spec *spec);

/* Prints the design's name, file and class as members of a JSON object, without the braces. */
void run_show_design(struct seq_file *out, const struct design *design);

/* Prints the result of the last run as one line of JSON, or nothing if there is no result. */
void run_show(struct seq_file *out);

#endif
