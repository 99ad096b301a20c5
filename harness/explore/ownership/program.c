/* SPDX-License-Identifier: MIT */
/* The explored program of the ownership family: runs a scenario, with the driver core's steps, on
 * one implementation. */
#include <stdio.h>
#include <string.h>

#include "harness/explore/ownership/ownership.h"
#include "harness/model/driver_core.h"

/* Turns the driver core's own accesses into steps. Must come after all other headers, whose
 * accesses are no steps. */
#include "harness/explore/atomics.h"

/* In bytes. Equals NEARBY_SPACING in impl/nearby.h, which the harness does not include. */
enum { NEAR = 128 };

enum { NR_OWNERS = 4 };

/* Objects for sync_work(). OBJECT_MEMORY: the devices' memory, which holders access. OBJECT_LIST:
 * changes of the device list, which must be ordered with each other. OBJECT_LOOKS: changes of
 * the list, which must be ordered with reads. */
enum { OBJECT_MEMORY, OBJECT_LIST, OBJECT_LOOKS };

struct program {
	const struct impl_ops *ops;
	struct script plan;
	bool write_once;
	int n_devices;
	bool present[MAX_DEVICES]; /* in the group at the start */
	bool locked[MAX_DEVICES];  /* several threads take the device_lock */
	bool list_changes;         /* threads add or remove devices */
	struct driver dma, managed;
	/* The thread's own driver, if the thread unregisters it; otherwise NULL. */
	struct driver *own[MAX_THREADS];
	struct group *group;
	struct device *devices[MAX_DEVICES];
	struct lock *device_locks[MAX_DEVICES];
	struct lockorder *locks; /* the machine's record of locks */
	char *owners;            /* each owner is the address of one of NR_OWNERS bytes */

	/* State of the current execution. */
	struct {
		bool bound[MAX_DEVICES];               /* bound by this thread */
		struct core_claim claims[MAX_ACTIONS]; /* stack: the last claim is released first */
		int n_claims;
		bool freed; /* this thread's own driver was freed */
	} threads[MAX_THREADS];
};

static int device_number(const struct program *p, const struct device *dev)
{
	int d = 0;

	while (d < p->n_devices && p->devices[d] != dev)
		d++;
	if (d == p->n_devices)
		machine_refuse("the implementation locks a pointer that is not a device");
	return d;
}

/* Takes or releases a device's lock, by calling `step`, or `alone` if no other thread takes this
 * lock. Outside of an execution, does nothing. */
static void switch_device_lock(const struct source_location *site, const struct device *dev,
    void (*step)(const struct source_location *site, struct lock *lock),
    void (*alone)(const struct source_location *site, struct lock *lock))
{
	const struct program *p = machine_running() ? machine_running()->program : NULL;
	int d;

	if (!p)
		return;
	d = device_number(p, dev);
	(p->locked[d] ? step : alone)(site, p->device_locks[d]);
}

void explore_device_lock(const struct source_location *site, const struct device *dev)
{
	switch_device_lock(site, dev, explore_lock, explore_lock_alone);
}

void explore_device_unlock(const struct source_location *site, const struct device *dev)
{
	switch_device_lock(site, dev, explore_unlock, explore_unlock_alone);
}

/* impl.h requires the device's lock in probe, remove and the notifier chain. */
void explore_device_lock_assert(const struct source_location *site, const struct device *dev)
{
	const struct program *p = machine_running() ? machine_running()->program : NULL;

	if (p)
		explore_assert_held(site, p->device_locks[device_number(p, dev)]);
}

/* Records that a holder accesses the devices' memory. Owner 0 stands for all drivers, because they
 * may access it at the same time. */
static void work_on_devices(unsigned int owner)
{
	machine_work(SOURCE_LOCATION("work"), OBJECT_MEMORY, owner);
}

/* A change of the list must be ordered with all other changes and all reads. */
void explore_list(const struct source_location *site, bool changes)
{
	const struct machine *m = machine_running();
	const struct program *p = m ? m->program : NULL;

	if (!p || (!p->list_changes && !changes))
		return;
	if (!p->list_changes)
		machine_refuse(
		    "the implementation changes the device list, but no device comes or goes");
	if (changes)
		machine_work(site, OBJECT_LIST, (unsigned int)m->current->id);
	machine_work(site, OBJECT_LOOKS, changes);
}

