/* SPDX-License-Identifier: MIT */
/* Compares one thread's walk with the rules' table: correct results pass, and each kind of wrong
 * result is reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../impl/mutex_count.c"
#include "harness/check/walk.h"

static struct walk_outcome walk_ops(const struct impl_ops *ops, unsigned int devices)
{
	const struct walk_request request = {.devices = devices, .operations = 20000, .seed = 1};
	struct walk_outcome outcome;
	struct error err;

	if (walk(ops, &request, &outcome, &err))
		fail_msg("%s", err.text);
	return outcome;
}

static void assert_wrong(const struct impl_ops *ops, enum impl_class class, const char *text)
{
	struct walk_outcome outcome = walk_ops(ops, 70);

	if (!strstr(outcome.text, text))
		fail_msg("%s, not: %s", outcome.text, text);
	assert_int_equal(outcome.found, class);
}

static void correct_results_pass(void **state)
{
	(void)state;
	for (unsigned int devices = 1; devices < 200; devices += 66) {
		struct walk_outcome outcome = walk_ops(&impl, devices);

		assert_string_equal(outcome.text, "");
		assert_int_equal(outcome.found, CLASS_EXACT);
		assert_true(outcome.operations > 15000);
	}
}

/* -- wrong implementations -- */

static int release_silently(struct group *group)
{
	mutex_count_release(group);
	return 0;
}

static void an_unpaired_call_is_refused(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_release = release_silently;
	assert_wrong(
	    &wrong, CLASS_UNSAFE, "an unpaired group_release returned 0 instead of -EINVAL");
}

static int grant_after_many(struct device *dev)
{
	static uint16_t refused;
	const int ret = mutex_count_use(dev);

	refused = ret ? (uint16_t)(refused + 1) : 0;
	return ret && refused ? ret : 0;
}

static void refused_probes_are_not_counted(void **state)
{
	struct impl_ops wrong = impl;
	struct walk_outcome outcome;

	(void)state;
	wrong.use_default_domain = grant_after_many;
	outcome = walk_ops(&wrong, 1);
	assert_non_null(strstr(outcome.text, "a probe returned 0 instead of -EBUSY"));
	assert_int_equal(outcome.found, CLASS_UNSAFE);
}

static void leave_listed(struct group *group, struct device *dev)
{
	(void)group;
	(void)dev;
}

static void a_removed_device_leaves_the_list(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.device_remove = leave_listed;
	assert_wrong(&wrong, CLASS_UNSAFE, "a search for a removed device returned 1");
}

static int use_some(struct device *dev)
{
	struct mutex_count *g = mutex_count(dev->group);

	if (!g->owner && g->owner_cnt == 15)
		g->owner_cnt = -1U;
	return mutex_count_use(dev);
}

static void a_count_has_few_bits(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.use_default_domain = use_some;
	assert_int_equal(walk_ops(&wrong, 2).found, CLASS_EXACT);
	assert_wrong(&wrong, CLASS_UNSAFE, "returned");
}

static int device_claim_some(struct device *dev, void *owner)
{
	int ret = mutex_count_device_claim(dev, owner);

	if (!ret && mutex_count(dev->group)->owner_cnt == 200)
		mutex_count(dev->group)->owner_cnt = 0;
	return ret;
}

static void a_user_claims_often(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.device_claim = device_claim_some;
	assert_wrong(&wrong, CLASS_UNSAFE, "owned by a user");
}

/* Claims through a device. The count wraps, or stops at `limit`. */
static unsigned int limit;

static int device_claim_wraps(struct device *dev, void *owner)
{
	int ret = mutex_count_device_claim(dev, owner);

	if (!ret)
		mutex_count(dev->group)->owner_cnt %= limit;
	return ret;
}

static int device_claim_overflows(struct device *dev, void *owner)
{
	struct mutex_count *g = mutex_count(dev->group);

	return g->owner == owner && g->owner_cnt == limit ? -EOVERFLOW
	                                                  : mutex_count_device_claim(dev, owner);
}

/* In groups of one device, claims nest beyond 16 bits. */
static void claims_have_few_bits(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.device_claim = device_claim_wraps;
	limit = UINT16_MAX + 1;
	assert_int_equal(walk_ops(&wrong, 1).found, CLASS_UNSAFE);
	wrong.device_claim = device_claim_overflows;
	assert_int_equal(walk_ops(&wrong, 1).found, CLASS_EXACT);
	limit = IMPL_MIN_CLAIMS;
	assert_int_equal(walk_ops(&wrong, 1).found, CLASS_EXACT);
	limit = IMPL_MIN_CLAIMS - 1;
	assert_non_null(strstr(walk_ops(&wrong, 1).text, "-EOVERFLOW instead of 0"));
}

