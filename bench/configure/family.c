/* SPDX-License-Identifier: MIT */
/* The callbacks, checks and metrics of the configure family (set-up of a device on its first
 * touch). */
#include "bench/configure/configure.h"
#include "bench/families/families.h"
#include "bench/sweep/plan.h"
#include "harness/explore/configure/configure.h"

/* The length of a set-up. Normally it is long enough for all threads to meet at the first device.
 * Recorded threads pause when their logs are full, so their runs have more devices and shorter
 * set-ups. */
enum { SET_UP_NS = 2000000, RACED_SET_UP_NS = 200, RECORDED_SET_UP_NS = 20000 };

static void request_check(struct plan_request *request, enum checker checker)
{
	static const struct workload *touch[1];
	static unsigned int few[] = {4}, recorded[] = {256};

	if (checker == CHECKER_RACE) {
		request->hold_ns = RACED_SET_UP_NS;
		return;
	}
	request->hold_ns = checker == CHECKER_HISTORY ? RECORDED_SET_UP_NS : SET_UP_NS;
	touch[0] = workload_find("touch");
	request->workloads = touch;
	request->nr_workloads = 1;
	request->devices = checker == CHECKER_HISTORY ? recorded : few;
	request->nr_devices = 1;
}

static void add_metrics(json_t *metrics, const struct run_result *result, double seconds)
{
	const double *figures = result->figures;
	const double touches = figures[CONFIGURE_TOUCHES];

	(void)seconds;
	if (touches == 0)
		return;
	json_object_set_new(metrics, "double_set_ups_per_million",
	    json_real(1e6 * figures[CONFIGURE_DOUBLES] / touches));
	json_object_set_new(
	    metrics, "reports_per_million", json_real(1e6 * figures[CONFIGURE_REPORTS] / touches));
}

const struct bench_family bench_configure = {
    .family = &family_configure,
    .explore = &explore_configure,
    .instances = configure_instances,
    .explored = explored_configure,
    .unseen = explored_configure_unseen,
    .state = {{"device", offsetof(struct configure_ops, device_size)}},
    .workloads = configure_workloads,
    .race = &configure_race,
    .no_witness = "its threads hold nothing that they could mark",
    .request_check = request_check,
    .add_metrics = add_metrics,
};
