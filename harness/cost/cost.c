/* SPDX-License-Identifier: MIT */
#include "harness/cost/cost.h"

#include <string.h>

#include "harness/model/bus.h"

enum { MAX_STEPS = 5, WARM_UP = 16, ROUNDS = 64 };

/* One operation of a CPU. Probes and removes act on the device, claims and releases on the
 * group. */
struct step {
	uint8_t cpu, op, device;
	bool shown; /* the step's counts are part of the result */
};

struct script {
	enum cost_setting setting;
	struct step before; /* run once, before the rounds */
	bool begins;        /* whether `before` is used */
	unsigned int n;
	struct step round[MAX_STEPS];
};

/* The objects that operations act on, in the counter's memory. */
struct world {
	const struct impl_ops *ops;
	struct counter counter;
	struct driver driver;
	struct group *group;
	struct device *devices[COST_DEVICES];
	char *owner;
};

const char *const cost_setting_names[NR_COST_SETTINGS] = {
    [COST_ALONE] = "alone",
    [COST_SHARED] = "shared",
};

const char *const cost_op_names[NR_COST_OPS] = {
    [COST_PROBE] = "probe",
    [COST_REMOVE] = "remove",
    [COST_REFUSED_PROBE] = "refused_probe",
    [COST_CLAIM] = "claim",
    [COST_RELEASE] = "release",
    [COST_REFUSED_CLAIM] = "refused_claim",
};

static const struct script scripts[] = {
    {COST_ALONE, .n = 2, .round = {{0, COST_PROBE, 0, true}, {0, COST_REMOVE, 0, true}}},
    {COST_ALONE, .n = 2, .round = {{0, COST_CLAIM, 0, true}, {0, COST_RELEASE, 0, true}}},
    {COST_ALONE, {0, COST_CLAIM, 0, false}, true, 1, {{0, COST_REFUSED_PROBE, 0, true}}},
    {COST_ALONE, {0, COST_PROBE, 0, false}, true, 1, {{0, COST_REFUSED_CLAIM, 0, true}}},
    {COST_SHARED, .n = 4,
	.round = {{0, COST_PROBE, 0, true}, {1, COST_PROBE, 1, true}, {0, COST_REMOVE, 0, true},
	    {1, COST_REMOVE, 1, true}}},
    {COST_SHARED, .n = 4,
	.round = {{0, COST_CLAIM, 0, true}, {0, COST_RELEASE, 0, true}, {1, COST_PROBE, 0, false},
	    {1, COST_REMOVE, 0, false}}},
    {COST_SHARED, {0, COST_CLAIM, 0, false}, true, 2,
	{{0, COST_REFUSED_PROBE, 0, true}, {1, COST_REFUSED_PROBE, 1, true}}},
    {COST_SHARED, .n = 3,
	.round = {{1, COST_PROBE, 0, false}, {0, COST_REFUSED_CLAIM, 0, true},
	    {1, COST_REMOVE, 0, false}}},
};
enum { NR_SCRIPTS = sizeof(scripts) / sizeof(scripts[0]) };

/* -- the objects -- */

static int build_world(struct world *w, const char *name, struct error *err)
{
	const struct impl_ops *ops = w->ops;
	struct bus_group *group = counter_alloc(
	    &w->counter, BUS_ALIGN, offsetof(struct bus_group, group.state) + ops->group_size);
	int ret;

	w->owner = counter_alloc(&w->counter, BUS_ALIGN, 1);
	if (!group || !w->owner)
		return error_set(err, "%s: the group state is too large for the cost model", name);
	w->group = &group->group;
	if (ops->about.setup && (ret = ops->about.setup()))
		return error_set(err, "%s: setup failed: %s", name, strerror(-ret));
	if (ops->group_init && (ret = ops->group_init(w->group)))
		return error_set(err, "%s: group_init failed: %s", name, strerror(-ret));
	for (int i = 0; i < COST_DEVICES; i++) {
		struct bus_device *dev = counter_alloc(&w->counter, BUS_ALIGN,
		    offsetof(struct bus_device, dev.state) + ops->device_size);

		if (!dev)
			return error_set(
			    err, "%s: the device state is too large for the cost model", name);
		w->devices[i] = &dev->dev;
		w->devices[i]->group = w->group;
		ops->device_add(w->group, w->devices[i]);
	}
	return 0;
}

