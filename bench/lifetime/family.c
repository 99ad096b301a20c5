/* SPDX-License-Identifier: MIT */
/* The callbacks, checks and metrics of the lifetime family (services whose provider is unbound
 * while they are in use). */
#include <stdlib.h>

#include "bench/families/families.h"
#include "bench/lifetime/lifetime.h"
#include "bench/sweep/plan.h"
#include "harness/explore/lifetime/lifetime.h"

enum { DEFAULT_USES = 4, DEFAULT_UNBIND_EVERY_NS = 100000 };

/* Settings for recorded histories. Threads pause when their logs are full. With these settings the
 * uses and unbinds that fill a log take about as long as the run, and so overlap even if the
 * threads share a CPU. A consumer keeps the service beyond some unbinds. */
enum { RECORDED_USE_NS = 9000, RECORDED_USES = 16, RECORDED_UNBIND_EVERY_NS = 50000 };

/* Length of a use in runs that are not recorded: long enough for all threads to meet at the first
 * use. */
enum { USE_NS = 200 };

static const char *own_options(const struct plan_request *request)
{
	const bool given = request->uses || request->keep_ns || request->unbind_every_ns;

	return given ? "--uses, --keep and --unbind-every" : NULL;
}

static uint64_t or_default(uint64_t asked, uint64_t by_default)
{
	return asked ? asked : by_default;
}

static void complete(struct plan_run *run, const struct plan_request *request)
{
	struct lifetime_spec *own = calloc(1, sizeof(*own));

	if (!own)
		abort(); /* out of memory */
	*own = (struct lifetime_spec){
	    .uses = or_default(request->uses, DEFAULT_USES),
	    .keep_ns = or_default(request->keep_ns, run->workload->keep_ns),
	    .unbind_every_ns = or_default(request->unbind_every_ns, DEFAULT_UNBIND_EVERY_NS),
	};
	run->spec.own = run->own = own;
	run->spec.timed_apart = run->workload->loop != LOOP_RACE;
}

static void identify(
    struct run_id *id, const struct plan_run *run, const struct plan_request *request)
{
	const struct lifetime_spec *own = run->own;
	const double keep_ns = (double)run->workload->keep_ns;

	(void)request;
	run_id_set_unless(id, "uses", (double)own->uses, DEFAULT_USES);
	run_id_set_unless(id, "keep_ns", (double)own->keep_ns, keep_ns);
	run_id_set_unless(
	    id, "unbind_every_ns", (double)own->unbind_every_ns, DEFAULT_UNBIND_EVERY_NS);
}

static void request_check(struct plan_request *request, enum checker checker)
{
	static const struct workload *unbind[1];
	static unsigned int devices[] = {4};

	request->hold_ns = checker == CHECKER_HISTORY ? RECORDED_USE_NS : USE_NS;
	if (checker == CHECKER_RACE)
		return;
	unbind[0] = workload_find("unbind");
	request->workloads = unbind;
	request->nr_workloads = 1;
	request->devices = devices;
	request->nr_devices = 1;
	if (checker == CHECKER_HISTORY) {
		request->unbind_every_ns = RECORDED_UNBIND_EVERY_NS;
		request->uses = RECORDED_USES;
	}
}

static void add_metrics(json_t *metrics, const struct run_result *result, double seconds)
{
	json_object_set_new(
	    metrics, "unbinds_per_second", json_real((double)result->counted.unbinds / seconds));
	json_object_set_new(metrics, "held_bytes", json_real(result->figures[LIFETIME_HELD]));
	json_object_set_new(
	    metrics, "held_bytes_max", json_real(result->figures[LIFETIME_HELD_MAX]));
}

const struct bench_family bench_lifetime = {
    .family = &family_lifetime,
    .explore = &explore_lifetime,
    .instances = lifetime_instances,
    .explored = explored_lifetime,
    .unseen = explored_lifetime_unseen,
    .state = {{"provider", offsetof(struct lifetime_ops, provider_size)},
	{"service", offsetof(struct lifetime_ops, service_size)},
	{"user", offsetof(struct lifetime_ops, user_size)}},
    .workloads = lifetime_workloads,
    .race = &lifetime_race,
    .own_options = own_options,
    .complete = complete,
    .identify = identify,
    .request_check = request_check,
    .add_metrics = add_metrics,
};
