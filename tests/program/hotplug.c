/* SPDX-License-Identifier: MIT */
/* Tests every implementation of the build with devices that join and leave a group, and with
 * drivers that are freed. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/families/registry.h"
#include "bench/ownership/ownership.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

enum { PAIRS = 200000, CLAIMS = 50000, PLUGS = 20000 };

static struct driver dma_api = {.name = "dma_api"};

struct fixture {
	const struct impl_ops *impl;
	struct topology topology;
	struct model model;
	_Atomic(bool) done; /* the counting thread has ended */
	unsigned int refused;
};

static void register_thread(const struct impl_ops *impl)
{
	if (impl->about.thread_register)
		assert_int_equal(impl->about.thread_register(), 0);
}

static void unregister_thread(const struct impl_ops *impl)
{
	if (impl->about.thread_unregister)
		impl->about.thread_unregister();
}

static void pass_quiescent(const struct impl_ops *impl)
{
	if (impl->about.thread_quiescent)
		impl->about.thread_quiescent();
}

/* Takes ownership of the topology. */
static void set_up(struct fixture *f, const struct impl_ops *impl, struct topology topology)
{
	struct error err;

	*f = (struct fixture){.impl = impl, .topology = topology};
	register_thread(impl);
	assert_int_equal(model_create(&f->model, impl, &f->topology, &err), 0);
}

static void tear_down(struct fixture *f)
{
	model_destroy(&f->model);
	topology_free(&f->topology);
	unregister_thread(f->impl);
}

static struct topology uniform_topology(size_t groups, size_t devices)
{
	struct topology topology;
	struct error err;

	assert_int_equal(topology_uniform(groups, devices, &topology, &err), 0);
	return topology;
}

static struct topology listed_topology(void)
{
	struct topology topology;
	struct error err;

	assert_int_equal(topology_load(SOURCE_DIR "/results/topologies/amd-x570-matisse.find.txt",
			     &topology, &err),
	    0);
	return topology;
}

static bool is_listed(struct group *group, const struct device *dev)
{
	struct device *other;

	LIST_FOREACH (other, &group->devices, link) {
		if (other == dev)
			return true;
	}
	return false;
}

static size_t count_listed(struct group *group)
{
	struct device *dev;
	size_t nr = 0;

	LIST_FOREACH (dev, &group->devices, link)
		nr++;
	return nr;
}

static int probe_device(struct fixture *f, struct device *dev)
{
	return bus_probe(f->impl, dev, &dma_api, BUS_FAIL_NONE, BUS_PATH_PROBE);
}

static int unbind_device(struct fixture *f, struct device *dev)
{
	return bus_remove(f->impl, dev, BUS_PATH_PROBE);
}

/* Checks that the group has no owner: a user can claim it, and after the release a driver can. */
static void assert_idle(struct fixture *f, size_t g)
{
	struct group *group = f->model.groups[g];

	assert_false(f->impl->claimed(group));
	assert_int_equal(f->impl->group_claim(group, f), 0);
	assert_int_equal(f->impl->group_release(group), 0);
	assert_false(f->impl->claimed(group));
}

/* Adding or removing a device changes only the list, regardless of who owns the group. */
static void check_list(struct fixture *f, size_t g)
{
	struct group *group = f->model.groups[g];
	size_t nr = f->model.first[g + 1] - f->model.first[g];
	struct device *dev = f->model.devices[f->model.first[g]];

	assert_int_equal(model_group_index(&f->model, group), g);
	assert_int_equal(count_listed(group), nr);
	f->impl->device_remove(group, dev);
	assert_int_equal(count_listed(group), nr - 1);
	assert_false(is_listed(group, dev));
	f->impl->device_add(group, dev);
	assert_int_equal(count_listed(group), nr);
	assert_true(is_listed(group, dev));
}

static void check_user_stays(struct fixture *f, size_t g)
{
	struct group *group = f->model.groups[g];
	struct device *dev = f->model.devices[f->model.first[g]];

	assert_int_equal(f->impl->group_claim(group, f), 0);
	check_list(f, g);
	assert_true(f->impl->claimed(group));
	assert_int_equal(probe_device(f, dev), -EBUSY);
	assert_int_equal(f->impl->group_release(group), 0);
	assert_idle(f, g);
}

/* A bound driver keeps the group while a sibling leaves and rejoins. A driver of the rejoined
 * device also keeps the group. */
static void check_driver_stays(struct fixture *f, size_t g)
{
	struct group *group = f->model.groups[g];
	struct device *dev = f->model.devices[f->model.first[g]];
	struct device *last = f->model.devices[f->model.first[g + 1] - 1];

	if (dev == last)
		return;
	assert_int_equal(probe_device(f, last), 0);
	check_list(f, g);
	assert_true(f->impl->claimed(group));
	assert_int_equal(f->impl->group_claim(group, f), -EPERM);
	assert_int_equal(unbind_device(f, last), 0);
	assert_idle(f, g);
	assert_int_equal(probe_device(f, dev), 0);
	assert_int_equal(f->impl->group_claim(group, f), -EPERM);
	assert_int_equal(unbind_device(f, dev), 0);
	assert_idle(f, g);
}

static void check_topology(const struct impl_ops *impl, struct topology topology)
{
	struct fixture f;

	set_up(&f, impl, topology);
	for (size_t g = 0; g < f.model.nr_groups; g++) {
		check_list(&f, g);
		if (impl->about.class == CLASS_NONE)
			continue; /* the ceiling guarantees nothing else */
		assert_idle(&f, g);
		check_user_stays(&f, g);
		check_driver_stays(&f, g);
	}
	tear_down(&f);
}

