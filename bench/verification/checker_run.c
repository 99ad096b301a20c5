/* SPDX-License-Identifier: MIT */
#include "bench/verification/checker_run.h"

#include <stdio.h>
#include <string.h>

#include "harness/measure/clock.h"

double checker_seconds(const struct checker_run *check)
{
	return clock_seconds_since(check->start_ns);
}

bool checker_is_over(const struct checker_run *check)
{
	const bool is_wanted =
	    !check->limits->checkers || check->limits->checkers & 1u << check->checker;

	return !is_wanted || check->finding->hung[0] ||
	       (check->limits->first && check->finding->caught > 0);
}

void checker_note_hang(const struct checker_run *check, const char *hung)
{
	if (hung[0])
		memcpy(check->finding->hung, hung, sizeof(check->finding->hung));
}

void checker_note_fault(
    const struct checker_run *check, enum impl_class found, double after, const char *text)
{
	struct finding *finding = check->finding;

	if (finding->caught == 0 && found >= check->limits->caught)
		finding->caught = after;
	if (found <= finding->found)
		return;
	finding->found = found;
	snprintf(finding->text, sizeof(finding->text), "%s", text);
}
