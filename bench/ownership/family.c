/* SPDX-License-Identifier: MIT */
/* The callbacks, checks and metrics of the ownership family (ownership of device groups). */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/ownership/ownership.h"
#include "bench/sweep/plan.h"
#include "harness/explore/ownership/ownership.h"

static const char *own_options(const struct plan_request *request)
{
	const bool given =
	    request->topology || request->claim_every_ns || request->memory.policy != MEMORY_KERNEL;

	return given ? "--topology, --claim-every and --memory" : NULL;
}

static double or_default(double asked, double by_default)
{
	return isnan(asked) ? by_default : asked;
}

static struct workload_params params_for(
    const struct workload *workload, const struct plan_request *request)
{
	const struct workload_params *d = &workload->defaults;

	return (struct workload_params){
	    /* With --claim-every one thread only claims. The others then claim only if --claims is
	     * given. */
	    .claims = or_default(request->claims, request->claim_every_ns ? 0 : d->claims),
	    .plugs = or_default(request->plugs, d->plugs),
	    .unregisters = request->unregisters,
	    .readers = or_default(request->readers, d->readers),
	    .fail_pinctrl = or_default(request->fail_pinctrl, d->fail_pinctrl),
	    .fail_configure = or_default(request->fail_configure, d->fail_configure),
	    .fail_driver = or_default(request->fail_driver, d->fail_driver),
	    .zipf = or_default(request->zipf, d->zipf),
	    .seed = request->seed,
	};
}

static void complete(struct plan_run *run, const struct plan_request *request)
{
	const struct workload *workload = run->workload;

	struct ownership_run *own = calloc(1, sizeof(*own));

	if (!own)
		abort(); /* out of memory */
	*own =
	    (struct ownership_run){{ownership_make_trace}, workload, params_for(workload, request)};
	run->spec.own = run->own = own;
	/* Rounds and races have no window in which a thread could claim at an interval. */
	if (workload->loop == LOOP_PAIRS || workload->loop == LOOP_MIXED)
		run->spec.claim_every_ns = request->claim_every_ns;
	run->spec.timed_apart = run->spec.claim_every_ns != 0;
}

static void identify(
    struct run_id *id, const struct plan_run *run, const struct plan_request *request)
{
	const struct workload_params *d = &run->workload->defaults;
	const struct workload_params *p = &((const struct ownership_run *)run->own)->params;
	char memory[MEMORY_TEXT_MAX];

	run_id_set_unless(id, "claim_every_ns", (double)run->spec.claim_every_ns, 0);
	if (request->memory.policy != MEMORY_KERNEL) {
		memory_text(&request->memory, memory);
		json_object_set_new(id->parameters, "memory", json_string(memory));
	}
	run_id_set_unless(id, "claims", p->claims, d->claims);
	run_id_set_unless(id, "plugs", p->plugs, d->plugs);
	run_id_set_unless(id, "readers", p->readers, d->readers);
	run_id_set_unless(id, "fail_pinctrl", p->fail_pinctrl, d->fail_pinctrl);
	run_id_set_unless(id, "fail_configure", p->fail_configure, d->fail_configure);
	run_id_set_unless(id, "fail_driver", p->fail_driver, d->fail_driver);
	run_id_set_unless(id, "zipf", p->zipf, d->zipf);
}

/* Checks the memory before the run: the kernel would overcommit it, and kill a process when it is
 * used. */
static int check_size(
    const struct instance *instance, const struct topology *topology, struct error *err)
{
	const double gb = 1e9;
	double needed = model_bytes(ownership_ops(instance), topology);
	double present = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);

	if (present <= 0 || needed <= present)
		return 0;
	return error_set(err,
	    "%zu groups with a total of %zu devices take %.1f GB in %s, and this machine has %.1f "
	    "GB of memory; use fewer --groups or --devices",
	    topology->nr_groups, topology->nr_devices, needed / gb, instance->name, present / gb);
}

static void request_check(struct plan_request *request, enum checker checker)
{
	static const struct workload *mixed[2];
	static unsigned int devices[] = {16};

	request->claims = 0.3;
	request->unregisters = 0.05;
	if (checker == CHECKER_RACE)
		return;
	mixed[0] = workload_find("takeover");
	mixed[1] = workload_find("flap");
	request->workloads = mixed;
	request->nr_workloads = 2;
	request->devices = devices;
	request->nr_devices = 1;
}

static int walk_instance(const struct instance *instance, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err)
{
	return walk(ownership_ops(instance), request, outcome, err);
}

static void describe(json_t *json, const struct instance *instance)
{
	json_object_set_new(json, "group_bytes",
	    json_integer((json_int_t)model_group_bytes(ownership_ops(instance))));
	json_object_set_new(json, "device_bytes",
	    json_integer((json_int_t)model_device_bytes(ownership_ops(instance))));
}

const struct bench_family bench_ownership = {
    .family = &family_ownership,
    .explore = &explore_ownership,
    .instances = ownership_instances,
    .explored = explored_ownership,
    .unseen = explored_ownership_unseen,
    .state = {{"group", offsetof(struct impl_ops, group_size)},
	{"device", offsetof(struct impl_ops, device_size)}},
    .workloads = ownership_workloads,
    .race = &ownership_race,
    .has_paths = true,
    .own_options = own_options,
    .complete = complete,
    .identify = identify,
    .fits = ownership_fits,
    .check_size = check_size,
    .request_check = request_check,
    .walk = walk_instance,
    .describe = describe,
};
