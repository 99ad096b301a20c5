/* SPDX-License-Identifier: MIT */
/* The litmus test of claim C6, on the machine at hand: two removers, each of which clears its
 * pointer with WRITE_ONCE() and looks, under the mutex of both, whether the other's is clear. */
#ifndef BENCH_CLAIMS_LITMUS_H
#define BENCH_CLAIMS_LITMUS_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/error.h"

struct litmus_count {
	uint64_t trials;
	uint64_t missed; /* both found the other's pointer set */
};

/* For about `seconds`; `store_first`: the store comes before the lock, else after the unlock. 0, or
 * -1: no thread could be started. */
int litmus_two_removers(
    bool store_first, double seconds, struct litmus_count *count, struct error *err);

#endif
