/* SPDX-License-Identifier: MIT */
/* Finds the functions and source lines of samples in the module. perf cannot do so itself, because
 * it looks for modules only in /lib/modules. */
#ifndef BENCH_KERNEL_MODULE_LINES_H
#define BENCH_KERNEL_MODULE_LINES_H

#include "harness/error.h"
#include "harness/profile/perf_script.h"

/* Input and output files of a profile in the kernel. */
struct module_samples {
	const char *module; /* ownbench.ko, with debug information */
	/* Address and size of its code when it was sampled. The size may be too large. */
	unsigned long long code, size;
	const char *script; /* output of `perf script`, see harness/kernel/do_runs */
	const char *top;    /* directory of the sources */
	const char *log;    /* file for messages of addr2line */
};

/* Calls `each` for every sample, like perf_script_read(). Each frame in the module is replaced by
 * its functions, including inlined ones. Returns 0, or -1 with the error set. */
int module_samples_read(const struct module_samples *samples,
    void (*each)(void *arg, const struct perf_sample *sample), void *arg, struct error *err);

#endif
