/* SPDX-License-Identifier: MIT */
/* The family "configure". Races use each device once; other workloads touch the same devices
 * repeatedly. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/aligned.h"
#include "harness/check/history.h"
#include "harness/configure/configure.h"
#include "harness/measure/batches.h"
#include "harness/measure/clock.h"

/* The three patterns in Jason Gunthorpe's mail of 18 Aug 2023 (results/DEBATE.md), and the worst
 * case. In the third pattern, a probe finds a wrong firmware node and configures its device a
 * second time, by hand. It holds the device's lock throughout, while another probe runs. */
static const struct {
	const char *name;
	enum configure_act act[RACE_THREADS];
} kinds[] = {
    {"steal: probe/by hand", {CONFIGURE_PROBE, CONFIGURE_BY_HAND}},
    {"platform: add and configure by hand/probe", {CONFIGURE_ANNOUNCE, CONFIGURE_AWAIT}},
    {"fixup: probe/probe", {CONFIGURE_PROBE, CONFIGURE_PROBE}},
    {"by hand/by hand", {CONFIGURE_BY_HAND, CONFIGURE_BY_HAND}},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static const char *race_name(size_t race)
{
	return race < KINDS ? kinds[race].name : NULL;
}

/* -- devices -- */

static void *allocate_aligned(size_t bytes)
{
	void *p = aligned_zeroed(bytes, BUS_ALIGN);

	if (!p)
		abort(); /* out of memory: at most a few kilobytes are needed */
	return p;
}

static struct configure *create_devices(const struct engine *engine, size_t nr_devices)
{
	struct configure *c = allocate_aligned(sizeof(*c));
	const size_t nr = nr_devices * engine->nr_threads;

	c->ops = engine->spec->instance->ops;
	c->nr_devices = nr_devices;
	c->nr_threads = engine->nr_threads;
	c->devices = allocate_aligned(nr_devices * sizeof(struct iommu_device *));
	c->touchers = allocate_aligned(nr * sizeof(*c->touchers));
	c->seen = allocate_aligned(nr * sizeof(struct iommu_state *));
	c->given = allocate_aligned(nr_devices * sizeof(*c->given));
	for (size_t i = 0; i < nr; i++)
		c->touchers[i].turns = engine->spec->hold;
	for (size_t i = 0; i < nr_devices; i++) {
		c->devices[i] = allocate_aligned(sizeof(struct iommu_device) + c->ops->device_size);
		pthread_mutex_init(&c->devices[i]->lock, NULL);
		if (c->ops->device_init && c->ops->device_init(c->devices[i]))
			abort();
	}
	return c;
}

/* A fault can create duplicate states. They are leaked on purpose, as they would be in the
 * kernel. */
static void destroy_devices(struct configure *c)
{
	for (size_t i = 0; i < c->nr_devices; i++) {
		free(c->ops->state(c->devices[i]));
		if (c->ops->device_destroy)
			c->ops->device_destroy(c->devices[i]);
		pthread_mutex_destroy(&c->devices[i]->lock);
		free(c->devices[i]);
	}
	free(c->devices);
	free(c->given);
	free(c->touchers);
	free(c->seen);
	free(c);
}

/* -- races -- */

static void set_up(struct engine *engine)
{
	struct configure *c = create_devices(engine, RACE_GROUPS);

	engine->family_data = c;
	for (unsigned int t = 0; t < RACE_THREADS; t++)
		engine->races.racers[t].family_data = c;
}

/* Returns whether a thread got a state that the device did not keep. */
static bool is_split(const struct configure *c, size_t i)
{
	const struct iommu_state *stays = c->ops->state(c->devices[i]);

	return c->seen[i] != stays || c->seen[c->nr_devices + i] != stays;
}

static void judge_device(struct engine *engine, size_t i)
{
	const struct configure *c = engine->family_data;
	struct race_count *count = &engine->result->races[engine->races.now];
	const struct toucher *t = &c->touchers[i], *u = &c->touchers[c->nr_devices + i];
	const bool incomplete = !c->seen[i] || !c->seen[c->nr_devices + i];
	const bool split = !incomplete && is_split(c, i);
	double *figures = engine->result->figures;

	count->trials++;
	figures[CONFIGURE_TOUCHES]++;
	count->lost += incomplete;
	count->conflicts += split;
	figures[CONFIGURE_DOUBLES] += t->set_ups + u->set_ups > 1;
	figures[CONFIGURE_REPORTS] += (double)(t->reports + u->reports);
	if ((split || incomplete) && count->first == 0)
		count->first = clock_seconds_since(engine->races.start_ns);
}

static void judge_batch(struct engine *engine)
{
	for (size_t i = 0; i < engine->races.nr_trials; i++)
		judge_device(engine, i);
	destroy_devices(engine->family_data);
	engine->family_data = NULL;
}

static race_loop *act_of(const struct engine *engine, unsigned int thread)
{
	return engine->spec->instance->races[kinds[engine->races.now].act[thread]];
}

static const struct race_finding findings[] = {
    {offsetof(struct race_count, conflicts), CLASS_UNSAFE, "two states of one device"},
    {offsetof(struct race_count, lost), CLASS_UNSAFE, "incomplete states"},
    {.what = NULL},
};

static const struct batches batches = {set_up, judge_batch, act_of, findings};

/* -- devices that are touched again and again -- */

static int create_configure(
    struct engine *engine, const struct model_layout *layout, struct error *err)
{
	(void)layout; /* objects are cache-aligned, but not placed on NUMA nodes */
	(void)err;
	if (engine->spec->loop != LOOP_RACE)
		engine->family_data = create_devices(engine, engine->spec->topology->nr_devices);
	return 0;
}

static void prepare_thread(struct engine_thread *thread)
{
	struct configure *c = thread->engine->family_data;
	struct configure_worker *w;

	if (!c)
		return;
	w = allocate_aligned(sizeof(*w));
	w->configure = c;
	w->touchers = &c->touchers[thread->number * c->nr_devices];
	w->seen = &c->seen[thread->number * c->nr_devices];
	thread->worker.context = w;
}

static void destroy_configure(struct engine *engine)
{
	for (unsigned int i = 0; i < engine->nr_threads; i++)
		free(engine->threads[i].worker.context);
	if (engine->family_data)
		destroy_devices(engine->family_data);
}

/* Adds the threads' counts to the figures. Returns how many touches returned an incomplete
 * state. */
static uint64_t add_up(struct engine *engine, const struct configure *c)
{
	double *figures = engine->result->figures;
	uint64_t incomplete = 0;

	for (unsigned int i = 0; i < engine->nr_threads; i++) {
		const struct worker *worker = &engine->threads[i].worker;

		incomplete += ((const struct configure_worker *)worker->context)->incomplete;
		figures[CONFIGURE_TOUCHES] += (double)worker->tally.uses;
	}
	for (size_t i = 0; i < c->nr_devices * c->nr_threads; i++)
		figures[CONFIGURE_REPORTS] += (double)c->touchers[i].reports;
	return incomplete;
}

/* Returns whether at most one state was kept, and was the last that each thread got. */
static bool is_shared(const struct configure *c, size_t device)
{
	const struct iommu_state *stays = c->ops->state(c->devices[device]);
	uint64_t set_ups = 0;

	for (unsigned int t = 0; t < c->nr_threads; t++) {
		const size_t i = t * c->nr_devices + device;

		set_ups += c->touchers[i].set_ups - c->touchers[i].discarded;
		if (c->seen[i] && c->seen[i] != stays)
			return false;
	}
	return set_ups <= 1;
}

static void audit_configure(struct engine *engine)
{
	struct configure *c = engine->family_data;
	uint64_t incomplete, split = 0;

	if (!c || engine->spec->instance->about->class == CLASS_NONE)
		return; /* batches of races are judged separately; the ceiling guarantees nothing */
	incomplete = add_up(engine, c);
	for (size_t i = 0; i < c->nr_devices; i++)
		split += !is_shared(c, i);
	if (!incomplete && !split)
		return;
	engine->result->found = CLASS_UNSAFE;
	snprintf(engine->result->failure, sizeof(engine->result->failure),
	    "%s: %" PRIu64 " devices got more than one state, %" PRIu64
	    " touches returned an incomplete state",
	    engine->spec->instance->name, split, incomplete);
}

/* -- histories -- */

/* Returns the id of a state of the device, or 0 for NULL. If there are too many states, they share
 * the last id: more than one state is a fault anyway. */
static int16_t id_of(const struct configure *c, size_t device, const struct iommu_state *state)
{
	const struct iommu_state **given = c->given[device];
	int16_t id = 0;

	if (!state)
		return 0;
	while (id + 1 < CONFIGURE_GIVEN && given[id] && given[id] != state)
		id++;
	given[id] = state;
	return (int16_t)(id + 1);
}

static void fill_op(const struct engine *engine, const struct record *record, struct history_op *op)
{
	const struct configure *c = engine->family_data;

	while (c->devices[op->group] != record->of)
		op->group++;
	op->result = id_of(c, op->group, record->with);
}

/* Records a query of each device's final state. */
static int record_own(const struct engine *engine, struct history *h, uint64_t end)
{
	const struct configure *c = engine->family_data;
	int ret = 0;

	for (size_t i = 0; i < c->nr_devices; i++)
		ret |= history_add(h, &(struct history_op){.kind = SPEC_STATE,
					  .group = (uint32_t)i,
					  .thread = (uint16_t)engine->nr_threads,
					  .call = end + i,
					  .ret = end + i,
					  .result = id_of(c, i, c->ops->state(c->devices[i]))});
	return ret;
}

const struct family family_configure = {
    .name = "configure",
    .summary = "several contexts set up a device's IOMMU state for the first time at once",
    .best = CLASS_SAFE,
    .race_name = race_name,
    .create = create_configure,
    .destroy = destroy_configure,
    .prepare = prepare_thread,
    .audit = audit_configure,
    .recorded = fill_op,
    .record_own = record_own,
    .batches = &batches,
};
