/* SPDX-License-Identifier: MIT */
#include "bench/sweep/plan.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/families/registry.h"
#include "bench/report/topologies.h"
#include "bench/sweep/plan_resources.h"
#include "harness/measure/delay.h"
#include "harness/memory.h"

enum { DEFAULT_DEVICES = 8 };

/* The number of threads, and the size and number of groups. `devices` is 0 if a topology determines
 * the groups. */
struct point {
	unsigned int threads;
	unsigned int devices;
	unsigned int groups;
	const char *listing; /* file of the topology; NULL: the requested or the default topology */
	const struct workload_mix
	    *mix; /* NULL: the requested or the workload's default claims and devices */
};

/* One-shot races always have two threads, and create their own groups or devices. */
static const struct point races_point = {RACE_THREADS, RACE_THREADS, RACE_GROUPS, NULL, NULL};

struct plan_request plan_request_default(void)
{
	return (struct plan_request){
	    .path = -1,
	    .claims = NAN,
	    .plugs = NAN,
	    .readers = NAN,
	    .fail_pinctrl = NAN,
	    .fail_configure = NAN,
	    .fail_driver = NAN,
	    .zipf = NAN,
	    .seed = 1,
	};
}

static const struct bench_family *wanted_family(const struct plan_request *request)
{
	return request->family ? request->family : families[0];
}

/* Adds to the id the parameters that affect a run's speed and differ from their defaults. */
static void set_parameters(
    struct run_id *id, const struct plan_run *run, const struct plan_request *request)
{
	run_id_set_unless(id, "hold_ns", (double)request->hold_ns, 0);
	run_id_set_unless(id, "gap_ns", (double)request->gap_ns, 0);
	run_id_set_unless(id, "latency", (double)run->spec.latency_every, 0);
	if (wanted_family(request)->identify)
		wanted_family(request)->identify(id, run, request);
	if (request->check == CHECK_WITNESS)
		json_object_set_new(id->parameters, "check", json_string("witness"));
	if (request->check == CHECK_HISTORY)
		json_object_set_new(id->parameters, "check", json_string("history"));
}

static struct run_id run_id_of(const struct plan_run *run, const struct plan_request *request)
{
	const struct topology *topology = run->spec.topology;
	struct run_id id = {
	    .family = copy_text(run->workload->family->name),
	    .workload = copy_text(run->workload->name),
	    .implementation = copy_text(run->spec.instance->name),
	    .threads = run->spec.pins->nr_threads,
	    .devices = (unsigned int)topology->largest,
	    .groups = (unsigned int)topology->nr_groups,
	    .parameters = json_object(),
	};

	if (strcmp(topology->name, "uniform") != 0)
		id.topology = copy_text(topology->name);
	if (wanted_family(request)->has_paths)
		id.path = copy_text(run->spec.path == BUS_PATH_OPS ? "ops" : "probe");
	set_parameters(&id, run, request);
	return id;
}

/* Returns whether the run's instance has the loop for it. Yardsticks, for example, lack some
 * loops. */
static bool has_loop(const struct plan_run *run)
{
	const struct run_spec *spec = &run->spec;

	if (spec->loop == LOOP_RACE)
		return spec->instance->races[0];
	return spec->instance->loops[spec->loop][spec->path][spec->check][spec->hold || spec->gap];
}

/* Returns the length of a window in seconds. If the threads alternate between probes and claims, it
 * is rounded up to whole periods, so that both kinds get the same time. */
static double duration_for(const struct workload *workload, const struct plan_request *request)
{
	const double period = 2 * (double)workload->alternate_ns * 1e-9;

	return period > 0 ? period * ceil(request->duration / period) : request->duration;
}

