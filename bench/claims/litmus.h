/* SPDX-License-Identifier: MIT */
/* The litmus test of claim C6, run on this machine. Each of two removers clears its pointer with
 * WRITE_ONCE(), takes the mutex that they share, and reads the other's pointer. */
#ifndef BENCH_CLAIMS_LITMUS_H
#define BENCH_CLAIMS_LITMUS_H

#include <stdbool.h>
#include <stdint.h>

#include "harness/error.h"

struct litmus_count {
	uint64_t trials;
	uint64_t missed; /* trials in which each remover found the other's pointer set */
};

/* Repeats trials for about `seconds`. The store comes before the lock if `store_first` is true,
 * otherwise after the unlock. Returns 0, or -1 with the error set if no thread could be started. */
int litmus_two_removers(
    bool store_first, double seconds, struct litmus_count *count, struct error *err);

#endif
