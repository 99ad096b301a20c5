/* SPDX-License-Identifier: MIT */
#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bench/sweep/plan.h"

int plan_filter(struct plan *plan, const char *filter, struct error *err)
{
	bool negative = filter[0] == '-';
	size_t kept = 0;
	regex_t regex;

	if (regcomp(&regex, filter + negative, REG_EXTENDED | REG_NOSUB))
		return error_set(err,
		    "--benchmark_filter=%s: must be a POSIX extended regular expression", filter);
	for (size_t i = 0; i < plan->nr_runs; i++) {
		bool matches = regexec(&regex, plan->runs[i].name, 0, NULL, 0) == 0;

		if (!strcmp(filter, "all") || matches != negative) {
			struct plan_run run = plan->runs[i];

			plan->runs[i] = plan->runs[kept];
			plan->runs[kept++] = run;
		}
	}
	regfree(&regex);
	for (size_t i = kept; i < plan->nr_runs; i++)
		plan_run_free(&plan->runs[i]);
	plan->nr_runs = kept;
	return kept ? 0 : error_set(err, "--benchmark_filter=%s: matches no run", filter);
}
