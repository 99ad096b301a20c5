// SPDX-License-Identifier: MIT
#include "harness/kernel/violation.h"

#include <linux/kernel.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

enum { LINES = 8, LINE_SIZE = 160 };

static DEFINE_SPINLOCK(lock);
static char lines[LINES][LINE_SIZE];
static u64 count;

void violations_clear(void)
{
	spin_lock(&lock);
	count = 0;
	spin_unlock(&lock);
}

void violation(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	spin_lock(&lock);
	if (count < LINES)
		vscnprintf(lines[count], LINE_SIZE, format, args);
	count++;
	spin_unlock(&lock);
	va_end(args);
}

void violation_not_held(const char *lock_name, const char *function)
{
	violation("%s() was called without %s held", function, lock_name);
}

u64 violations_count(void)
{
	u64 n;

	spin_lock(&lock);
	n = count;
	spin_unlock(&lock);
	return n;
}

void violations_show(struct seq_file *out)
{
	u64 shown = min_t(u64, violations_count(), LINES);

	seq_puts(out, "[");
	for (u64 i = 0; i < shown; i++)
		seq_printf(out, "%s\"%s\"", i ? ", " : "", lines[i]);
	seq_puts(out, "]");
}
