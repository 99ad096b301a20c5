/* SPDX-License-Identifier: MIT */
#include "harness/measure/race_count.h"

#include <stddef.h>

struct race_count race_sum(const struct race_count *counts)
{
	struct race_count sum = {0};

	for (size_t i = 0; i < RACES_MAX; i++) {
		const struct race_count *c = &counts[i];

		sum.trials += c->trials;
		sum.conflicts += c->conflicts;
		sum.lost += c->lost;
		sum.spurious += c->spurious;
		sum.leaks += c->leaks;
		if (c->first > 0 && (sum.first == 0 || c->first < sum.first))
			sum.first = c->first;
	}
	return sum;
}