static char nobody;

static int claim_for_nobody(struct group *group, void *owner)
{
	return mutex_count_claim(group, owner ? owner : &nobody);
}

static void a_claim_needs_an_owner(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_claim = claim_for_nobody;
	assert_wrong(&wrong, CLASS_UNSAFE, "group_claim returned 0 instead of -EINVAL");
}

static int claim_again(struct group *group, void *owner)
{
	struct mutex_count *g = mutex_count(group);

	if (owner && g->owner_cnt && g->owner == owner) {
		g->owner_cnt++;
		return 0;
	}
	return mutex_count_claim(group, owner);
}

static void a_group_is_claimed_once(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_claim = claim_again;
	assert_wrong(&wrong, CLASS_UNSAFE, "group_claim returned 0 instead of -EPERM");
}

static int release_one(struct group *group)
{
	return mutex_count_device_release(LIST_FIRST(&group->devices));
}

static void a_group_is_released_whole(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_release = release_one;
	assert_true(walk_ops(&wrong, 70).found > CLASS_EXACT);
}

static int refuse(struct device *dev)
{
	(void)dev;
	return -EBUSY;
}

static void another_group_is_bound(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.use_default_domain = refuse;
	assert_wrong(&wrong, CLASS_LEAKY, "a probe of another group returned -EBUSY instead of 0");
}

/* The first 70 calls bind the devices of the other group. */
static int refuse_some(struct device *dev)
{
	static unsigned int calls;

	return ++calls <= 70 || calls % 10 ? mutex_count_use(dev) : -EBUSY;
}

static void refusal_without_cause_is_cautious(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.use_default_domain = refuse_some;
	assert_wrong(&wrong, CLASS_LEAKY, "a probe returned -EBUSY instead of ");
}

static int release_none(struct group *group)
{
	return mutex_count(group)->owner ? 0 : -EINVAL;
}

static int device_release_but_last(struct device *dev)
{
	return mutex_count(dev->group)->owner_cnt > 1 ? mutex_count_device_release(dev) : 0;
}

static void leaked_groups_are_reported(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_release = release_none;
	wrong.device_release = device_release_but_last;
	assert_true(walk_ops(&wrong, 70).found >= CLASS_LEAKY);
}

static int crash_claim(struct group *group, void *owner)
{
	(void)group;
	(void)owner;
	abort();
}

static void a_crash_is_reported(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_claim = crash_claim;
	assert_wrong(&wrong, CLASS_UNSAFE, "Aborted, after ");
}

static int exit_claim(struct group *group, void *owner)
{
	(void)group;
	(void)owner;
	_exit(EXIT_SUCCESS);
}

static void an_exit_is_reported(void **state)
{
	struct impl_ops wrong = impl;

	(void)state;
	wrong.group_claim = exit_claim;
	assert_wrong(&wrong, CLASS_UNSAFE, "the implementation ended its process");
}

static int refuse_setup(void)
{
	return -ENOSYS;
}

static void an_unsupported_design_is_reported(void **state)
{
	const struct walk_request request = {.devices = 1, .operations = 1};
	struct impl_ops wrong = impl;
	struct walk_outcome outcome;
	struct error err;

	(void)state;
	wrong.about.setup = refuse_setup;
	assert_int_equal(walk(&wrong, &request, &outcome, &err), -1);
	assert_non_null(strstr(err.text, "the implementation cannot be set up here: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(correct_results_pass),
	    cmocka_unit_test(an_unpaired_call_is_refused),
	    cmocka_unit_test(a_removed_device_leaves_the_list),
	    cmocka_unit_test(refused_probes_are_not_counted),
	    cmocka_unit_test(a_count_has_few_bits),
	    cmocka_unit_test(a_user_claims_often),
	    cmocka_unit_test(claims_have_few_bits),
	    cmocka_unit_test(a_claim_needs_an_owner),
	    cmocka_unit_test(a_group_is_claimed_once),
	    cmocka_unit_test(a_group_is_released_whole),
	    cmocka_unit_test(another_group_is_bound),
	    cmocka_unit_test(refusal_without_cause_is_cautious),
	    cmocka_unit_test(leaked_groups_are_reported),
	    cmocka_unit_test(a_crash_is_reported),
	    cmocka_unit_test(an_exit_is_reported),
	    cmocka_unit_test(an_unsupported_design_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
