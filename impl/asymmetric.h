/* SPDX-License-Identifier: MIT */
/*
 * An asymmetric pair of fences over membarrier(2), Linux 4.14. The light fence costs nothing. The
 * heavy fence costs a system call, and an interrupt on each CPU that runs a thread of this process.
 */
#ifndef MEMBARRIER_H
#define MEMBARRIER_H

#include <errno.h>
#include <linux/membarrier.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "atomics.h"

/* Must be called before other threads exist: a later registration would wait for a grace period.
 * Returns 0 or a negative errno. */
static inline int membarrier_setup(void)
{
	return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) ? -errno
	                                                                                : 0;
}

static inline void membarrier_light(void)
{
	atomic_signal_fence(memory_order_seq_cst);
}

static inline void membarrier_heavy(void)
{
	if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
		abort(); /* membarrier() cannot fail once the process is registered */
}

#endif
