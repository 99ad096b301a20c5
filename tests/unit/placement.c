/* SPDX-License-Identifier: MIT */
/* Places groups and devices near the threads that use them, on a made-up hwloc machine with two
 * nodes of two CPUs each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/measure/placement.h"
#include "harness/model/bus.h"

enum { GROUPS = 100, THREADS = 3 };

/* Threads 0 and 2 are on node 0, thread 1 on node 1. */
static int cpus[THREADS] = {0, 2, 1};
static const struct pin_plan pins = {.nr_threads = THREADS, .nr_cpus = THREADS, .cpus = cpus};

static struct memory *open_two_nodes(enum memory_policy policy)
{
	const struct memory_request request = {.policy = policy, .node = 1};
	struct error err;
	struct memory *memory;

	setenv("HWLOC_SYNTHETIC", "numa:2 core:2 pu:1", 1);
	memory = memory_open(&request, &err);
	unsetenv("HWLOC_SYNTHETIC");
	assert_non_null(memory);
	assert_int_equal(memory_nr_nodes(memory), 2);
	return memory;
}

static int begin_group(struct group *group)
{
	*(int *)(void *)group->state = 1;
	return 0;
}

static void add_device(struct group *group, struct device *dev)
{
	LIST_INSERT_HEAD(&group->devices, dev, link);
}

static void remove_device(struct group *group, struct device *dev)
{
	(void)group;
	LIST_REMOVE(dev, link);
}

static const struct impl_ops impl = {.group_size = sizeof(int),
    .device_size = 300,
    .group_init = begin_group,
    .device_add = add_device,
    .device_remove = remove_device};

/* A model, and the memory parts that its set-up has entered, in order. */
struct fixture {
	struct memory *memory;
	struct placement placement;
	struct model_layout layout;
	struct model model;
	char entered[16];
	size_t nr_entered;
	int (*enter)(const void *arg, unsigned int part, struct error *err);
};

static struct fixture *watched;

static int watch_enter(const void *arg, unsigned int part, struct error *err)
{
	watched->entered[watched->nr_entered++] = (char)('0' + part);
	return watched->enter(arg, part, err);
}

static struct fixture *fixture_new(enum memory_policy policy, size_t groups, size_t devices)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct topology topology;
	struct error err;

	assert_non_null(f);
	f->memory = open_two_nodes(policy);
	assert_int_equal(placement_make(&f->placement, f->memory, &pins, &err), 0);
	f->layout = placement_layout(&f->placement);
	f->enter = f->layout.enter;
	f->layout.enter = watch_enter;
	watched = f;
	assert_int_equal(topology_uniform(groups, devices, &topology, &err), 0);
	assert_int_equal(model_create_in(&f->model, &impl, &topology, &f->layout, &err), 0);
	assert_int_equal(placement_end(&f->placement, &f->model, &err), 0);
	topology_free(&topology);
	return f;
}

static void fixture_free(struct fixture *f)
{
	model_destroy(&f->model);
	placement_free(&f->placement);
	memory_close(f->memory);
	free(f);
}

static unsigned int part_of_address(const struct model *m, const void *p)
{
	unsigned int part = 0;

	while ((const char *)p >= m->parts[part].groups + m->parts[part].bytes)
		part++;
	return part;
}

static unsigned int part_of_group(const struct fixture *f, size_t g)
{
	return part_of_address(&f->model, f->model.groups[g]);
}

static unsigned int part_of_device(const struct fixture *f, size_t d)
{
	return part_of_address(&f->model, f->model.devices[d]);
}

static void assert_whole(const struct fixture *f)
{
	const struct model *m = &f->model;
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t bytes = 0;

	for (unsigned int p = 0; p < m->nr_parts; p++) {
		assert_int_equal((uintptr_t)m->parts[p].groups % page, 0);
		assert_int_equal(m->parts[p].bytes % page, 0);
		bytes += m->parts[p].bytes;
	}
	assert_int_equal(bytes, m->area_bytes);
	for (size_t g = 0; g < m->nr_groups; g++) {
		assert_int_equal(model_group_index(m, m->groups[g]), g);
		assert_int_equal(*(int *)(void *)m->groups[g]->state, 1);
		for (size_t d = m->first[g]; d < m->first[g + 1]; d++)
			assert_ptr_equal(m->devices[d]->group, m->groups[g]);
	}
	for (size_t d = 0; d < m->nr_devices; d++)
		assert_int_equal(model_device_index(m, m->devices[d]), d);
}

