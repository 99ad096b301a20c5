/* SPDX-License-Identifier: MIT */
/* Calibrated delays: hold and gap times without reading a clock in the measured loop. */
#ifndef HARNESS_MEASURE_DELAY_H
#define HARNESS_MEASURE_DELAY_H

#include <stdint.h>

static inline void delay_turns(uint64_t turns)
{
	for (; turns; turns--)
		__asm__ volatile("" : "+r"(turns));
}

/* Turns of delay_turns() in a nanosecond on this machine; takes some ten milliseconds. */
double delay_calibrate(void);

#endif