static void add_run(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, const struct workload_mix *mix,
    const struct instance *instance, const struct topology *topology, const struct pin_plan *pins)
{
	struct plan_run *run;

	plan->runs = reallocate(plan->runs, plan->nr_runs + 1, sizeof(*plan->runs));
	run = &plan->runs[plan->nr_runs++];
	*run = (struct plan_run){
	    .workload = workload,
	    .mix = mix,
	    .spec =
		{
		    .instance = instance,
		    .topology = topology,
		    .pins = pins,
		    .memory = plan->memory,
		    .loop = workload->loop,
		    .path = request->path < 0 ? workload->path : (enum bus_path)request->path,
		    .check = request->check,
		    .history = request->history,
		    .history_all = request->history_all,
		    .user_holds = workload->user_holds,
		    .only_race = workload->race,
		    .alternate_ns = workload->alternate_ns,
		    .hold = (uint64_t)((double)request->hold_ns * plan->turns_per_ns),
		    .gap = (uint64_t)((double)request->gap_ns * plan->turns_per_ns),
		    .warmup = request->check == CHECK_HISTORY ? 0 : request->warmup,
		    .duration = duration_for(workload, request),
		    .counters = plan->counters,
		},
	};
	/* Rounds and races have no window in which a single step could be timed. */
	if (workload->loop == LOOP_PAIRS || workload->loop == LOOP_MIXED)
		run->spec.latency_every = request->latency_every;
	if (wanted_family(request)->complete)
		wanted_family(request)->complete(run, request);
	if (!has_loop(run)) {
		free(run->own);
		plan->nr_runs--;
		return;
	}
	run->id = run_id_of(run, request);
	run->name = run_id_name(&run->id);
}

/* Returns whether to measure the implementation. Unless implementations are named, an `exact_only`
 * point is measured only for exact designs and the ceiling. */
static bool is_requested(
    const struct plan_request *request, bool exact_only, const struct instance *instance)
{
	if (request->nr_impls)
		return instance_matches_any(instance, request->impls, request->nr_impls);
	if (exact_only && instance->about->class != CLASS_EXACT && !instance_is_ceiling(instance))
		return false;
	return !instance_is_control(instance) && !instance_is_yardstick(instance) &&
	       !instance_is_variant(instance);
}

static bool has_point(const struct plan *plan, const struct workload *workload,
    const struct workload_mix *mix, const struct topology *topology, unsigned int threads)
{
	for (size_t i = 0; i < plan->nr_runs; i++) {
		const struct plan_run *run = &plan->runs[i];

		if (run->workload == workload && run->mix == mix &&
		    run->spec.topology == topology && run->spec.pins->nr_threads == threads)
			return true;
	}
	return false;
}

/* Adds a run for each selected implementation. */
static int add_point(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, struct point point, struct error *err)
{
	const struct bench_family *family = wanted_family(request);
	const bool exact_only = point.mix || (workload->exact_only && !request->nr_workloads &&
						 request->check == CHECK_AUDIT);
	unsigned int groups = workload->one_group ? 1 : point.groups;
	const struct topology *topology;
	const struct pin_plan *pins;

	if (point.listing)
		topology = plan_listed_topology(plan, point.listing, err);
	else if (point.devices)
		topology = plan_uniform_topology(plan, groups, point.devices, err);
	else
		topology = plan_real_topology(plan, request->topology, err);

	if (!topology)
		return -1;
	if (has_point(plan, workload, point.mix, topology, point.threads))
		return 0;
	if (workload->loop != LOOP_BIND && request->claim_every_ns && point.threads < 2) {
		plan->nr_alone++;
		return 0;
	}
	if (family->fits && !family->fits(workload, topology, point.threads)) {
		plan->nr_left_out++;
		return 0;
	}
	pins = plan_pins(plan, request->pin, point.threads, err);
	if (!pins)
		return -1;
	for (size_t i = 0; family->instances[i]; i++) {
		const struct instance *instance = family->instances[i];

		if (!is_requested(request, exact_only, instance))
			continue;
		if (family->check_size && family->check_size(instance, topology, err))
			return -1;
		add_run(plan, request, workload, point.mix, instance, topology, pins);
	}
	return 0;
}

static unsigned int default_devices(const struct workload *workload, unsigned int threads)
{
	if (workload->devices)
		return workload->devices;
	return threads > DEFAULT_DEVICES ? threads : DEFAULT_DEVICES;
}

/* Adds a point for each listing of a real machine (--topology=all). */
static int add_listings(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, struct error *err)
{
	const unsigned int cpus = pin_nr_cpus();
	const size_t nr_t = request->nr_threads ? request->nr_threads : 1;
	struct topologies all;
	int ret = topologies_load(&all, err);

	if (ret)
		return ret;
	for (size_t i = 0; !ret && i < all.nr * nr_t; i++) {
		struct point point = {
		    .threads = request->nr_threads ? request->threads[i % nr_t] : cpus,
		    .listing = all.paths[i / nr_t],
		};

		ret = add_point(plan, request, workload, point, err);
	}
	topologies_free(&all);
	return ret;
}

