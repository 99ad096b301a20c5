/* SPDX-License-Identifier: MIT */
/* Executes runs of the module, in virtual machines (guests) or on the host. */
#ifndef BENCH_KERNEL_GUEST_H
#define BENCH_KERNEL_GUEST_H

#include <jansson.h>
#include <stddef.h>

#include "bench/kernel/place.h"

struct kernel_run {
	char design[64];
	char spec[256];    /* the other parameters, such as "workload=share ms=300" */
	json_t *result;    /* JSON that the module printed; NULL if none */
	char failure[256]; /* why there is no result; "" if there is one, or if the run has not
	                      begun */
};

/* Executes the runs that have neither a result nor a failure. If a run hangs or crashes its guest,
 * sets the run's failure, and executes the remaining runs in another guest. Unless place->host is
 * true, kernel_place_image() must have been called. Clears place->kvm if the guest does not boot
 * with KVM. Returns 0, or -1 with the error set if no guest can run. */
int kernel_guest_run(
    struct kernel_place *place, struct kernel_run *runs, size_t nr, struct error *err);

#endif
