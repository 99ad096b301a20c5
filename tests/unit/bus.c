/* SPDX-License-Identifier: MIT */
/* Checks the order of events in probe and remove, with an implementation that records them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "harness/model/bus.h"
#include "harness/model/model.h"

/* Records the operations as letters. Lower case means that dev->driver was not set at that time. */
struct scribe {
	char events[64];
	bool unlocked; /* some operation was called without device_lock */
	int use_returns;
};

static struct scribe *scribe_of(struct device *dev)
{
	return (struct scribe *)dev->state;
}

static void scribe_write(struct device *dev, char event)
{
	bool bound = atomic_load(&dev->driver);
	pthread_mutex_t *lock = &to_bus_device(dev)->lock;

	strncat(scribe_of(dev)->events, (char[]){bound ? event : (char)(event | 0x20), '\0'}, 1);
	if (!pthread_mutex_trylock(lock)) {
		scribe_of(dev)->unlocked = true;
		pthread_mutex_unlock(lock);
	}
}

static int scribe_use(struct device *dev)
{
	scribe_write(dev, 'U');
	return scribe_of(dev)->use_returns;
}

static int scribe_unuse(struct device *dev)
{
	scribe_write(dev, 'R');
	return 0;
}

static void scribe_notify(struct device *dev, enum bus_event event)
{
	scribe_write(dev, "BNX"[event]); /* bound, not bound, unbound */
}

static void scribe_add(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void scribe_remove(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static const struct impl_ops impl = {
    .device_size = sizeof(struct scribe),
    .device_add = scribe_add,
    .device_remove = scribe_remove,
    .use_default_domain = scribe_use,
    .unuse_default_domain = scribe_unuse,
    .notify = scribe_notify,
};

struct fixture {
	struct topology topology;
	struct model model;
	struct device *dev;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	struct error err;

	*state = &fixture;
	if (topology_uniform(1, 1, &fixture.topology, &err) ||
	    model_create(&fixture.model, &impl, &fixture.topology, &err))
		return -1;
	fixture.dev = fixture.model.devices[0];
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	model_destroy(&fixture->model);
	topology_free(&fixture->topology);
	return 0;
}

static struct driver dma_api = {.name = "dma_api"};
static struct driver vfio_pci = {.name = "vfio-pci", .driver_managed_dma = true};

static void check_device(struct device *dev, const char *events, const struct driver *bound)
{
	assert_string_equal(scribe_of(dev)->events, events);
	assert_ptr_equal(atomic_load(&dev->driver), bound);
	assert_int_equal(pthread_mutex_trylock(&to_bus_device(dev)->lock), 0);
	pthread_mutex_unlock(&to_bus_device(dev)->lock);
	scribe_of(dev)->events[0] = '\0';
}

static void probe_and_remove(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_NONE, BUS_PATH_PROBE), 0);
	check_device(dev, "UB", &dma_api);
	assert_int_equal(bus_probe(&impl, dev, &vfio_pci, BUS_FAIL_NONE, BUS_PATH_PROBE), -EEXIST);
	check_device(dev, "", &dma_api);
	/* remove releases the ownership before it clears dev->driver. */
	assert_int_equal(bus_remove(&impl, dev, BUS_PATH_PROBE), 0);
	check_device(dev, "Rx", NULL);
	assert_false(scribe_of(dev)->unlocked);
}

static void ops_path_is_the_operations_alone(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_NONE, BUS_PATH_OPS), 0);
	check_device(dev, "U", &dma_api);
	assert_int_equal(bus_remove(&impl, dev, BUS_PATH_OPS), 0);
	check_device(dev, "R", NULL);
	assert_true(scribe_of(dev)->unlocked);
}

static void early_failures_run_no_cleanup(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_PINCTRL, BUS_PATH_PROBE), -ENXIO);
	check_device(dev, "", NULL);
	assert_int_equal(
	    bus_probe(&impl, dev, &dma_api, BUS_FAIL_CONFIGURE, BUS_PATH_PROBE), -ENXIO);
	check_device(dev, "", NULL);
}

static void refused_probe_runs_no_cleanup(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	scribe_of(dev)->use_returns = -EBUSY;
	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_NONE, BUS_PATH_PROBE), -EBUSY);
	check_device(dev, "U", NULL);
	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_DRIVER, BUS_PATH_OPS), -EBUSY);
	check_device(dev, "U", NULL);
}

static void late_failure_notifies_then_cleans_up(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	assert_int_equal(bus_probe(&impl, dev, &dma_api, BUS_FAIL_DRIVER, BUS_PATH_PROBE), -ENODEV);
	check_device(dev, "UNR", NULL);
}

static void managed_driver_owns_nothing(void **state)
{
	struct device *dev = ((struct fixture *)*state)->dev;

	scribe_of(dev)->use_returns = -EBUSY;
	assert_int_equal(bus_probe(&impl, dev, &vfio_pci, BUS_FAIL_NONE, BUS_PATH_PROBE), 0);
	check_device(dev, "B", &vfio_pci);
	assert_int_equal(bus_remove(&impl, dev, BUS_PATH_PROBE), 0);
	check_device(dev, "x", NULL);
	assert_int_equal(
	    bus_probe(&impl, dev, &vfio_pci, BUS_FAIL_DRIVER, BUS_PATH_PROBE), -ENODEV);
	check_device(dev, "N", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(probe_and_remove, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(ops_path_is_the_operations_alone, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(early_failures_run_no_cleanup, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(refused_probe_runs_no_cleanup, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		late_failure_notifies_then_cleans_up, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(managed_driver_owns_nothing, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
