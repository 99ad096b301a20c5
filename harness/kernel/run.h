/* SPDX-License-Identifier: MIT */
/* One run: a design under a workload. */
#ifndef HARNESS_KERNEL_RUN_H
#define HARNESS_KERNEL_RUN_H

#include "harness/kernel/design.h"

/*
 * parse.c. Reads "design=mutex_count workload=share threads=2 ..." and fills in the defaults. The
 * text is changed. 0, or -EINVAL after a line in the log that says what would be right.
 */
int run_parse(char *text, struct run_spec *spec);

/*
 * Runs it to its end, and keeps what came of it for run_show(). 0 if it ran, whatever it found; or
 * a negative errno, -EINTR if the caller was killed meanwhile. One at a time: serialized by the
 * caller.
 */
int run_start(const struct run_spec *spec);

/* The design's name, file and class, as members of a JSON object. */
void run_show_design(struct seq_file *out, const struct design *design);

/* The last run as one line of JSON. Nothing if there was none. */
void run_show(struct seq_file *out);

#endif
