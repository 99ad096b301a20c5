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
	bool host;            /* the running kernel; else a virtual machine, */
	unsigned int cpus;    /* its CPUs, */
	bool kvm;             /* and whether the hardware runs it; else it is emulated */
};

/*
 * Builds the module for a kernel, or finds it built. `release`: NULL for the running kernel, if
 * `running`, else for Debian's cloud kernel whose headers are installed. 0, or -1 with the error
 * set.
 */
int kernel_place_build(
    struct kernel_place *place, const char *release, bool running, struct error *err);

/* Whether the module can be loaded into the running kernel. 0, or -1 with an error that says why
 * not. */
int kernel_place_check_host(struct error *err);

/* "kernel 6.1.0-57-cloud-amd64 emulated by QEMU" */
void kernel_place_describe(const struct kernel_place *place, char *text, size_t size);

/* Finds an image of that kernel to boot. 0, or -1 with the error set. */
int kernel_place_image(struct kernel_place *place, struct error *err);

/*
 * Runs a script of harness/kernel, its arguments ending with NULL. The last line that it prints
 * goes to `out` (may be NULL), or is the error if it fails. 0, or -1 with the error set.
 */
int kernel_script(
    const char *name, const char *const *arguments, char *out, size_t size, struct error *err);

#endif
