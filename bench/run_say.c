/* SPDX-License-Identifier: MIT */
#include "bench/run_say.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/topologies.h"
#include "harness/measure/events.h"
#include "harness/results/starved.h"
#include "harness/results/stolen.h"

void run_show_plan(
    const struct plan *plan, const struct plan_request *request, uint64_t repetitions)
{
	const double seconds =
	    (double)plan->nr_runs * (double)repetitions * (request->warmup + request->duration);

	for (size_t i = 0; i < plan->nr_runs; i++)
		puts(plan->runs[i].name);
	printf(
	    "\n%zu runs, %" PRIu64 " repetitions each: %.0f:%02.0f minutes of warm-up and windows; "
	    "setting up comes to it\n"
	    "They are interleaved in an order that Google Benchmark draws anew each time and takes "
	    "no seed for:\nruns.jsonl keeps it. As listed, the repetitions of each run in a row, "
	    "they go with\n--benchmark_enable_random_interleaving=false. What threads do is drawn "
	    "from --seed=%" PRIu64 ", whatever the order.\n",
	    plan->nr_runs, repetitions, floor(seconds / 60), floor(fmod(seconds, 60)),
	    request->seed);
}

void run_say_points_left_out(const struct plan *plan)
{
	if (plan->nr_left_out)
		fprintf(stderr,
		    "ownbench run: %zu points left out: more threads than devices, and each thread "
		    "needs one of its own\n",
		    plan->nr_left_out);
	if (plan->nr_alone)
		fprintf(stderr,
		    "ownbench run: %zu points of one thread left out: with --claim-every it is the "
		    "user, and nobody probes\n",
		    plan->nr_alone);
}

void run_say_lines_skipped(const struct plan *plan)
{
	for (size_t i = 0; i < plan->nr_topologies; i++)
		listing_say_skipped(plan->topologies[i], "run");
}

void run_say_one_node(const struct plan *plan, const struct plan_request *request)
{
	char text[MEMORY_TEXT_MAX];

	if (!plan->memory || memory_nr_nodes(plan->memory) > 1)
		return;
	memory_text(&request->memory, text);
	fprintf(stderr,
	    "ownbench run: --memory=%s: there is one NUMA node, and all memory is on it anyway\n",
	    text);
}

void run_say_left_out(struct counter_list *counters)
{
	char *text = events_keep_countable(counters);

	if (text)
		fprintf(stderr, "ownbench run: events: %s\n", text);
	free(text);
}

void run_say_stolen(const struct steal *steal)
{
	double percent = steal_percent(steal);

	if (stolen_matters(percent))
		fprintf(stderr,
		    "ownbench run: the hypervisor took %.1f%% of the CPUs' time during the runs "
		    "(steal): figures are too low, and spread; take a quieter host, or the bare "
		    "machine\n",
		    percent);
}

void run_say_starved(const struct sweep *sweep, unsigned int cpus)
{
	struct starved starved;
	char text[128];

	if (!starved_find(sweep, cpus, &starved) || !starved.matters)
		return;
	starved_describe(&starved, text, sizeof(text));
	fprintf(stderr,
	    "ownbench run: %s; neither rates nor ratios stand: end what else runs, and measure "
	    "again\n",
	    text);
}
