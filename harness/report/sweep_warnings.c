/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "harness/files/json_file.h"
#include "harness/report/cpu_share.h"
#include "harness/report/drift.h"
#include "harness/report/measure.h"
#include "harness/report/parts.h"

/* More moves figures by more than other noise does. */
static const double STEAL_MAX = 1;

static double steal_percent_of(const struct sweep *sweep)
{
	double sum = 0;
	size_t nr = 0;

	for (size_t i = 0; i < sweep->nr_runs; i++) {
		for (size_t r = 0; r < sweep->runs[i].nr_rounds; r++) {
			const json_t *metrics =
			    json_object_get(sweep->runs[i].rounds[r].record, "metrics");
			const double percent = member_number(metrics, "steal_percent");

			if (!isnan(percent)) {
				sum += percent;
				nr++;
			}
		}
	}
	return nr ? sum / (double)nr : NAN;
}

json_t *steal_json(const struct sweep *sweep)
{
	return measure_of_constant(steal_percent_of(sweep), number_percent);
}

json_t *set_aside_json(const struct sweep_run *runs, size_t nr)
{
	double total = 0, set_aside = 0;

	for (size_t i = 0; i < nr; i++) {
		for (size_t r = 0; r < runs[i].nr_rounds; r++) {
			const json_t *slices = json_object_get(runs[i].rounds[r].record, "slices");

			set_aside += json_number_value(json_object_get(slices, "set_aside"));
			total += json_number_value(json_object_get(slices, "total"));
		}
	}
	return measure_of_constant(total > 0 ? 100 * set_aside / total : NAN, number_percent);
}

static void add_warning(json_t *warnings, json_t *what, const char *remedy)
{
	json_array_append_new(warnings, json_pack("{s:o, s:s}", "what", what, "remedy", remedy));
}

static void warn_of_drift(json_t *warnings, const struct sweep *sweep)
{
	const struct drift drift = drift_of(sweep);

	if (drift.drifted)
		add_warning(warnings,
		    json_sprintf("the machine drifted: %s", drift_words(&drift).s),
		    "ratios stand, as they are taken within rounds; absolute figures do not: "
		    "measure again when it is at rest");
}

static void warn_of_steal(json_t *warnings, const struct sweep *sweep)
{
	const double percent = steal_percent_of(sweep);

	if (percent > STEAL_MAX)
		add_warning(warnings,
		    json_sprintf(
			"the hypervisor took %.1f%% of the CPUs' time during the runs", percent),
		    "figures are too low, and spread: take a quieter host, or the bare machine");
}

static void warn_of_others(json_t *warnings, const struct sweep *sweep, unsigned int cpus)
{
	const struct cpu_share share = cpu_share_of(sweep, cpus);

	if (share.matters)
		add_warning(warnings,
		    json_sprintf("the machine was in use: %s", cpu_share_words(&share).s),
		    "neither rates nor ratios stand: end what else runs, and measure again");
}

json_t *sweep_warnings(const struct sweep *sweep, unsigned int cpus)
{
	json_t *warnings = json_array();

	warn_of_drift(warnings, sweep);
	warn_of_steal(warnings, sweep);
	warn_of_others(warnings, sweep, cpus);
	return warnings;
}
