/* SPDX-License-Identifier: MIT */
/* The kernel in which the module runs: its release, its files, and whether it runs in a virtual
 * machine or on the host. */
#ifndef BENCH_KERNEL_PLACE_H
#define BENCH_KERNEL_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "harness/error.h"

/* Settings of perf for a run on the host. */
struct kernel_perf {
	const char *dir; /* for perf's files; NULL: perf is not used */
	const char *event;
	unsigned int frequency; /* samples per second on each CPU */
};

struct kernel_place {
	char release[128];
	char module[PATH_MAX];
	char image[PATH_MAX]; /* path of the image; "" until kernel_place_image() sets it */
	bool host;            /* run in the running kernel instead of a virtual machine */
	unsigned int cpus;    /* number of CPUs of the virtual machine */
	struct kernel_perf perf;
	bool kvm; /* run the virtual machine with KVM; otherwise it is emulated */
};

/* Builds the module for a kernel, unless it is up to date, and sets place->release and
 * place->module. If `release` is NULL, the kernel is the running one if `running` is true, and
 * otherwise chosen by harness/kernel/release. Returns 0, or -1 with the error set. */
int kernel_place_build(
    struct kernel_place *place, const char *release, bool running, struct error *err);

/* Writes a description such as "kernel 6.1.0-57-cloud-amd64 emulated by QEMU" into `text`. */
void kernel_place_describe(const struct kernel_place *place, char *text, size_t size);

/* Finds or downloads the bootable image of the kernel. Returns 0, or -1 with the error set. */
int kernel_place_image(struct kernel_place *place, struct error *err);

/* Runs a script of harness/kernel with `arguments`, which end with NULL. Prints the script's output
 * on stderr, except for the last line, which is stored in `out` unless that is NULL. Returns 0. If
 * the script fails, returns -1 with the last line as the error. */
int kernel_script(
    const char *name, const char *const *arguments, char *out, size_t size, struct error *err);

#endif
