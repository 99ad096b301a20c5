/* SPDX-License-Identifier: MIT */
#include "bench/run_json.h"

#include "bench/counts.h"
#include "bench/latencies.h"
#include "harness/measure/family.h"
#include "harness/results/json_file.h"

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

/* NULL where the window was not cut. */
static json_t *slices_json(const struct slices *s)
{
	if (!s->length_seconds)
		return NULL;
	return json_pack("{s:f, s:i, s:i, s:{s:i, s:i}, s:b, s:f, s:b}", "length_seconds",
	    s->length_seconds, "total", (int)s->total, "set_aside", (int)s->set_aside, "reasons",
	    "preempted", (int)s->preempted, "late", (int)s->late, "all_disturbed",
	    (int)s->all_disturbed, "warmup_seconds", s->warmup_seconds, "steady", (int)s->steady);
}

json_t *run_json(
    const struct plan_run *run, unsigned int repetition, const struct run_result *result)
{
	json_t *threads = json_array();

	for (unsigned int i = 0; i < run->spec.pins->nr_threads; i++)
		json_array_append_new(threads, thread_json(run, i, &result->threads[i]));
	return json_pack("{s:s, s:i, s:s*, s:s*, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:s*, "
			 "s:o, s:o*, s:o*, s:o*, s:o*}",
	    "run", run->name, "repetition", (int)repetition, "failure",
	    result->failure[0] ? result->failure : NULL, "query_unexplained",
	    result->query[0] ? result->query : NULL, "pairs_per_second",
	    number_or_null(result->per_second), "start_skew_seconds",
	    number_or_null(result->start_skew), "overlap", number_or_null(result->overlap),
	    "fairness", number_or_null(result->fairness), "slowest_of_fastest",
	    number_or_null(result->slowest_of_fastest), "time_to_last_bind_seconds",
	    number_or_null(result->bind_median), "time_to_last_bind_p90_seconds",
	    number_or_null(result->bind_p90), "rounds", (json_int_t)result->rounds, "memory_nodes",
	    result->memory_nodes[0] ? result->memory_nodes : NULL, "threads", threads, "races",
	    races_json(run, result), "counters",
	    counts_json(run->spec.counters, result, run->spec.pins->nr_threads), "latency",
	    latencies_json(&result->latency), "slices", slices_json(&result->slices));
}
