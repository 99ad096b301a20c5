// SPDX-License-Identifier: MIT
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

#include "harness/kernel/violation.h"

enum { LINES = 8, LINE_SIZE = 160 };

static DEFINE_SPINLOCK(lock);
static char lines[LINES][LINE_SIZE];
static atomic64_t count; /* written under the lock, read without it */

void violations_clear(void)
{
	atomic64_set(&count, 0);
}

void violation(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	spin_lock(&lock);
	if (atomic64_read(&count) < LINES)
		vscnprintf(lines[atomic64_read(&count)], LINE_SIZE, format, args);
	atomic64_inc(&count);
	spin_unlock(&lock);
	va_end(args);
}

void violation_not_held(const char *lock_name, const char *function)
{
	violation("%s() was called without holding %s", function, lock_name);
}

u64 violations_count(void)
{
	return atomic64_read(&count);
}

void violations_show(struct seq_file *out)
{
	u64 shown = min_t(u64, violations_count(), LINES);

	seq_puts(out, "[");
	for (u64 i = 0; i < shown; i++)
		seq_printf(out, "%s\"%s\"", i ? ", " : "", lines[i]);
	seq_puts(out, "]");
}
