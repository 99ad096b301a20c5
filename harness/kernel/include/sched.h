/* SPDX-License-Identifier: MIT */
#include <linux/smp.h>

/* The result is only a hint, since the thread may migrate at any time. */
#define sched_getcpu() raw_smp_processor_id()
