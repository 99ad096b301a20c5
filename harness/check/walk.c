/* SPDX-License-Identifier: MIT */
#include "harness/check/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/in_child.h"
#include "harness/check/spec.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

enum { TIMEOUT_SECONDS = 60, OWNERS = 2, TURN = 500 };

/* Where the walk goes to for a while, so that counts grow, and come down to nothing again. */
enum heading { TO_IDLE, TO_DRIVERS, TO_USER };

struct walker {
	const struct impl_ops *impl;
	struct model model;
	struct driver dma, managed;
	char owners[OWNERS]; /* tokens */
	struct spec_state state;
	unsigned short random[3];
	enum heading heading;
	struct walk_outcome *outcome;
};

static size_t draw(struct walker *w, size_t n)
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

/* -- answers -- */

static const char *answer_name(int answer, char text[static 12])
{
	const char *name = strerrorname_np(-answer);

	if (!answer || !name)
		snprintf(text, 12, "%d", answer);
	else
		snprintf(text, 12, "-%s", name);
	return text;
}

static void note(struct walker *w, enum impl_class found, const char *what, int got, int want)
{
	char is[12], right[12];

	if (found <= w->outcome->found)
		return;
	w->outcome->found = found;
	snprintf(w->outcome->text, sizeof(w->outcome->text),
	    "%s answers %s, not %s, after %llu operations of one thread; count %u of %s, %zu "
	    "devices",
	    what, answer_name(got, is), answer_name(want, right),
	    (unsigned long long)w->outcome->operations, w->state.cnt,
	    w->state.owner ? "a user" : "drivers", w->model.nr_devices);
}

static bool is_refusal(int answer)
{
	return answer == -EBUSY || answer == -EPERM;
}

/* `after`: the state behind the right answer. A wrong one is taken to have changed nothing. */
static void judge(
    struct walker *w, const char *what, int got, int want, const struct spec_state *after)
{
	w->outcome->operations++;
	if (got == want)
		w->state = *after;
	else
		note(w, is_refusal(got) && !is_refusal(want) ? CLASS_CAUTIOUS : CLASS_UNSAFE, what,
		    got, want);
}

static void step(struct walker *w, const char *what, enum spec_op op, unsigned int owner, int got)
{
	struct spec_state after = w->state;
	const int want = spec_step(&after, op, owner);

	judge(w, what, got, want, &after);
}

/* -- what callers do -- */

static void probe(struct walker *w, struct device *dev)
{
	static const enum bus_fail fails[] = {BUS_FAIL_NONE, BUS_FAIL_NONE, BUS_FAIL_NONE,
	    BUS_FAIL_NONE, BUS_FAIL_PINCTRL, BUS_FAIL_CONFIGURE, BUS_FAIL_DRIVER};
	const enum bus_fail fail = fails[draw(w, sizeof(fails) / sizeof(fails[0]))];
	const bool managed = !draw(w, 16);
	struct spec_state after = w->state;
	int want = managed ? 0 : spec_step(&after, SPEC_USE, 0);

	if (fail == BUS_FAIL_PINCTRL || fail == BUS_FAIL_CONFIGURE)
		want = -ENXIO;
	else if (fail == BUS_FAIL_DRIVER && !want)
		want = -ENODEV;
	if (want)
		after = w->state;
	judge(w, "a probe",
	    bus_probe(w->impl, dev, managed ? &w->managed : &w->dma, fail, BUS_PATH_PROBE), want,
	    &after);
}

static void unbind(struct walker *w, struct device *dev)
{
	const bool managed =
	    atomic_load_explicit(&dev->driver, memory_order_relaxed)->driver_managed_dma;
	struct spec_state after = w->state;

	if (!managed)
		spec_step(&after, SPEC_UNUSE, 0);
	judge(w, "a remove", bus_remove(w->impl, dev, BUS_PATH_PROBE), 0, &after);
}

/* Bound or not, as it is the other way round. */
static void flip(struct walker *w, struct device *dev)
{
	if (is_bound(dev))
		unbind(w, dev);
	else
		probe(w, dev);
}

/* Mostly of who owns it already, if one does; at times of nobody. */
static unsigned int draw_owner(struct walker *w)
{
	if (w->state.owner && draw(w, 8))
		return (unsigned int)w->state.owner;
	return (unsigned int)draw(w, OWNERS + 1);
}

static void *token(struct walker *w, unsigned int owner)
{
	return owner ? &w->owners[owner - 1] : NULL;
}

static void claim(struct walker *w, struct device *dev)
{
	const unsigned int owner = draw_owner(w);

	if (draw(w, 4))
		step(w, "device_claim", SPEC_DEVICE_CLAIM, owner,
		    w->impl->device_claim(dev, token(w, owner)));
	else
		step(w, "group_claim", SPEC_GROUP_CLAIM, owner,
		    w->impl->group_claim(group_of(w), token(w, owner)));
}