/* -- what harness/model/driver_core.h runs over -- */

static struct program *program_now(void)
{
	return machine_now_used()->program;
}

static int recorded_use(struct device *dev)
{
	const struct program *p = program_now();
	int ret;

	explore_device_lock_assert(SOURCE_LOCATION("use_default_domain"), dev);
	ret = OPERATION(SPEC_USE, device_number(p, dev), 0, "use_default_domain",
	    p->ops->use_default_domain(dev));
	if (!ret)
		work_on_devices(0);
	return ret;
}

static int recorded_unuse(struct device *dev)
{
	const struct program *p = program_now();

	work_on_devices(0);
	explore_device_lock_assert(SOURCE_LOCATION("unuse_default_domain"), dev);
	return OPERATION(SPEC_UNUSE, device_number(p, dev), 0, "unuse_default_domain",
	    p->ops->unuse_default_domain(dev));
}

static int owner_number(const struct program *p, const void *owner)
{
	return (int)((const char *)owner - p->owners);
}

/* Returns the owner whose claim the current thread releases next. */
static int releasing_owner(const struct program *p)
{
	const int t = machine_running()->current->id;

	return owner_number(p, p->threads[t].claims[p->threads[t].n_claims - 1].owner);
}

static int recorded_group_claim(struct group *group, void *owner)
{
	const struct program *p = program_now();

	return OPERATION(SPEC_GROUP_CLAIM, 0, owner_number(p, owner), "group_claim",
	    p->ops->group_claim(group, owner));
}

static int recorded_group_release(struct group *group)
{
	const struct program *p = program_now();

	return OPERATION(SPEC_GROUP_RELEASE, 0, releasing_owner(p), "group_release",
	    p->ops->group_release(group));
}

static int recorded_device_claim(struct device *dev, void *owner)
{
	const struct program *p = program_now();

	return OPERATION(SPEC_DEVICE_CLAIM, device_number(p, dev), owner_number(p, owner),
	    "device_claim", p->ops->device_claim(dev, owner));
}

static int recorded_device_release(struct device *dev)
{
	const struct program *p = program_now();

	return OPERATION(SPEC_DEVICE_RELEASE, device_number(p, dev), releasing_owner(p),
	    "device_release", p->ops->device_release(dev));
}

static void checked_notify(struct device *dev, enum bus_event event)
{
	const struct program *p = program_now();

	if (!p->ops->notify)
		return;
	explore_device_lock_assert(SOURCE_LOCATION("notify"), dev);
	p->ops->notify(dev, event);
}

static const struct impl_ops recorded = {
    .use_default_domain = recorded_use,
    .unuse_default_domain = recorded_unuse,
    .group_claim = recorded_group_claim,
    .group_release = recorded_group_release,
    .device_claim = recorded_device_claim,
    .device_release = recorded_device_release,
    .notify = checked_notify,
};

static void device_lock(struct device *dev)
{
	explore_device_lock(SOURCE_LOCATION("device_lock"), dev);
}

static void device_unlock(struct device *dev)
{
	explore_device_unlock(SOURCE_LOCATION("device_unlock"), dev);
}

static struct driver *device_driver(struct device *dev)
{
	return atomic_load_explicit(&dev->driver, memory_order_relaxed);
}

/* If only one thread uses the device, skips the load of dev->driver, which would be a superfluous
 * step. */
static bool is_bound(struct device *dev)
{
	const struct program *p = program_now();

	return p->locked[device_number(p, dev)] && device_driver(dev);
}

/* The release pairs with the acquire of a walk over driver pointers, as in harness/model/bus.h.
 * With write_once, the store is relaxed. */
static void set_driver(struct device *dev, struct driver *drv)
{
	if (program_now()->write_once)
		atomic_store_explicit(&dev->driver, drv, memory_order_relaxed);
	else
		atomic_store_explicit(&dev->driver, drv, memory_order_release);
}

static const struct driver_core locking_core = {
    .lock = device_lock,
    .unlock = device_unlock,
    .is_bound = is_bound,
    .driver = device_driver,
    .set_driver = set_driver,
    .notifies = true,
};