/* Adds all combinations of the requested threads, devices and groups. */
static int add_product(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, struct error *err)
{
	const unsigned int cpus = pin_nr_cpus();
	const bool real_groups = request->topology || (workload->topology && !request->nr_devices &&
							  !request->nr_groups);
	const size_t nr_t = request->nr_threads ? request->nr_threads : 1;
	const size_t nr_d = request->nr_devices && !real_groups ? request->nr_devices : 1;
	const size_t nr_g = request->nr_groups && !real_groups ? request->nr_groups : 1;

	for (size_t i = 0; i < nr_t * nr_d * nr_g; i++) {
		unsigned int threads = request->nr_threads ? request->threads[i % nr_t] : cpus;
		struct point point = {
		    .threads = threads,
		    .devices = request->nr_devices ? request->devices[i / nr_t % nr_d]
		                                   : default_devices(workload, threads),
		    .groups =
			request->nr_groups ? request->groups[i / nr_t / nr_d] : workload->groups,
		};

		if (real_groups)
			point.devices = 0;
		if (add_point(plan, request, workload, point, err))
			return -1;
	}
	return 0;
}

static bool mix_is_end(const struct workload_mix *mix)
{
	return !mix->claims && !mix->claim_every_ns && !mix->devices;
}

static int add_mix(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, const struct workload_mix *mix, struct error *err)
{
	const unsigned int cpus = pin_nr_cpus();
	const unsigned int devices = default_devices(workload, 2 * cpus);
	struct plan_request mixed = *request;
	struct point point = {cpus, devices, workload->groups, NULL, mix};

	if (mix->devices && mix->devices <= devices)
		return 0; /* the default group on this machine is at least as large */
	if (mix->devices)
		point.devices = mix->devices;
	if (mix->claims > 0)
		mixed.claims = mix->claims;
	mixed.claim_every_ns = mix->claim_every_ns;
	if (mix->claim_every_ns && cpus == 1)
		point.threads = 2; /* one of them only claims */
	return add_point(plan, &mixed, workload, point, err);
}

/* Adds the workload's mixes, unless claims or a check were requested. A check would not benefit
 * from mixes, and cannot be combined with --claim-every. */
static int add_mixes(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, struct error *err)
{
	const struct workload_mix *mix = workload->mixes;

	if (!isnan(request->claims) || request->claim_every_ns || request->check != CHECK_AUDIT)
		return 0;
	for (; mix && !mix_is_end(mix); mix++) {
		if (add_mix(plan, request, workload, mix, err))
			return -1;
	}
	return 0;
}

/* Adds the default points, each of which answers a question. One thread: what does an uncontended
 * operation cost? Powers of two up to a thread per CPU: how does the design scale? Twice as many
 * threads: what happens if a lock holder is preempted? Mixes: what do rare and frequent claims
 * cost, and claims of large groups? The other workloads have one point each: what do conflicts,
 * failures, hotplug, readers, many groups and booting cost? */
static int add_defaults(struct plan *plan, const struct plan_request *request,
    const struct workload *workload, struct error *err)
{
	const unsigned int cpus = pin_nr_cpus();
	const unsigned int most = 2 * cpus; /* oversubscribed */
	struct point point = {cpus, default_devices(workload, most), workload->groups, NULL, NULL};

	if (workload->topology)
		point.devices = 0;
	if (add_point(plan, request, workload, point, err))
		return -1;
	for (unsigned int threads = 1; workload->scales && threads <= most; threads *= 2) {
		point.threads = threads;
		if (add_point(plan, request, workload, point, err))
			return -1;
	}
	return add_mixes(plan, request, workload, err);
}

static int add_races(struct plan *plan, const struct plan_request *request, struct error *err)
{
	if (request->nr_workloads || request->nr_threads || request->nr_devices ||
	    request->nr_groups || request->topology)
		return error_set(err,
		    "--check=race runs two threads on fresh groups of its own; it cannot be "
		    "combined with --workload, --threads, --devices, --groups or --topology");
	return add_point(plan, request, wanted_family(request)->race, races_point, err);
}

