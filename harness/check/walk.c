/* SPDX-License-Identifier: MIT */
#include "harness/check/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/in_child.h"
#include "harness/check/spec.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

enum {
	TIMEOUT_SECONDS = 60,
	OWNERS = 2,
	TURN = 500,
	MANY = UINT16_MAX + 2, /* more than a 16-bit count can hold */
	MANY_OWNERS = 4160,    /* more than the table of owner_id.h can hold */
	RIVALS = 8,
};

/* The goal of the next operations. It changes at random, so that counts grow and then drop to zero
 * again. */
enum heading { TO_IDLE, TO_DRIVERS, TO_USER };

struct walker {
	const struct impl_ops *impl;
	struct model model; /* two groups of the same size; the walk is in the first one */
	size_t nr_devices;  /* in the first group */
	struct driver dma, managed;
	char owners[OWNERS]; /* owner tokens */
	struct spec_state state;
	unsigned short random[3];
	enum heading heading;
	struct walk_outcome *outcome;
};

static size_t draw_number(struct walker *w, size_t n)
{
	return (size_t)nrand48(w->random) % n;
}

static bool is_bound(struct device *dev)
{
	return atomic_load_explicit(&dev->driver, memory_order_relaxed) != NULL;
}

static struct group *group_of(const struct walker *w)
{
	return w->model.groups[0];
}

/* -- results -- */

static const char *result_name(int result, char text[static 12])
{
	const char *name = strerrorname_np(-result);

	if (!result || !name)
		snprintf(text, 12, "%d", result);
	else
		snprintf(text, 12, "-%s", name);
	return text;
}

static void note_fault(struct walker *w, enum impl_class found, const char *what, int got, int want)
{
	const char *owner = w->state.owner ? "a user" : w->state.cnt ? "drivers" : "nobody";
	char is[12], right[12];

	if (found <= w->outcome->found)
		return;
	w->outcome->found = found;
	snprintf(w->outcome->text, sizeof(w->outcome->text),
	    "%s returned %s instead of %s after %llu operations by one thread, in a group of %zu "
	    "devices that was owned by %s (count %u)",
	    what, result_name(got, is), result_name(want, right),
	    (unsigned long long)w->outcome->operations, w->nr_devices, owner, w->state.cnt);
}

static bool is_refusal(int result)
{
	return result == -EBUSY || result == -EPERM;
}

/* Returns the best class that a design with this wrong result can have. A cautious design may
 * refuse because of a concurrent operation, and a walk has none. So if it refuses what must be
 * granted, the group has stayed owned. */
static enum impl_class class_of_wrong(int got, int want)
{
	if (!is_refusal(got) || is_refusal(want))
		return CLASS_UNSAFE;
	return want ? CLASS_CAUTIOUS : CLASS_LEAKY;
}

/* Compares a result with the right one. If they match, the state becomes `after`. Otherwise assumes
 * that the call changed nothing. */
static void judge_answer(
    struct walker *w, const char *what, int got, int want, const struct spec_state *after)
{
	w->outcome->operations++;
	if (got == want)
		w->state = *after;
	else
		note_fault(w, class_of_wrong(got, want), what, got, want);
}

static void judge_step(
    struct walker *w, const char *what, enum spec_op op, unsigned int owner, int got)
{
	struct spec_state after = w->state;
	const int want = spec_step(&after, op, owner);

	judge_answer(w, what, got, want, &after);
}

/* -- operations -- */

static void probe_device(struct walker *w, struct device *dev)
{
	static const enum bus_fail fails[] = {BUS_FAIL_NONE, BUS_FAIL_NONE, BUS_FAIL_NONE,
	    BUS_FAIL_NONE, BUS_FAIL_PINCTRL, BUS_FAIL_CONFIGURE, BUS_FAIL_DRIVER};
	const enum bus_fail fail = fails[draw_number(w, sizeof(fails) / sizeof(fails[0]))];
	const bool managed = !draw_number(w, 16);
	struct spec_state after = w->state;
	int want = managed ? 0 : spec_step(&after, SPEC_USE, 0);

	if (fail == BUS_FAIL_PINCTRL || fail == BUS_FAIL_CONFIGURE)
		want = -ENXIO;
	else if (fail == BUS_FAIL_DRIVER && !want)
		want = -ENODEV;
	if (want)
		after = w->state;
	judge_answer(w, "a probe",
	    bus_probe(w->impl, dev, managed ? &w->managed : &w->dma, fail, BUS_PATH_PROBE), want,
	    &after);
}

