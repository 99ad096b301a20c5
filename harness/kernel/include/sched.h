/* SPDX-License-Identifier: MIT */
#include <linux/smp.h>

/* A hint: the thread may move at once. */
#define sched_getcpu() raw_smp_processor_id()