/* A faulty caller, which does not take device_lock. */
static const struct driver_core lockless_core = {
    .is_bound = is_bound,
    .driver = device_driver,
    .set_driver = set_driver,
    .notifies = true,
};

static void user_works(const struct core_claim *claim)
{
	work_on_devices((unsigned int)owner_number(program_now(), claim->owner));
}

static const struct core_user working_user = {user_works, user_works};

/* -- drivers that are freed -- */

/* Reading a driver is a step only if the driver can be freed. */
bool explore_driver_manages(const struct source_location *site, const struct driver *drv)
{
	const struct program *p = machine_running() ? machine_running()->program : NULL;

	for (int t = 0; p && t < p->plan.n_threads; t++)
		if (drv == p->own[t])
			return explore_load(site, &drv->driver_managed_dma,
			    sizeof(drv->driver_managed_dma), memory_order_relaxed);
	return drv->driver_managed_dma;
}

/* Returns the driver that the thread's probes bind. */
static struct driver *driver_of(struct program *p, int t)
{
	return p->own[t] && !p->threads[t].freed ? p->own[t] : &p->dma;
}

/* Unregisters and frees the thread's driver, which no device is bound to any more. */
static void unregister_driver(struct program *p, int t)
{
	struct driver *drv = driver_of(p, t);

	lockorder_enter(p->locks, (unsigned int)t, SOURCE_LOCATION("driver_unregister"));
	if (p->ops->driver_unregister)
		p->ops->driver_unregister(drv);
	lockorder_leave(p->locks, (unsigned int)t);
	explore_free(SOURCE_LOCATION("free driver"), drv, sizeof(*drv));
	p->threads[t].freed = true;
}

/* -- actions -- */

static void do_probe(struct program *p, int t, const struct action *a)
{
	static const enum bus_fail fails[] = {
	    [ACTION_PROBE_PINCTRL] = BUS_FAIL_PINCTRL,
	    [ACTION_PROBE_FAIL] = BUS_FAIL_DRIVER,
	    [ACTION_PROBE_UNLOCKED] = BUS_FAIL_NONE,
	};
	const struct driver_core *core =
	    a->kind == ACTION_PROBE_UNLOCKED ? &lockless_core : &locking_core;
	struct driver *drv = a->kind == ACTION_PROBE_MANAGED ? &p->managed : driver_of(p, t);

	if (!core_probe(core, &recorded, p->devices[a->device], drv, fails[a->kind]))
		p->threads[t].bound[a->device] = true;
}

static void do_remove(struct program *p, int t, int d)
{
	if (!p->threads[t].bound[d])
		return;
	p->threads[t].bound[d] = false;
	core_remove(&locking_core, &recorded, p->devices[d]);
}

static void do_claim(struct program *p, int t, const struct action *a)
{
	const struct core_claim claim = {
	    .group = p->group,
	    .dev = a->kind == ACTION_DEVICE_CLAIM ? p->devices[a->device] : NULL,
	    .owner = &p->owners[a->owner],
	};

	if (!core_claim(&working_user, &recorded, &claim))
		p->threads[t].claims[p->threads[t].n_claims++] = claim;
}

static void do_release(struct program *p, int t)
{
	int *n = &p->threads[t].n_claims;

	if (!*n)
		return;
	core_release(&working_user, &recorded, &p->threads[t].claims[*n - 1]);
	--*n;
}

static void do_unregister(struct program *p, int t)
{
	for (int d = 0; d < p->n_devices; d++)
		do_remove(p, t, d);
	if (driver_of(p, t) == p->own[t] && !p->ops->drivers_must_stay)
		unregister_driver(p, t);
}

static void run_action(struct program *p, int t, const struct action *a)
{
	switch ((enum ownership_action)a->kind) {
	case ACTION_PROBE:
	case ACTION_PROBE_PINCTRL:
	case ACTION_PROBE_FAIL:
	case ACTION_PROBE_MANAGED:
	case ACTION_PROBE_UNLOCKED:
		do_probe(p, t, a);
		break;
	case ACTION_REMOVE:
		do_remove(p, t, a->device);
		break;
	case ACTION_CLAIM:
	case ACTION_DEVICE_CLAIM:
		do_claim(p, t, a);
		break;
	case ACTION_RELEASE:
		do_release(p, t);
		break;
	case ACTION_CLAIMED:
		OPERATION(SPEC_CLAIMED, 0, 0, "claimed", p->ops->claimed(p->group));
		break;
	case ACTION_ADD:
		lockorder_enter(p->locks, (unsigned int)t, SOURCE_LOCATION("device_add"));
		p->ops->device_add(p->group, p->devices[a->device]);
		lockorder_leave(p->locks, (unsigned int)t);
		break;
	case ACTION_DEL:
		lockorder_enter(p->locks, (unsigned int)t, SOURCE_LOCATION("device_remove"));
		p->ops->device_remove(p->group, p->devices[a->device]);
		lockorder_leave(p->locks, (unsigned int)t);
		break;
	case ACTION_UNREGISTER:
		do_unregister(p, t);
		break;
	}
}

