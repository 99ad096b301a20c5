/* SPDX-License-Identifier: MIT */
#include "bench/families/checkers.h"

const char *checker_name(enum checker checker)
{
	static const char *const names[] = {
	    [CHECKER_WALK] = "walk",
	    [CHECKER_AUDIT] = "audit",
	    [CHECKER_WITNESS] = "witness",
	    [CHECKER_RACE] = "race",
	    [CHECKER_HISTORY] = "history",
	    [CHECKER_EXPLORE] = "explore",
	    [CHECKER_C11] = "c11",
	};

	return names[checker];
}

const char *checker_unit(enum checker checker)
{
	static const char *const units[] = {
	    [CHECKER_WALK] = "operations",
	    [CHECKER_AUDIT] = "operations",
	    [CHECKER_WITNESS] = "operations",
	    [CHECKER_RACE] = "trials",
	    [CHECKER_HISTORY] = "operations",
	    [CHECKER_EXPLORE] = "executions",
	    [CHECKER_C11] = "executions",
	};

	return units[checker];
}
