/* SPDX-License-Identifier: MIT */
/* Claim C13: the notifier, used until 2022, finds a conflict only after it has happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../impl/busted/notifier.c"
#include "harness/model/bus.h"
#include "harness/model/model.h"

static struct driver driver = {.name = "uses-dma"};
static struct driver managed = {.name = "vfio-pci", .driver_managed_dma = true};

struct fixture {
	struct topology topology;
	struct model model;
	struct group *group;
};

static int set_up(void **state)
{
	static struct fixture f;
	struct error err;

	if (topology_uniform(1, 2, &f.topology, &err) ||
	    model_create(&f.model, &impl, &f.topology, &err))
		return -1;
	f.group = f.model.groups[0];
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	model_destroy(&f->model);
	topology_free(&f->topology);
	return 0;
}

static int probe_device(struct fixture *f, size_t d, struct driver *drv)
{
	return bus_probe(&impl, f->model.devices[d], drv, BUS_FAIL_NONE, BUS_PATH_PROBE);
}

static void a_driver_is_found_when_it_is_bound(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(impl.group_claim(f->group, f), 0);
	assert_int_equal(probe_device(f, 0, &driver), 0);
	assert_int_equal(atomic_load(&notifier(f->group)->bug_ons), 1);
	assert_ptr_equal(atomic_load(&f->model.devices[0]->driver), &driver);
	assert_int_equal(impl.group_release(f->group), 0);
	assert_int_equal(bus_remove(&impl, f->model.devices[0], BUS_PATH_PROBE), 0);
}

static void no_bug_without_a_conflict(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(probe_device(f, 0, &driver), 0);
	assert_int_equal(impl.group_claim(f->group, f), -EPERM);
	assert_int_equal(bus_remove(&impl, f->model.devices[0], BUS_PATH_PROBE), 0);
	assert_int_equal(impl.group_claim(f->group, f), 0);
	assert_int_equal(probe_device(f, 1, &managed), 0);
	assert_int_equal(bus_remove(&impl, f->model.devices[1], BUS_PATH_PROBE), 0);
	assert_int_equal(impl.group_release(f->group), 0);
	assert_int_equal(atomic_load(&notifier(f->group)->bug_ons), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_driver_is_found_when_it_is_bound, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(no_bug_without_a_conflict, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
