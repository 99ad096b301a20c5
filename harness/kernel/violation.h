/* SPDX-License-Identifier: MIT */
/* What a run found wrong with its design, as lines of text: the first few, and how many in all. */
#ifndef HARNESS_KERNEL_VIOLATION_H
#define HARNESS_KERNEL_VIOLATION_H

#include <linux/compiler_attributes.h>
#include <linux/types.h>

struct seq_file;

/* Before the run's first thread starts. */
void violations_clear(void);

/* From any thread, at any time, locks held or not. */
__printf(1, 2) void violation(const char *format, ...);

void violation_not_held(const char *lock, const char *function);

u64 violations_count(void);

/* The lines as an array of JSON. */
void violations_show(struct seq_file *out);

#endif