/* Rejects options that only another family accepts. */
static int check_options(
    const struct plan_request *request, const struct bench_family *family, struct error *err)
{
	for (size_t i = 0; i < nr_families; i++) {
		const char *given = NULL;

		if (families[i] != family && families[i]->own_options)
			given = families[i]->own_options(request);
		if (given)
			return error_set(
			    err, "%s need --family=%s", given, families[i]->family->name);
	}
	return 0;
}

/* Checks that the workload, the check and the options fit the requested family. */
static int check_family(
    const struct plan_request *request, const struct workload *workload, struct error *err)
{
	const struct bench_family *family = wanted_family(request);

	if (workload->family != family->family)
		return error_set(err, "--workload=%s belongs to family %s; use --family=%s",
		    workload->name, workload->family->name, workload->family->name);
	if (family->no_witness && request->check == CHECK_WITNESS)
		return error_set(err, "--check=witness cannot be combined with --family=%s: %s",
		    family->family->name, family->no_witness);
	if (request->check == CHECK_HISTORY && workload->loop == LOOP_RACE)
		return error_set(err,
		    "--check=history records a window of time, which %s does not have; use "
		    "--workload=touch",
		    workload->name);
	return check_options(request, family, err);
}

/* Returns whether the workload is measured by default. Races have no window of time, and so cannot
 * be recorded as a history. */
static bool is_default(const struct plan_request *request, const struct workload *workload)
{
	return workload->family == wanted_family(request)->family &&
	       !(request->check == CHECK_HISTORY && workload->loop == LOOP_RACE);
}

/* Returns requested workload number `i`, or workload number `i` of all if none was requested.
 * Returns NULL after the last one. */
static const struct workload *workload_of(const struct plan_request *request, size_t i)
{
	if (!request->nr_workloads)
		return workload_at(i);
	return i < request->nr_workloads ? request->workloads[i] : NULL;
}

static int add_all(struct plan *plan, const struct plan_request *request, struct error *err)
{
	const bool asked =
	    request->nr_threads || request->nr_devices || request->nr_groups || request->topology;
	const struct workload *workload;

	if (request->race)
		return add_races(plan, request, err);
	for (size_t i = 0; (workload = workload_of(request, i)); i++) {
		int ret;

		if (!request->nr_workloads && !is_default(request, workload))
			continue;
		if (check_family(request, workload, err))
			return -1;
		if (workload->loop == LOOP_RACE)
			ret = add_point(plan, request, workload, races_point, err);
		else if (request->topology && !strcmp(request->topology, "all"))
			ret = add_listings(plan, request, workload, err);
		else if (asked)
			ret = add_product(plan, request, workload, err);
		else
			ret = add_defaults(plan, request, workload, err);
		if (ret)
			return -1;
	}
	if (!plan->nr_runs && plan->nr_alone)
		return error_set(err, "nothing to run: with --claim-every one thread is the user "
				      "and does not probe, so --threads must be 2 or more");
	if (!plan->nr_runs)
		return error_set(err,
		    "nothing to run: more threads than devices, and each thread needs its own "
		    "device; use more --devices or fewer --threads");
	return 0;
}

static int open_memory(struct plan *plan, const struct plan_request *request, struct error *err)
{
	if (request->memory.policy == MEMORY_KERNEL)
		return 0;
	plan->memory = memory_open(&request->memory, err);
	return plan->memory ? 0 : -1;
}

int plan_make(struct plan *plan, const struct plan_request *request, struct error *err)
{
	*plan = (struct plan){.turns_per_ns = delay_calibrate(), .counters = &request->counters};
	if (request->topology && (request->nr_devices || request->nr_groups))
		return error_set(err, "--topology gives the groups; it cannot be combined with "
				      "--devices or --groups");
	if (family_check_patterns(wanted_family(request), request->impls, request->nr_impls, err) ||
	    open_memory(plan, request, err) || add_all(plan, request, err)) {
		plan_free(plan);
		return -1;
	}
	return 0;
}

void plan_run_free(struct plan_run *run)
{
	free(run->own);
	run_id_free(&run->id);
	free(run->name);
}

void plan_free(struct plan *plan)
{
	for (size_t i = 0; i < plan->nr_runs; i++)
		plan_run_free(&plan->runs[i]);
	free(plan->runs);
	plan_resources_free(plan);
	memory_close(plan->memory);
}
