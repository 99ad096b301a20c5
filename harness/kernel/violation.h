/* SPDX-License-Identifier: MIT */
/* Violations that a run finds in its design: all are counted, and the first few kept as text. */
#ifndef HARNESS_KERNEL_VIOLATION_H
#define HARNESS_KERNEL_VIOLATION_H

#include <linux/compiler_attributes.h>
#include <linux/types.h>

struct seq_file;

/* Forgets all violations. Called before the run's first thread starts. */
void violations_clear(void);

/* Records a violation. May be called from any thread, with or without locks held. */
__printf(1, 2) void violation(const char *format, ...);

/* Records that `function` was called without `lock` held. */
void violation_not_held(const char *lock, const char *function);

/* Returns how many violations the run has so far. */
u64 violations_count(void);

/* Prints the recorded violations as a JSON array of strings. */
void violations_show(struct seq_file *out);

#endif