static void unbind_device(struct walker *w, struct device *dev)
{
	const bool managed =
	    atomic_load_explicit(&dev->driver, memory_order_relaxed)->driver_managed_dma;
	struct spec_state after = w->state;

	if (!managed)
		spec_step(&after, SPEC_UNUSE, 0);
	judge_answer(w, "a remove", bus_remove(w->impl, dev, BUS_PATH_PROBE), 0, &after);
}

/* Unbinds the device if it is bound; otherwise probes it. */
static void flip_device(struct walker *w, struct device *dev)
{
	if (is_bound(dev))
		unbind_device(w, dev);
	else
		probe_device(w, dev);
}

/* Returns a random owner, or 0 for NULL. If a user owns the group, usually returns that owner. */
static unsigned int draw_owner(struct walker *w)
{
	if (w->state.owner && draw_number(w, 8))
		return (unsigned int)w->state.owner;
	return (unsigned int)draw_number(w, OWNERS + 1);
}

static void *owner_token(struct walker *w, unsigned int owner)
{
	return owner ? &w->owners[owner - 1] : NULL;
}

static void claim_group(struct walker *w, struct device *dev)
{
	const unsigned int owner = draw_owner(w);

	if (draw_number(w, 4))
		judge_step(w, "device_claim", SPEC_DEVICE_CLAIM, owner,
		    w->impl->device_claim(dev, owner_token(w, owner)));
	else
		judge_step(w, "group_claim", SPEC_GROUP_CLAIM, owner,
		    w->impl->group_claim(group_of(w), owner_token(w, owner)));
}

static void release_group(struct walker *w, const char *what)
{
	judge_step(w, what, SPEC_GROUP_RELEASE, 0, w->impl->group_release(group_of(w)));
}

/* Releases one claim if `nested` is set, otherwise all claims. */
static void release_claim(struct walker *w, struct device *dev, bool nested)
{
	if (nested)
		judge_step(
		    w, "device_release", SPEC_DEVICE_RELEASE, 0, w->impl->device_release(dev));
	else
		release_group(w, "group_release");
}

static void query_group(struct walker *w)
{
	judge_step(w, "claimed", SPEC_CLAIMED, 0, w->impl->claimed(group_of(w)));
}

static bool is_listed(const struct walker *w, const struct device *dev)
{
	const struct device *listed;

	LIST_FOREACH (listed, &group_of(w)->devices, link) {
		if (listed == dev)
			return true;
	}
	return false;
}

/* Removes an unbound device from the group and adds it again. Does nothing while a user owns the
 * group, because the claim may have been made through this device. */
static void replug_device(struct walker *w, struct device *dev)
{
	if (w->state.owner || is_bound(dev))
		return;
	w->impl->device_remove(group_of(w), dev);
	judge_answer(w, "a search for a removed device", is_listed(w, dev), false, &w->state);
	w->impl->device_add(group_of(w), dev);
	judge_answer(w, "a search for an added device", is_listed(w, dev), true, &w->state);
}

/* While no user owns the group, makes a call that lacks its counterpart and must return -EINVAL.
 * Calls through a device only if the group is idle: otherwise some designs mistake the call for
 * that of another driver (`ownbench misuse`). */
static void call_unpaired(struct walker *w, struct device *dev)
{
	const bool idle = !w->state.cnt && !w->impl->claimed(group_of(w));

	switch (idle ? draw_number(w, 3) : 0) {
	case 0:
		release_group(w, "an unpaired group_release");
		break;
	case 1:
		judge_step(
		    w, "an unpaired remove", SPEC_UNUSE, 0, w->impl->unuse_default_domain(dev));
		break;
	default:
		judge_step(w, "an unpaired device_release", SPEC_DEVICE_RELEASE, 0,
		    w->impl->device_release(dev));
	}
}

