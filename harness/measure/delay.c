/* SPDX-License-Identifier: MIT */
#include "harness/measure/delay.h"

#include "harness/measure/clock.h"

enum { CALIBRATION_TURNS = 100000, CALIBRATION_TRIES = 200 };

double delay_calibrate(void)
{
	uint64_t best = UINT64_MAX;

	/* The shortest try is the one with the fewest interruptions. */
	for (int i = 0; i < CALIBRATION_TRIES; i++) {
		uint64_t start = clock_ns();
		uint64_t took;

		delay_turns(CALIBRATION_TURNS);
		took = clock_ns() - start;
		if (took && took < best)
			best = took;
	}
	return (double)CALIBRATION_TURNS / (double)best;
}