static void release(struct walker *w, struct device *dev)
{
	if (draw(w, TURN))
		step(w, "device_release", SPEC_DEVICE_RELEASE, 0, w->impl->device_release(dev));
	else
		step(
		    w, "group_release", SPEC_GROUP_RELEASE, 0, w->impl->group_release(group_of(w)));
}

static void ask(struct walker *w)
{
	step(w, "claimed", SPEC_CLAIMED, 0, w->impl->claimed(group_of(w)));
}

/* A device that is bound to nothing leaves and comes back; while a user owns, it may be his. */
static void replug(struct walker *w, struct device *dev)
{
	if (w->state.owner || is_bound(dev))
		return;
	w->impl->device_remove(group_of(w), dev);
	w->impl->device_add(group_of(w), dev);
	w->outcome->operations++;
}

/* -- the walk -- */

/* From `from` on; NULL: none is bound. */
static struct device *find_bound(const struct walker *w, size_t from)
{
	for (size_t i = 0; i < w->model.nr_devices; i++) {
		struct device *dev = w->model.devices[(from + i) % w->model.nr_devices];

		if (is_bound(dev))
			return dev;
	}
	return NULL;
}

static bool is_idle(const struct walker *w)
{
	return !w->state.cnt && !find_bound(w, 0);
}

static void turn(struct walker *w)
{
	if (w->heading == TO_IDLE && is_idle(w))
		w->heading = draw(w, 2) ? TO_DRIVERS : TO_USER;
	else if (!draw(w, TURN))
		w->heading = TO_IDLE;
}

/* What a caller may do at any time. */
static void do_any(struct walker *w, struct device *dev)
{
	switch (draw(w, 4)) {
	case 0:
		replug(w, dev);
		break;
	case 1:
		ask(w);
		break;
	case 2:
		claim(w, dev);
		break;
	default:
		flip(w, dev);
	}
}

static void go_on(struct walker *w)
{
	const size_t at = draw(w, w->model.nr_devices);
	struct device *dev = w->model.devices[at];

	turn(w);
	if (!draw(w, 5))
		do_any(w, dev);
	else if (w->heading == TO_DRIVERS && !is_bound(dev))
		probe(w, dev);
	else if (w->heading == TO_USER)
		claim(w, dev);
	else if (w->heading == TO_IDLE && w->state.owner)
		release(w, dev);
	else if (w->heading == TO_IDLE && (dev = find_bound(w, at)))
		unbind(w, dev);
}

/* Once the states have parted, further answers say nothing. */
static bool is_lost(const struct walker *w)
{
	return w->outcome->found >= CLASS_LEAKY;
}

/* All let go; nobody owns the group then. */
static void end(struct walker *w)
{
	for (size_t i = 0; i < w->model.nr_devices && !is_lost(w); i++) {
		if (is_bound(w->model.devices[i]))
			unbind(w, w->model.devices[i]);
	}
	if (w->state.owner && !is_lost(w))
		step(
		    w, "group_release", SPEC_GROUP_RELEASE, 0, w->impl->group_release(group_of(w)));
	if (is_lost(w))
		return;
	if (w->impl->claimed(group_of(w)) || w->impl->group_claim(group_of(w), &w->owners[0]))
		note(w, CLASS_LEAKY, "group_claim of what all have let go", -EPERM, 0);
	else
		w->impl->group_release(group_of(w));
}

static int task(const struct impl_ops *impl, const void *what, void *outcome, struct error *err)
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

	if (topology_uniform(1, request->devices, &topology, err))
		return -1;
	ret = model_create(&w.model, impl, &topology, err);
	topology_free(&topology);
	if (ret)
		return -1;
	for (uint64_t i = 0; i < request->operations && !is_lost(&w); i++) {
		go_on(&w);
		if (impl->about.thread_quiescent)
			impl->about.thread_quiescent();
	}
	end(&w);
	return 0; /* the process ends, and the model with it */
}

int walk(const struct impl_ops *impl, const struct walk_request *request,
    struct walk_outcome *outcome, struct error *err)
{
	enum task_end end =
	    task_in_child(impl, task, request, outcome, sizeof(*outcome), TIMEOUT_SECONDS, err);

	if (end == TASK_DIED) {
		outcome->found = CLASS_UNSAFE;
		snprintf(outcome->text, sizeof(outcome->text),
		    "%.100s, after %llu operations of one thread", err->text,
		    (unsigned long long)outcome->operations);
	}
	return end == TASK_FAILED ? -1 : 0;
}