/* -- the walk -- */

/* Returns the first bound device at or after index `from`, wrapping around, or NULL if no device is
 * bound. */
static struct device *find_bound(const struct walker *w, size_t from)
{
	for (size_t i = 0; i < w->nr_devices; i++) {
		struct device *dev = w->model.devices[(from + i) % w->nr_devices];

		if (is_bound(dev))
			return dev;
	}
	return NULL;
}

static bool is_idle(const struct walker *w)
{
	return !w->state.cnt && !find_bound(w, 0);
}

static void turn_heading(struct walker *w)
{
	if (w->heading == TO_IDLE && is_idle(w))
		w->heading = draw_number(w, 2) ? TO_DRIVERS : TO_USER;
	else if (!draw_number(w, TURN))
		w->heading = TO_IDLE;
}

/* Performs a random operation that is legal in any state. */
static void do_any(struct walker *w, struct device *dev)
{
	switch (draw_number(w, 4)) {
	case 0:
		replug_device(w, dev);
		break;
	case 1:
		query_group(w);
		break;
	case 2:
		claim_group(w, dev);
		break;
	default:
		flip_device(w, dev);
	}
}

static void go_on(struct walker *w)
{
	const size_t at = draw_number(w, w->nr_devices);
	struct device *dev = w->model.devices[at];

	turn_heading(w);
	if (!w->state.owner && !draw_number(w, 16))
		call_unpaired(w, dev);
	if (!draw_number(w, 5))
		do_any(w, dev);
	else if (w->heading == TO_DRIVERS && !is_bound(dev))
		probe_device(w, dev);
	else if (w->heading == TO_USER)
		claim_group(w, dev);
	else if (w->heading == TO_IDLE && w->state.owner)
		release_claim(w, dev, draw_number(w, TURN));
	else if (w->heading == TO_IDLE && (dev = find_bound(w, at)))
		unbind_device(w, dev);
}

/* Returns whether the implementation's state and the expected one differ. Further results then mean
 * nothing. */
static bool is_lost(const struct walker *w)
{
	return w->outcome->found > CLASS_LEAKY;
}

/* Releases everything, and checks that nobody owns the group afterwards. */
static void release_all(struct walker *w)
{
	for (size_t i = 0; i < w->nr_devices && !is_lost(w); i++) {
		if (is_bound(w->model.devices[i]))
			unbind_device(w, w->model.devices[i]);
	}
	if (w->state.owner && !is_lost(w))
		release_group(w, "group_release");
	if (is_lost(w))
		return;
	if (w->impl->claimed(group_of(w)) || w->impl->group_claim(group_of(w), &w->owners[0]))
		note_fault(w, CLASS_LEAKY, "group_claim of a released group", -EPERM, 0);
	else
		w->impl->group_release(group_of(w));
}

static void claim_device(struct walker *w, unsigned int owner)
{
	if (!is_lost(w))
		judge_step(w, "device_claim", SPEC_DEVICE_CLAIM, owner,
		    w->impl->device_claim(w->model.devices[0], owner_token(w, owner)));
}

/* Lets another user claim in vain, and then releases the user's claims one by one. */
static void release_one_by_one(struct walker *w)
{
	claim_device(w, 2);
	for (uint64_t i = w->state.cnt; i && !is_lost(w); i--) {
		query_group(w);
		release_claim(w, w->model.devices[0], true);
	}
}

/*
 * Nests one user's claims until they exceed a 16-bit count or the design's own limit, then releases
 * them one by one. The limit must be at least IMPL_MIN_CLAIMS; a claim beyond it must return
 * -EOVERFLOW and change nothing. The group is idle before and afterwards.
 */
static void nest_claims(struct walker *w)
{
	struct device *dev = w->model.devices[0];

	for (uint64_t i = 0; i < MANY && !is_lost(w); i++) {
		const int got = w->impl->device_claim(dev, owner_token(w, 1));

		if (got == -EOVERFLOW && w->state.cnt >= IMPL_MIN_CLAIMS)
			break;
		judge_step(w, "device_claim", SPEC_DEVICE_CLAIM, 1, got);
	}
	release_one_by_one(w);
}

