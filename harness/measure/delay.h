/* SPDX-License-Identifier: MIT */
/* Calibrated delays for hold and gap times, so that the measured loop need not read a clock. */
#ifndef HARNESS_MEASURE_DELAY_H
#define HARNESS_MEASURE_DELAY_H

#include <stdint.h>

static inline void delay_turns(uint64_t turns)
{
	for (; turns; turns--)
		__asm__ volatile("" : "+r"(turns));
}

/* Returns how many turns of delay_turns() take one nanosecond on this machine. Runs for some ten
 * milliseconds. */
double delay_calibrate(void);

#endif
