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
	};

	return units[checker];
}