static void run_thread(struct machine *m, int t)
{
	struct program *p = m->program;

	memset(&p->threads[t], 0, sizeof(p->threads[t]));
	if (p->ops->about.thread_register)
		p->ops->about.thread_register();
	for (int i = 0; i < p->plan.n_actions[t]; i++)
		run_action(p, t, &p->plan.actions[t][i]);
	if (p->ops->about.thread_unregister)
		p->ops->about.thread_unregister();
}

/*
 * Allocates a device. Devices 2n and 2n + 1 are neighbours, which share a shard of impl/nearby.h.
 * So some scenarios have drivers that share a shard. If devices are too large for this, there are
 * no neighbours.
 */
static struct device *alloc_device(const struct program *p, int d)
{
	size_t size = sizeof(struct device) + p->ops->device_size;
	bool behind = d % 2 && size <= NEAR / 2;

	return explore_alloc(behind ? NEAR / 2 : NEAR, size);
}

static bool unregisters(const struct script *plan, int t)
{
	for (int i = 0; i < plan->n_actions[t]; i++)
		if (plan->actions[t][i].kind == ACTION_UNREGISTER)
			return true;
	return false;
}

static void alloc_all(struct program *p)
{
	p->owners = explore_alloc(1, NR_OWNERS);
	p->group = explore_alloc(NEAR, sizeof(struct group) + p->ops->group_size);
	for (int d = 0; d < p->n_devices; d++)
		p->devices[d] = alloc_device(p, d);
	for (int d = 0; d < p->n_devices; d++) {
		p->device_locks[d] = explore_alloc(_Alignof(struct lock), sizeof(struct lock));
		lockorder_init(p->locks, p->device_locks[d], SOURCE_LOCATION("device_lock"));
	}
}

/* Allocates the drivers that scenarios free. They come last, because only memory that is allocated
 * after machine_freeable() can be freed. */
static void alloc_drivers(struct program *p, struct machine *m)
{
	machine_freeable(m);
	for (int t = 0; t < p->plan.n_threads; t++) {
		if (!unregisters(&p->plan, t))
			continue;
		p->own[t] = explore_alloc(_Alignof(struct driver), sizeof(struct driver));
		*p->own[t] = p->dma;
		machine_writes(m, &p->own[t]->driver_managed_dma);
	}
}

static int init_all(
    struct program *p, struct machine *m, const struct explored *impl, struct error *err)
{
	int ret;

	alloc_all(p);
	if (p->ops->about.setup && (ret = p->ops->about.setup()))
		return error_set(err, "%s: setup failed: %s", impl->name, strerror(-ret));
	if (p->ops->group_init && (ret = p->ops->group_init(p->group)))
		return error_set(err, "%s: group_init failed: %s", impl->name, strerror(-ret));
	for (int d = 0; d < p->n_devices; d++) {
		p->devices[d]->group = p->group;
		if (p->present[d])
			p->ops->device_add(p->group, p->devices[d]);
	}
	alloc_drivers(p, m);
	return 0;
}

static void place_device(struct program *p, const struct action *a, int t, int users[])
{
	if (a->device >= p->n_devices)
		p->n_devices = a->device + 1;
	if (a->kind == ACTION_ADD)
		p->present[a->device] = false;
	p->list_changes |= a->kind == ACTION_ADD || a->kind == ACTION_DEL;
	if (a->kind <= ACTION_REMOVE) {
		p->locked[a->device] |= users[a->device] && users[a->device] != t + 1;
		users[a->device] = t + 1;
	}
}