/* While a user owns the group, has more probes refused than a 16-bit count can hold. The user then
 * nests a claim and releases both. The group is idle before and afterwards, unless a claim was
 * lost. */
static void refuse_probes(struct walker *w)
{
	struct device *dev = w->model.devices[0];

	claim_device(w, 1);
	for (int i = 0; i < MANY && w->state.owner && !is_lost(w); i++)
		judge_answer(w, "a probe",
		    bus_probe(w->impl, dev, &w->dma, BUS_FAIL_NONE, BUS_PATH_PROBE), -EBUSY,
		    &w->state);
	claim_device(w, 1);
	release_one_by_one(w);
}

/*
 * Lets more owners claim, one after the other, than a design may be able to tell apart. A claim by
 * an owner after the first IMPL_MIN_OWNERS may be refused with -ENOSPC. While one owner has the
 * group, others must be refused. The group is idle before and afterwards, unless a claim was lost.
 */
static void change_owners(struct walker *w)
{
	char *owners = calloc(MANY_OWNERS, 1);

	if (!owners)
		abort(); /* out of memory */
	for (size_t i = 0; i < MANY_OWNERS && !is_lost(w); i++) {
		const int got = w->impl->group_claim(group_of(w), &owners[i]);

		if (got == -ENOSPC && i + OWNERS >= IMPL_MIN_OWNERS)
			break;
		judge_step(w, "group_claim", SPEC_GROUP_CLAIM, 1, got);
		for (int rival = 0; rival < RIVALS && i && w->state.owner && !is_lost(w); rival++)
			judge_step(w, "device_claim", SPEC_DEVICE_CLAIM, 2,
			    w->impl->device_claim(w->model.devices[0], &owners[draw_number(w, i)]));
		if (w->state.owner && !is_lost(w))
			release_group(w, "group_release");
	}
	free(owners);
}

/* Binds drivers to the second group, where they stay. They must make no difference to the first. */
static void bind_bystanders(struct walker *w)
{
	for (size_t i = w->nr_devices; i < w->model.nr_devices && !is_lost(w); i++) {
		const int got =
		    bus_probe(w->impl, w->model.devices[i], &w->dma, BUS_FAIL_NONE, BUS_PATH_PROBE);

		if (got)
			note_fault(w, class_of_wrong(got, 0), "a probe of another group", got, 0);
	}
}

static int walk_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err)
{
	const struct walk_request *request = what;
	struct walker w = {
	    .impl = impl,
	    .dma = {.name = "dma_api"},
	    .managed = {.name = "vfio-pci", .driver_managed_dma = true},
	    .random = {(unsigned short)request->seed, (unsigned short)(request->seed >> 16), 1},
	    .outcome = outcome,
	};
	struct topology topology;
	int ret;

	if (topology_uniform(2, request->devices, &topology, err))
		return -1;
	ret = model_create(&w.model, impl, &topology, err);
	topology_free(&topology);
	if (ret)
		return -1;
	w.nr_devices = request->devices;
	bind_bystanders(&w);
	for (uint64_t i = 0; i < request->operations && !is_lost(&w); i++) {
		go_on(&w);
		if (impl->about.thread_quiescent)
			impl->about.thread_quiescent();
	}
	release_all(&w);
	if (request->devices == 1) { /* once: any group will do */
		nest_claims(&w);
		release_all(&w);
		refuse_probes(&w);
		release_all(&w);
		change_owners(&w);
		release_all(&w);
	}
	return 0; /* the model's memory is freed when the process exits */
}

int walk(const struct impl_ops *impl, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err)
{
	char hung[HANG_TRACES_MAX] = "";
	enum task_end end = task_in_child(
	    impl, walk_task, request, outcome, sizeof(*outcome), TIMEOUT_SECONDS, hung, err);

	memcpy(outcome->hung, hung, sizeof(hung));
	if (end == TASK_DIED) {
		outcome->found = CLASS_UNSAFE;
		snprintf(outcome->text, sizeof(outcome->text),
		    "%.100s, after %llu operations by one thread", err->text,
		    (unsigned long long)outcome->operations);
	}
	return end == TASK_FAILED ? -1 : 0;
}
