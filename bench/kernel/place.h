/* SPDX-License-Identifier: MIT */
/* Where the module runs: which kernel, its files, and the accelerator of the virtual machine. */
#ifndef BENCH_KERNEL_PLACE_H
#define BENCH_KERNEL_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"

struct kernel_place {
	char release[128];
	char module[PATH_MAX];
	char image[PATH_MAX]; /* "" until kernel_place_image() */
	unsigned int cpus;    /* of the virtual machine */
	bool kvm;             /* else emulated */
};

/*
 * Builds the module for a kernel, or finds it built. `release`: NULL for the running kernel, if
 * `running`, else for Debian's cloud kernel whose headers are installed. 0, or -1 with the error
 * set.
 */
int kernel_place_build(
    struct kernel_place *place, const char *release, bool running, struct error *err);

/* Finds an image of that kernel to boot. 0, or -1 with the error set. */
int kernel_place_image(struct kernel_place *place, struct error *err);

/*
 * Runs a script of harness/kernel, its arguments ending with NULL. The last line that it prints
 * goes to `out` (may be NULL), or is the error if it fails. 0, or -1 with the error set.
 */
int kernel_script(
    const char *name, const char *const *arguments, char *out, size_t size, struct error *err);

#endif
