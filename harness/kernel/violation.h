/* SPDX-License-Identifier: MIT */
/* The violations of a run. All of them are counted; the first few are also kept as text. */
#ifndef HARNESS_KERNEL_VIOLATION_H
#define HARNESS_KERNEL_VIOLATION_H

#include <linux/compiler_attributes.h>
#include <linux/types.h>

struct seq_file;

/* Discards all violations. Called before the first thread of a run starts. */
void violations_clear(void);

/* Records a violation. Any thread may call this, with or without locks held. */
__printf(1, 2) void violation(const char *format, ...);

/* Records that `function` was called without `lock` held. */
void violation_not_held(const char *lock, const char *function);

/* Returns the number of violations so far in this run. */
u64 violations_count(void);

/* Prints the recorded violations as a JSON array of strings. */
void violations_show(struct seq_file *out);

#endif
