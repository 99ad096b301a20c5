/* SPDX-License-Identifier: MIT */
/* Runs of the module, in virtual machines or on the host. */
#ifndef BENCH_KERNEL_GUEST_H
#define BENCH_KERNEL_GUEST_H

#include <jansson.h>
#include <stddef.h>

#include "bench/kernel/place.h"

struct kernel_run {
	char design[64];
	char spec[256];    /* what else the module is given: "workload=share ms=300" */
	json_t *result;    /* what it printed; NULL: nothing */
	char failure[256]; /* why there is no result; "": it was not run yet */
};

/*
 * Does the runs that have neither a result nor a failure. A run that hangs or brings its guest down
 * is given a failure, and another guest does the rest. `place` has its image; kvm is cleared if no
 * guest boots with it. 0, or -1 with the error set if no guest can run.
 */
int kernel_guest_run(
    struct kernel_place *place, struct kernel_run *runs, size_t nr, struct error *err);

#endif