/* Only thread g mod 3 uses group g. */
static void a_thread_has_its_groups_beside_it(void **state)
{
	struct fixture *f = fixture_new(MEMORY_LOCAL, GROUPS, 1);

	(void)state;
	assert_int_equal(f->model.nr_parts, 2);
	for (size_t g = 0; g < GROUPS; g++) {
		assert_int_equal(part_of_group(f, g), g % THREADS == 1);
		assert_int_equal(part_of_device(f, g), g % THREADS == 1);
	}
	assert_whole(f);
	assert_string_equal(f->entered,
	    "0101"); /* each part is entered to touch its memory, and again to set it up */
	assert_int_equal(f->placement.cpu[0], 0);
	assert_int_equal(f->placement.cpu[1], 2);
	assert_int_equal(memory_node_of(f->memory, 1), 0);
	assert_int_equal(memory_node_of(f->memory, 2), 1);
	fixture_free(f);
}

/* With two devices per group, threads 0 and 1 share the first group, 2 and 0 the second, 1 and 2
 * the third. */
static void a_shared_group_is_with_its_first_thread(void **state)
{
	struct fixture *f = fixture_new(MEMORY_LOCAL, GROUPS, 2);

	(void)state;
	for (size_t g = 0; g < GROUPS; g++)
		assert_int_equal(part_of_group(f, g), g % THREADS == 2);
	for (size_t d = 0; d < f->model.nr_devices; d++)
		assert_int_equal(part_of_device(f, d), d % THREADS == 1);
	assert_whole(f);
	fixture_free(f);
}

static void a_group_of_all_is_with_the_first(void **state)
{
	struct fixture *f = fixture_new(MEMORY_LOCAL, 2, 7);

	(void)state;
	assert_int_equal(part_of_group(f, 0), 0);
	assert_int_equal(part_of_group(f, 1), 0);
	assert_int_equal(part_of_device(f, 8), 0);
	assert_int_equal(part_of_device(f, 10), 1);
	assert_whole(f);
	fixture_free(f);
}

/* The other policies do not depend on threads. */
static void other_policies_use_one_part(void **state)
{
	const enum memory_policy policies[] = {MEMORY_INTERLEAVE, MEMORY_NODE};

	(void)state;
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++) {
		struct fixture *f = fixture_new(policies[i], GROUPS, 2);

		assert_int_equal(f->model.nr_parts, 1);
		assert_int_equal(f->nr_entered, 0);
		assert_int_equal(memory_node_of(f->memory, 2), -1);
		assert_whole(f);
		fixture_free(f);
	}
}

static void unbound_threads_are_in_one_part(void **state)
{
	struct memory *memory = open_two_nodes(MEMORY_LOCAL);
	int none[THREADS] = {-1, -1, -1};
	const struct pin_plan unbound = {.nr_threads = THREADS, .nr_cpus = THREADS, .cpus = none};
	struct placement placement;
	struct error err;

	(void)state;
	assert_int_equal(placement_make(&placement, memory, &unbound, &err), 0);
	assert_int_equal(placement.nr_parts, 1);
	assert_int_equal(placement.cpu[0], -1);
	placement_free(&placement);
	assert_int_equal(placement_make(&placement, NULL, &pins, &err), 0);
	assert_int_equal(placement.nr_parts, 1);
	assert_int_equal(placement_layout(&placement).alignment, BUS_ALIGN);
	placement_free(&placement);
	memory_close(memory);
}

/* If set-up fails, everything that was already set up is destroyed. */
static int destroyed;

static int fail_later(struct group *group)
{
	static int nr;

	(void)group;
	return ++nr > GROUPS / 2 ? -12 : 0;
}

static void count_destroyed(struct group *group)
{
	(void)group;
	destroyed++;
}

static void a_group_that_cannot_be_set_up(void **state)
{
	const struct impl_ops failing = {.group_init = fail_later,
	    .group_destroy = count_destroyed,
	    .device_add = add_device,
	    .device_remove = remove_device};
	struct topology topology;
	struct model model;
	struct error err;

	(void)state;
	assert_int_equal(topology_uniform(GROUPS, 2, &topology, &err), 0);
	assert_int_equal(model_create(&model, &failing, &topology, &err), -1);
	assert_string_equal(err.text, "group_init() failed: Cannot allocate memory");
	assert_int_equal(destroyed, GROUPS / 2);
	assert_null(model.area);
	topology_free(&topology);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_thread_has_its_groups_beside_it),
	    cmocka_unit_test(a_shared_group_is_with_its_first_thread),
	    cmocka_unit_test(a_group_of_all_is_with_the_first),
	    cmocka_unit_test(other_policies_use_one_part),
	    cmocka_unit_test(unbound_threads_are_in_one_part),
	    cmocka_unit_test(a_group_that_cannot_be_set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