static void devices_join_and_leave(void **state)
{
	(void)state;
	for (size_t i = 0; ownership_instances[i]; i++) {
		if (instance_is_control(ownership_instances[i]))
			continue; /* a negative control, which fails on purpose */
		check_topology(ownership_ops(ownership_instances[i]), uniform_topology(3, 4));
		check_topology(ownership_ops(ownership_instances[i]), listed_topology());
	}
}

/* Runs threads, each registered with the implementation. The calling thread is not registered
 * meanwhile. */
static void run_threads(struct fixture *f, void *(*const mains[])(void *), size_t nr)
{
	pthread_t ids[4];

	if (f->impl->about.thread_offline)
		f->impl->about.thread_offline();
	for (size_t i = 0; i < nr; i++)
		assert_int_equal(pthread_create(&ids[i], NULL, mains[i], f), 0);
	for (size_t i = 0; i < nr; i++)
		pthread_join(ids[i], NULL);
	if (f->impl->about.thread_online)
		f->impl->about.thread_online();
}

static bool is_done(struct fixture *f)
{
	return atomic_load_explicit(&f->done, memory_order_relaxed);
}

static void *pairs_main(void *arg)
{
	struct fixture *f = arg;

	register_thread(f->impl);
	for (int i = 0; i < PAIRS; i++) {
		if (!probe_device(f, f->model.devices[0]))
			unbind_device(f, f->model.devices[0]);
		pass_quiescent(f->impl);
	}
	unregister_thread(f->impl);
	return NULL;
}

static void *claims_main(void *arg)
{
	struct fixture *f = arg;
	struct group *group = f->model.groups[0];

	register_thread(f->impl);
	for (int i = 0; i < CLAIMS; i++) {
		if (f->impl->group_claim(group, f))
			f->refused++;
		else
			f->impl->group_release(group);
		pass_quiescent(f->impl);
	}
	atomic_store_explicit(&f->done, true, memory_order_relaxed);
	unregister_thread(f->impl);
	return NULL;
}

/* The second device is in the list half of the time, and is never bound. */
static void *plugs_main(void *arg)
{
	struct fixture *f = arg;

	register_thread(f->impl);
	for (int i = 0; i < PLUGS; i++) {
		f->impl->device_remove(f->model.groups[0], f->model.devices[1]);
		pass_quiescent(f->impl);
		f->impl->device_add(f->model.groups[0], f->model.devices[1]);
		pass_quiescent(f->impl);
	}
	unregister_thread(f->impl);
	return NULL;
}

/* Unsafe designs and the ceiling are left out, because they walk the list without a lock. Variants
 * with other locks are left out because they have the same code, and with more threads than CPUs a
 * fair spinlock is handed over only once per time slice. */
static void devices_join_and_leave_under_fire(void **state)
{
	void *(*const mains[])(void *) = {pairs_main, claims_main, plugs_main};

	(void)state;
	for (size_t i = 0; ownership_instances[i]; i++) {
		struct fixture f;

		if (ownership_ops(ownership_instances[i])->about.class >= CLASS_UNSAFE ||
		    instance_is_control(ownership_instances[i]) ||
		    instance_is_variant(ownership_instances[i]))
			continue;
		set_up(&f, ownership_ops(ownership_instances[i]), uniform_topology(1, 3));
		run_threads(&f, mains, 3);
		assert_int_equal(count_listed(f.model.groups[0]), 3);
		assert_idle(&f, 0);
		tear_down(&f);
	}
}

/* Drivers that own nothing are registered, bound, and freed while a user claims. No walk may read a
 * freed driver. Before a driver is freed, it is marked as one that owns its group, so a claim that
 * reads it late would be refused. */
static void *unregister_main(void *arg)
{
	struct fixture *f = arg;
	struct device *dev = f->model.devices[0];

	register_thread(f->impl);
	while (!is_done(f)) {
		struct driver *drv = malloc(sizeof(*drv));

		assert_non_null(drv);
		*drv = (struct driver){.name = "vfio-pci", .driver_managed_dma = true};
		if (!bus_probe(f->impl, dev, drv, BUS_FAIL_NONE, BUS_PATH_PROBE))
			unbind_device(f, dev);
		if (f->impl->driver_unregister)
			f->impl->driver_unregister(drv);
		drv->driver_managed_dma = false;
		free(drv);
		pass_quiescent(f->impl);
	}
	unregister_thread(f->impl);
	return NULL;
}

static void freed_drivers_are_never_read(void **state)
{
	void *(*const mains[])(void *) = {claims_main, unregister_main};
	size_t nr = 0;

	(void)state;
	for (size_t i = 0; ownership_instances[i]; i++) {
		struct fixture f;

		if (!ownership_ops(ownership_instances[i])->driver_unregister ||
		    instance_is_control(ownership_instances[i]))
			continue;
		nr++;
		set_up(&f, ownership_ops(ownership_instances[i]), uniform_topology(1, 2));
		run_threads(&f, mains, 2);
		assert_int_equal(f.refused, 0);
		assert_idle(&f, 0);
		tear_down(&f);
	}
	assert_true(nr > 0);
}

/* Sets up all implementations, once per process. */
static int set_up_all(void **state)
{
	(void)state;
	for (size_t i = 0; ownership_instances[i]; i++) {
		if (ownership_ops(ownership_instances[i])->about.setup &&
		    ownership_ops(ownership_instances[i])->about.setup())
			return -1;
	}
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(devices_join_and_leave),
	    cmocka_unit_test(devices_join_and_leave_under_fire),
	    cmocka_unit_test(freed_drivers_are_never_read),
	};

	return cmocka_run_group_tests(tests, set_up_all, NULL);
}
