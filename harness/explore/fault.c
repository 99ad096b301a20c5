/* SPDX-License-Identifier: MIT */
#include "harness/explore/fault.h"

const char *fault_name(enum fault fault)
{
	static const char *const names[MAX_FAULTS] = {"query", "refusal", "leak", "data-race",
	    "unpaired", "lock-order", "not-held", "lost", "conflict", "result", "deadlock",
	    "unordered", "granted", "late", "two-states", "incomplete", "use-after-free"};

	return fault ? names[__builtin_ctz(fault)] : "none";
}
