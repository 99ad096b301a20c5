/* SPDX-License-Identifier: MIT */
/* The explored program of the configure family: several threads touch a device that one
 * implementation manages, for the first time. */
#include <stdio.h>
#include <string.h>

#include "harness/explore/configure/configure.h"
#include "harness/explore/configure/standin.h"

/* Turns the accesses in sequence.h into steps. Must come after all other headers, whose accesses
 * are no steps. */
#include "harness/explore/atomics.h"

#include "harness/configure/sequence.h"

enum { MAX_STATES = 4 }; /* maximum number of states that a thread can set up */

_Static_assert(MAX_THREADS *MAX_STATES <= (int)SYNC_OBJECTS, "SYNC_OBJECTS is too small");

/* Sides that access a state's memory, for sync_work(): accesses by different sides must be ordered
 * by happens-before. */
enum side { SIDE_LOOK, SIDE_FILL, SIDE_FREE };

struct program {
	const struct configure_ops *ops;
	struct script script;
	struct iommu_device *device;
	struct lock *lock; /* the device's lock */
	struct iommu_state *states[MAX_THREADS][MAX_STATES];

	/* State of the current execution, by thread. */
	struct {
		struct toucher toucher;
		int n_states;
		bool discarded[MAX_STATES];
		unsigned int given; /* bit mask of the states that this thread's touches returned */
	} threads[MAX_THREADS];
};

static struct program *program_now(void)
{
	return machine_running()->program;
}

/* Returns the number of a state, from 0, or -1 if the pointer is not a state. Each thread has its
 * own numbers, so numbers do not depend on the order in which threads set up states. */
static int number_of(const struct program *p, const struct iommu_state *state)
{
	for (int i = 0; i < MAX_THREADS * MAX_STATES; i++)
		if (p->states[i / MAX_STATES][i % MAX_STATES] == state)
			return i;
	return -1;
}

/* Returns the number of a state. If no thread has allocated the state, reports a use of freed or
 * unallocated memory and returns -1. */
static int find_handed_out(const struct source_location *site, const struct iommu_state *state)
{
	const struct program *p = program_now();
	const int number = number_of(p, state);

	if (number >= 0 && number % MAX_STATES < p->threads[number / MAX_STATES].n_states)
		return number;
	machine_use_of_dead(site);
	return -1;
}

static void expect_a_touch(const struct source_location *site)
{
	if (!machine_running())
		machine_refuse(
		    "the implementation uses a state outside of a touch (%s, in line %d of %s)",
		    site->what, site->line, site->file);
}

/* -- what implementations get -- */

struct iommu_state *explore_state_alloc(const struct source_location *site, struct toucher *toucher)
{
	struct program *p;
	int self;

	expect_a_touch(site);
	p = program_now();
	self = machine_running()->current->id;
	if (p->threads[self].n_states == MAX_STATES)
		machine_refuse("one thread sets up more than %d states", MAX_STATES);
	toucher->set_ups++;
	return p->states[self][p->threads[self].n_states++];
}

void explore_state_fill(
    const struct source_location *site, struct iommu_state *state, const struct toucher *toucher)
{
	int number;

	(void)toucher;
	expect_a_touch(site);
	number = find_handed_out(site, state);
	if (number < 0)
		return;
	explore_store(site, &state->complete, sizeof(state->complete), IOMMU_STATE_COMPLETE,
	    memory_order_relaxed);
	machine_work(site, (unsigned int)number, SIDE_FILL);
}

void explore_state_discard(
    const struct source_location *site, struct iommu_state *state, struct toucher *toucher)
{
	int number;
	bool *discarded;

	expect_a_touch(site);
	number = find_handed_out(site, state);
	if (number < 0)
		return;
	toucher->discarded++;
	discarded = &program_now()->threads[number / MAX_STATES].discarded[number % MAX_STATES];
	if (*discarded)
		machine_use_of_dead(site);
	explore_free(site, state, sizeof(*state));
	machine_work(site, (unsigned int)number, SIDE_FREE);
	*discarded = true;
}

void explore_toucher_assert(const struct source_location *site, struct toucher *toucher)
{
	(void)toucher;
	if (machine_running())
		explore_assert_held(site, program_now()->lock);
}

/* -- threads -- */

/* Returns the result of a touch: the state's id, or 0 if the state is incomplete. */
static int look_at_state(struct program *p, const struct iommu_state *state)
{
	const struct source_location *site = SOURCE_LOCATION("look");
	const int number = number_of(p, state);
	uint64_t complete;

	if (number < 0)
		return 0;
	complete =
	    explore_load(site, &state->complete, sizeof(state->complete), memory_order_relaxed);
	machine_work(site, (unsigned int)number, SIDE_LOOK);
	return complete == IOMMU_STATE_COMPLETE ? number + 1 : 0;
}

/* -- what harness/configure/sequence.h runs over -- */

static struct iommu_state *recorded_touch(struct iommu_device *dev, struct toucher *toucher)
{
	struct program *p = program_now();
	struct iommu_state *state;
	int id = OPERATION(
	    SPEC_TOUCH, 0, 0, "touch", look_at_state(p, state = p->ops->touch(dev, toucher)));

	if (id)
		p->threads[machine_running()->current->id].given |= 1u << (id - 1);
	return state;
}

