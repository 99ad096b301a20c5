/* SPDX-License-Identifier: MIT */
#include "bench/sweep/record.h"

#include <math.h>

#include "bench/families/families.h"
#include "bench/sweep/event_counts.h"
#include "bench/sweep/latency_record.h"

static json_t *tally_json(const struct tally *t)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "pairs",
	    (json_int_t)t->pairs, "refused", (json_int_t)t->refused, "failed",
	    (json_int_t)t->failed, "claims", (json_int_t)t->claims, "claims_refused",
	    (json_int_t)t->claims_refused, "queries", (json_int_t)t->queries, "owned",
	    (json_int_t)t->owned, "plugs", (json_int_t)t->plugs, "unpaired",
	    (json_int_t)t->unpaired, "uses", (json_int_t)t->uses, "unbinds",
	    (json_int_t)t->unbinds);
}

static json_t *thread_json(
    const struct plan_run *run, unsigned int thread, const struct run_thread *t)
{
	return json_pack("{s:i, s:I, s:I, s:I, s:o, s:I, s:o, s:o*}", "cpu",
	    run->spec.pins->cpus[thread], "start_ns", (json_int_t)t->start_ns, "end_ns",
	    (json_int_t)t->end_ns, "cpu_ns", (json_int_t)t->cpu_ns, "tally", tally_json(&t->tally),
	    "counted_ns", (json_int_t)t->counted.ns, "counted_tally", tally_json(&t->counted.tally),
	    "counts", counts_thread_json(run->spec.counters, t));
}

static json_t *race_json(const char *name, const struct race_count *c)
{
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "race", name, "trials",
	    (json_int_t)c->trials, "conflicts", (json_int_t)c->conflicts, "lost",
	    (json_int_t)c->lost, "spurious", (json_int_t)c->spurious, "leaks",
	    (json_int_t)c->leaks);
}

static json_t *races_json(const struct plan_run *run, const struct run_result *result)
{
	const struct family *family = run->spec.instance->family;
	const char *name;
	json_t *list;

	if (run->spec.loop != LOOP_RACE)
		return NULL;
	list = json_array();
	for (size_t i = 0; (name = family->race_name(i)); i++)
		json_array_append_new(list, race_json(name, &result->races[i]));
	return list;
}

/* Returns a new reference, or NULL if the window was not divided into slices. */
static json_t *slices_json(const struct slices *s)
{
	if (!s->length_seconds)
		return NULL;
	return json_pack("{s:f, s:i, s:i, s:{s:i, s:i}, s:b, s:f, s:b}", "length_seconds",
	    s->length_seconds, "total", (int)s->total, "set_aside", (int)s->excluded, "reasons",
	    "preempted", (int)s->preempted, "late", (int)s->late, "all_disturbed",
	    (int)s->all_disturbed, "warmup_seconds", s->warmup_seconds, "steady", (int)s->steady);
}

static void set_metric(json_t *metrics, const char *name, double value)
{
	if (isfinite(value)) /* JSON has no NaN or infinity */
		json_object_set_new(metrics, name, json_real(value));
}

static void set_loop_metrics(
    json_t *metrics, const struct plan_run *run, const struct run_result *result)
{
	if (run->spec.loop == LOOP_RACE)
		set_metric(metrics, "spurious", (double)race_sum(result->races).spurious);
	if (run->spec.loop == LOOP_BIND) {
		set_metric(metrics, "storm_rounds", (double)result->rounds);
		set_metric(metrics, "time_to_last_bind_us", result->bind_median * 1e6);
		set_metric(metrics, "time_to_last_bind_p90_us", result->bind_p90 * 1e6);
	}
}

static json_t *metrics_json(
    const struct plan_run *run, const struct steal *steal, const struct run_result *result)
{
	const struct tally *t = &result->counted;
	const double seconds = result->seconds > 0 ? result->seconds : INFINITY;
	const unsigned int threads = run->spec.pins->nr_threads;
	const struct bench_family *family = family_of(run->spec.instance);
	json_t *metrics = json_object();

	set_metric(metrics, "items_per_second",
	    run->workload->user_holds ? result->attempts_per_second : result->per_second);
	set_metric(metrics, "window_seconds", result->seconds);
	if (result->cpu_per_second > 0) /* the storm workload measures no CPU time */
		set_metric(metrics, "cpu_percent", 100 * result->cpu_per_second / threads);
	set_metric(metrics, "refused_per_second", (double)t->refused / seconds);
	set_metric(metrics, "claims_per_second", (double)t->claims / seconds);
	set_metric(metrics, "claims_refused_per_second", (double)t->claims_refused / seconds);
	set_metric(metrics, "queries_per_second", (double)t->queries / seconds);
	set_metric(metrics, "plugs_per_second", (double)t->plugs / seconds);
	if (family->add_metrics)
		family->add_metrics(metrics, result, seconds);
	set_metric(metrics, "fairness", result->fairness);
	set_metric(metrics, "slowest_of_fastest", result->slowest_of_fastest);
	set_metric(metrics, "overlap", result->overlap);
	set_metric(metrics, "start_skew_us", result->start_skew * 1e6);
	set_metric(metrics, "setup_seconds", result->setup);
	if (result->model_bytes)
		set_metric(metrics, "bytes_per_group",
		    (double)result->model_bytes / (double)run->spec.topology->nr_groups);
	set_loop_metrics(metrics, run, result);
	latencies_report(metrics, &result->latency);
	counts_report(metrics, run->spec.counters, result, threads);
	set_metric(metrics, "steal_percent", steal_percent(steal));
	return metrics;
}

static json_t *threads_json(const struct plan_run *run, const struct run_result *result)
{
	json_t *threads = json_array();

	for (unsigned int i = 0; i < run->spec.pins->nr_threads; i++)
		json_array_append_new(threads, thread_json(run, i, &result->threads[i]));
	return threads;
}

json_t *record_make(
    const struct plan_run *run, const struct record_place *place, const struct run_result *result)
{
	const unsigned int threads = run->spec.pins->nr_threads;

	return json_pack(
	    "{s:o, s:i, s:i, s:i, s:f, s:s*, s:s, s:o, s:s*, s:s*, s:o, s:o*, s:o*, s:o*, "
	    "s:o*, s:{s:f, s:f}}",
	    "run", run_id_json(&run->id), "round", (int)place->round, "order", (int)place->order,
	    "designs", (int)place->designs, "at_seconds", place->at_seconds, "failure",
	    result->failure[0] ? result->failure : NULL, "unit", run->workload->unit, "metrics",
	    metrics_json(run, &place->steal, result), "query_unexplained",
	    result->query[0] ? result->query : NULL, "memory_nodes",
	    result->memory_nodes[0] ? result->memory_nodes : NULL, "threads",
	    threads_json(run, result), "races", races_json(run, result), "counters",
	    counts_json(run->spec.counters, result, threads), "latency",
	    latencies_json(&result->latency), "slices", slices_json(&result->slices), "steal",
	    "stolen", place->steal.stolen, "all", place->steal.all);
}