static int init_program(struct machine *m, const struct setup *setup, struct error *err)
{
	struct program *p = m->program;
	int users[MAX_DEVICES] = {0};

	p->ops = setup->impl->ops;
	p->plan = setup->script;
	p->write_once = setup->write_once;
	p->locks = m->locks;
	p->dma = (struct driver){.name = "dma"};
	p->managed = (struct driver){.name = "managed", .driver_managed_dma = true};
	memset(p->present, true, sizeof(p->present));
	for (int t = 0; t < p->plan.n_threads; t++)
		for (int i = 0; i < p->plan.n_actions[t]; i++)
			place_device(p, &p->plan.actions[t][i], t, users);
	return init_all(p, m, setup->impl, err);
}

/* -- what an execution left behind, when nothing runs any more -- */

static bool anyone_holds(const struct program *p)
{
	for (int t = 0; t < p->plan.n_threads; t++) {
		if (p->threads[t].n_claims)
			return true;
		for (int d = 0; d < p->n_devices; d++) {
			struct driver *drv =
			    atomic_load_explicit(&p->devices[d]->driver, memory_order_relaxed);

			if (p->threads[t].bound[d] && !drv->driver_managed_dma)
				return true;
		}
	}
	return false;
}

/* Returns true if a probe succeeds. If so, removes the driver again. */
static bool can_probe(struct program *p)
{
	struct device *dev = p->devices[0];

	if (!p->n_devices || !p->present[0])
		return true;
	return !core_probe(&lockless_core, p->ops, dev, &p->dma, BUS_FAIL_NONE) &&
	       !core_remove(&lockless_core, p->ops, dev);
}

/* Returns true if a claim succeeds. Does not release the claim. */
static bool can_claim(struct program *p)
{
	return !p->ops->group_claim(p->group, &p->owners[NR_OWNERS - 1]);
}

static unsigned int faults_at_rest(void *program)
{
	struct program *p = program;
	const bool claimed = p->ops->claimed(p->group);

	if (anyone_holds(p))
		return claimed && !can_claim(p) ? 0 : FAULT_LOST;
	return !claimed && can_probe(p) && can_claim(p) ? 0 : FAULT_LEAK;
}

/* -- names -- */

static const char *name_of_device(
    const struct program *p, int d, const char *at, char *buf, size_t size)
{
	const long offset = at - (const char *)p->devices[d];

	if (offset < 0 || (size_t)offset > sizeof(struct device) + p->ops->device_size)
		return NULL;
	if ((size_t)offset < sizeof(p->devices[d]->driver))
		snprintf(buf, size, "devices[%d]->driver", d);
	else
		snprintf(buf, size, "devices[%d]+%ld", d, offset);
	return buf;
}

static const char *name_of(const void *program, uintptr_t addr, char *buf, size_t size)
{
	const struct program *p = program;
	const char *at = (const char *)addr;

	if (at == (const char *)&p->dma || at == (const char *)&p->managed)
		return at == (const char *)&p->dma ? "a driver" : "a managed driver";
	for (int t = 0; t < p->plan.n_threads; t++)
		if (p->own[t] && at - (const char *)p->own[t] >= 0 &&
		    at < (const char *)(p->own[t] + 1))
			return "the driver to unregister";
	if (at >= p->owners && at < p->owners + NR_OWNERS) {
		snprintf(buf, size, "user %c", (char)('A' + (at - p->owners) - 1));
		return buf;
	}
	for (int d = 0; d < p->n_devices; d++)
		if (name_of_device(p, d, at, buf, size))
			return buf;
	if (at - (const char *)p->group < 0 || at - (const char *)p->group >= 1024)
		return NULL;
	snprintf(buf, size, "group->state+%ld", at - (const char *)p->group->state);
	return buf;
}

const struct explore_family explore_ownership = {
    .name = "ownership",
    .scenarios = ownership_scenarios,
    .words = ownership_words,
    .some_words = "probe:0, claim:A, release, ...",
    .generated = &ownership_generated,
    .stores_driver = true,
    .program_size = sizeof(struct program),
    .constant = offsetof(struct program, threads),
    .init = init_program,
    .body = run_thread,
    .judging = &ownership_judging,
    .faults_at_rest = faults_at_rest,
    .class_of = ownership_class,
    .name_of = name_of,
};