/* One thread acts as both CPUs. It does not register itself with the implementation: only the RCU
 * libraries need that, and models replace them. */
static int world_create(struct world *w, const struct explored *counted, struct error *err)
{
	w->ops = counted->ops;
	w->driver = (struct driver){.name = "driver"};
	if (counter_init(&w->counter, err))
		return -1;
	if (!build_world(w, counted->name, err))
		return 0;
	counter_free(&w->counter);
	return -1;
}

static void world_destroy(struct world *w)
{
	for (int i = 0; i < COST_DEVICES; i++)
		w->ops->device_remove(w->group, w->devices[i]);
	if (w->ops->group_destroy)
		w->ops->group_destroy(w->group);
	counter_free(&w->counter);
}

/* -- steps -- */

/* Passes the store to the counter explicitly, because the harness is not instrumented. */
static void set_driver(struct device *dev, struct driver *drv)
{
	counter_plain(&dev->driver, sizeof(dev->driver), true);
	device_set_driver(dev, drv);
}

static const struct driver_core core = {.set_driver = set_driver};

static int call_step(struct world *w, const struct step *s)
{
	struct device *dev = w->devices[s->device];

	switch ((enum cost_op)s->op) {
	case COST_PROBE:
	case COST_REFUSED_PROBE:
		return core_probe(&core, w->ops, dev, &w->driver, BUS_FAIL_NONE);
	case COST_REMOVE:
		return core_remove(&core, w->ops, dev);
	case COST_CLAIM:
	case COST_REFUSED_CLAIM:
		return w->ops->group_claim(w->group, w->owner);
	default:
		return w->ops->group_release(w->group);
	}
}

/* Runs and counts one operation. Returns whether its result is the expected one. */
static bool run_step(struct world *w, const struct step *s)
{
	static const int answers[NR_COST_OPS] = {
	    [COST_REFUSED_PROBE] = -EBUSY, [COST_REFUSED_CLAIM] = -EPERM};
	int ret;

	counter_start(&w->counter, s->cpu);
	ret = call_step(w, s);
	counter_stop();
	return ret == answers[s->op];
}

/* Runs the script once, and adds the counts to `sums`. Returns false if an operation's result is
 * not the expected one. */
static bool go_round(struct world *w, const struct script *script, uint64_t sums[][NR_COUNTS])
{
	for (unsigned int i = 0; i < script->n; i++) {
		const struct step *s = &script->round[i];

		memset(w->counter.counts, 0, sizeof(w->counter.counts));
		if (!run_step(w, s))
			return false;
		for (int c = 0; c < NR_COUNTS && s->shown; c++)
			sums[s->op][c] += w->counter.counts[c];
	}
	return true;
}

static unsigned int times_shown(const struct script *script, enum cost_op op)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < script->n; i++)
		n += script->round[i].op == op && script->round[i].shown;
	return n;
}

static void run_script(struct world *w, const struct script *script, struct costs *costs)
{
	uint64_t sums[NR_COST_OPS][NR_COUNTS] = {0};
	bool ok = !script->begins || run_step(w, &script->before);

	for (int i = 0; ok && i < WARM_UP; i++)
		ok = go_round(w, script, sums);
	memset(sums, 0, sizeof(sums));
	for (int i = 0; ok && i < ROUNDS; i++)
		ok = go_round(w, script, sums);
	for (int op = 0; ok && op < NR_COST_OPS; op++) {
		unsigned int n = ROUNDS * times_shown(script, (enum cost_op)op);
		struct cost *cost = &costs->of[script->setting][op];

		cost->known |= n > 0;
		for (int c = 0; n && c < NR_COUNTS; c++)
			cost->counts[c] = (double)sums[op][c] / n;
	}
}

int cost_of(const struct explored *counted, struct costs *costs, struct error *err)
{
	struct world world;

	memset(costs, 0, sizeof(*costs));
	for (int i = 0; i < NR_SCRIPTS; i++) {
		bool overflow;

		if (world_create(&world, counted, err))
			return -1;
		run_script(&world, &scripts[i], costs);
		overflow = world.counter.overflow;
		world_destroy(&world);
		if (overflow)
			return error_set(err, "%s: touches too many cache lines for the cost model",
			    counted->name);
	}
	return 0;
}
