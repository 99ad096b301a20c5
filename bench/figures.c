/* SPDX-License-Identifier: MIT */
#include "bench/figures.h"

#include <math.h>

#include "bench/counts.h"
#include "bench/latencies.h"

static void set(json_t *counters, const char *name, double value)
{
	if (isfinite(value)) /* the others are no JSON */
		json_object_set_new(counters, name, json_real(value));
}

static json_t *counters_json(
    const struct plan_run *run, const struct run_result *result, double per_second, double at)
{
	const struct tally *t = &result->counted;
	const double seconds = result->seconds > 0 ? result->seconds : INFINITY;
	json_t *counters = json_object();

	set(counters, "items_per_second", per_second);
	set(counters, "refused_per_second", (double)t->refused / seconds);
	set(counters, "claims_per_second", (double)t->claims / seconds);
	set(counters, "claims_refused_per_second", (double)t->claims_refused / seconds);
	set(counters, "queries_per_second", (double)t->queries / seconds);
	set(counters, "plugs_per_second", (double)t->plugs / seconds);
	if (run->workload->family == &family_lifetime) {
		set(counters, "unbinds_per_second", (double)t->unbinds / seconds);
		set(counters, "held_bytes", result->held);
		set(counters, "held_bytes_max", result->held_max);
	}
	if (run->workload->family == &family_configure) {
		set(counters, "double_set_ups_per_million",
		    1e6 * (double)result->doubles / (double)result->touches);
		set(counters, "reports_per_million",
		    1e6 * (double)result->reports / (double)result->touches);
	}
	set(counters, "fairness", result->fairness);
	set(counters, "slowest_of_fastest", result->slowest_of_fastest);
	set(counters, "overlap", result->overlap);
	set(counters, "start_skew_us", result->start_skew * 1e6);
	set(counters, "at_seconds", at);
	set(counters, "setup_seconds", result->setup);
	if (result->model_bytes)
		set(counters, "bytes_per_group",
		    (double)result->model_bytes / (double)run->spec.topology->nr_groups);
	if (run->spec.loop == LOOP_RACE)
		set(counters, "spurious", (double)race_sum(result->races).spurious);
	if (run->spec.loop == LOOP_BIND) {
		set(counters, "time_to_last_bind_us", result->bind_median * 1e6);
		set(counters, "time_to_last_bind_p90_us", result->bind_p90 * 1e6);
	}
	latencies_report(counters, &result->latency);
	counts_report(counters, run->spec.counters, result, run->spec.pins->nr_threads);
	return counters;
}

json_t *figures_json(const struct plan_run *run, const struct run_result *result,
    const struct steal *steal, double at)
{
	json_t *counters;
	const bool probes = run->workload->user_holds;
	const double per_second = probes ? result->attempts_per_second : result->per_second;

	counters = counters_json(run, result, per_second, at);
	set(counters, "steal_percent", steal_percent(steal));
	return json_pack("{s:f, s:f, s:s, s:o}", "time",
	    per_second > 0 ? 1 / per_second : run->spec.duration, "cpu_time",
	    per_second > 0 ? result->cpu_per_second / per_second : 0, "label", run->workload->unit,
	    "counters", counters);
}

static double number(const json_t *figures, const char *key)
{
	return json_number_value(json_object_get(figures, key));
}

void figures_report(struct gbench_state *state, const json_t *figures)
{
	const char *label = json_string_value(json_object_get(figures, "label"));
	const char *name;
	json_t *value;

	gbench_set_time(state, number(figures, "time"), number(figures, "cpu_time"));
	gbench_set_label(state, label ? label : "");
	json_object_foreach (json_object_get(figures, "counters"), name, value)
		gbench_set_counter(state, name, json_number_value(value));
}