static const struct configure_ops recorded = {.touch = recorded_touch};

static void lock_device(struct iommu_device *dev)
{
	explore_lock(SOURCE_LOCATION("device_lock"), (struct lock *)&dev->lock);
}

static void unlock_device(struct iommu_device *dev)
{
	explore_unlock(SOURCE_LOCATION("device_unlock"), (struct lock *)&dev->lock);
}

static void wait_turn(int turn)
{
	(void)turn;
	explore_yield(SOURCE_LOCATION("yield"));
}

static const struct configure_core core = {
    .lock = lock_device,
    .unlock = unlock_device,
    .wait = wait_turn,
};

static void run_action(struct program *p, int t, enum configure_action action)
{
	struct toucher *toucher = &p->threads[t].toucher;

	switch (action) {
	case ACTION_TOUCH:
		recorded_touch(p->device, toucher);
		break;
	case ACTION_PROBE:
		configure_probe(&core, &recorded, p->device, toucher, 1);
		break;
	case ACTION_FIXUP:
		configure_probe(&core, &recorded, p->device, toucher, 2);
		break;
	case ACTION_ADD:
		configure_add(p->device);
		break;
	case ACTION_AWAIT:
		configure_await(&core, p->device);
		break;
	}
}

static void run_thread(struct machine *m, int t)
{
	struct program *p = m->program;

	memset(&p->threads[t], 0, sizeof(p->threads[t]));
	for (int i = 0; i < p->script.n_actions[t]; i++)
		run_action(p, t, (enum configure_action)p->script.actions[t][i].kind);
}

/* -- set-up -- */

/* Limits the number of touches per thread, because each touch may set up a state. */
static int check_script(const struct script *script, struct error *err)
{
	for (int t = 0; t < script->n_threads; t++) {
		int touches = 0;

		for (int i = 0; i < script->n_actions[t]; i++)
			touches += script->actions[t][i].kind == ACTION_FIXUP
			               ? 2
			               : script->actions[t][i].kind <= ACTION_PROBE;
		if (touches > MAX_STATES)
			return error_set(err, "a thread may touch at most %d times", MAX_STATES);
	}
	return 0;
}

/* Allocates the program's memory. States come last, because only memory that is allocated after
 * machine_freeable() can be freed. */
static void alloc_all(struct program *p, struct machine *m)
{
	p->device = explore_alloc(
	    _Alignof(struct iommu_device), sizeof(struct iommu_device) + p->ops->device_size);
	p->lock = (struct lock *)&p->device->lock;
	lockorder_init(m->locks, p->lock, SOURCE_LOCATION("device_lock"));
	machine_freeable(m);
	for (int i = 0; i < MAX_THREADS * MAX_STATES; i++)
		p->states[i / MAX_STATES][i % MAX_STATES] =
		    explore_alloc(_Alignof(struct iommu_state), sizeof(struct iommu_state));
}

static int init_program(struct machine *m, const struct setup *setup, struct error *err)
{
	struct program *p = m->program;
	int ret;

	p->ops = setup->impl->ops;
	p->script = setup->script;
	alloc_all(p, m);
	if (p->ops->device_init && (ret = p->ops->device_init(p->device)))
		return error_set(
		    err, "%s: device_init failed: %s", setup->impl->name, strerror(-ret));
	return 0;
}

/* -- what an execution left behind -- */

/* Every touch must have returned the state that the device keeps. Every other state must have been
 * discarded. */
static unsigned int faults_at_rest(void *program)
{
	struct program *p = program;
	const int stays = number_of(p, p->ops->state(p->device));
	unsigned int faults = 0;

	for (int t = 0; t < p->script.n_threads; t++) {
		if (p->threads[t].given && (stays < 0 || p->threads[t].given != 1u << stays))
			faults |= FAULT_LOST;
		for (int i = 0; i < p->threads[t].n_states; i++)
			if (p->threads[t].discarded[i] == (t * MAX_STATES + i == stays))
				faults |= p->threads[t].discarded[i] ? FAULT_DEAD : FAULT_LEAK;
	}
	return faults;
}

static const char *name_of(const void *program, uintptr_t addr, char *buf, size_t size)
{
	const struct program *p = program;
	const int number = number_of(p, (const struct iommu_state *)addr);

	if (number >= 0) {
		snprintf(buf, size, "state %d", number + 1);
		return buf;
	}
	if (addr == (uintptr_t)p->lock || addr == (uintptr_t)&p->device->added)
		return addr == (uintptr_t)p->lock ? "device->lock" : "device->added";
	if (addr - (uintptr_t)p->device >= sizeof(struct iommu_device) + p->ops->device_size)
		return NULL;
	snprintf(buf, size, "device->state+%zd", (ssize_t)(addr - (uintptr_t)p->device->state));
	return buf;
}

const struct explore_family explore_configure = {
    .name = "configure",
    .scenarios = configure_scenarios,
    .words = configure_words,
    .some_words = "touch, probe, fixup, add or await",
    .generated = &configure_generated,
    .check = check_script,
    .program_size = sizeof(struct program),
    .init = init_program,
    .body = run_thread,
    .judging = &configure_judging,
    .faults_at_rest = faults_at_rest,
    .class_of = explore_safe_or_not,
    .name_of = name_of,
};
