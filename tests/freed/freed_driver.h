/* SPDX-License-Identifier: MIT */
/*
 * Claim C6 under AddressSanitizer: a walk reads dev->driver, another thread unbinds, unregisters
 * and frees the driver, and then the walk dereferences the pointer. This order is forced: the
 * implementation is compiled so that its load of the pointer in the walking thread lets the other
 * thread proceed.
 *
 * The driver is driver_managed_dma, like vfio-pci. Neither its probe nor its remove takes the
 * group's mutex, so holding the mutex does not protect the walk. The including file defines SOURCE,
 * a file of impl/, and OVER_RCU if that file needs it.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#include "harness/model/bus.h"
#include "harness/model/model.h"

/* State that the two threads share. */
struct freed {
	struct model model;
	/* The pointer whose next load lets the other thread proceed, or NULL after that load. */
	_Atomic(struct driver *) *watched;
	struct driver *drv;
	sem_t looked, gone;
};

static struct freed freed; /* static, because the replaced load has no argument to pass it in */

static struct driver *load_driver(_Atomic(struct driver *) *at, memory_order order)
{
	struct driver *drv = atomic_load_explicit(at, order);

	if (at == freed.watched) {
		freed.watched = NULL;
		sem_post(&freed.looked);
		sem_wait(&freed.gone);
	}
	return drv;
}

__attribute__((unused)) static void *load_owner(_Atomic(void *) *at, memory_order order)
{
	return atomic_load_explicit(at, order);
}

#undef atomic_load_explicit
#define atomic_load_explicit(object, order) \
	_Generic((object), _Atomic(struct driver *) *            \
		 : load_driver, _Atomic(void *) *                \
		 : load_owner)((void *)(object), order)
#include SOURCE

static void require(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s failed\n", what);
	exit(EXIT_FAILURE);
}

static void register_thread(void)
{
	require(!impl.about.thread_register || !impl.about.thread_register(), "thread_register");
}

static void unregister_thread(void)
{
	if (impl.about.thread_unregister)
		impl.about.thread_unregister();
}

/* Goes offline while it waits, so that a grace period does not wait for this thread. */
static void wait_offline(sem_t *sem)
{
	if (impl.about.thread_offline)
		impl.about.thread_offline();
	sem_wait(sem);
	if (impl.about.thread_online)
		impl.about.thread_online();
}

/* An implementation without driver_unregister() frees the driver at once. Otherwise this call may
 * wait for the walk, so the walk may continue as soon as the pointer is cleared. */
static void *unregister_main(void *arg)
{
	(void)arg;
	register_thread();
	wait_offline(&freed.looked);
	require(!bus_remove(&impl, freed.model.devices[0], BUS_PATH_PROBE), "remove of vfio-pci");
	if (impl.driver_unregister) {
		sem_post(&freed.gone);
		impl.driver_unregister(freed.drv);
		free(freed.drv);
	} else {
		free(freed.drv);
		sem_post(&freed.gone);
	}
	unregister_thread();
	return NULL;
}

/* Calls both remove and claim, because some designs walk in remove and others in claim. */
static void remove_and_claim(struct driver *dma_api)
{
	struct group *group = freed.model.groups[0];
	struct device *sibling = freed.model.devices[1];

	require(!bus_probe(&impl, sibling, dma_api, BUS_FAIL_NONE, BUS_PATH_PROBE), "probe");
	freed.watched = &freed.model.devices[0]->driver;
	require(!bus_remove(&impl, sibling, BUS_PATH_PROBE), "remove");
	require(!impl.group_claim(group, group), "claim");
	require(!impl.group_release(group), "release");
	require(!freed.watched, "to walk");
}

int main(void)
{
	struct driver dma_api = {.name = "dma_api"};
	struct topology topology;
	struct error err;
	pthread_t other;

	require(!impl.about.setup || !impl.about.setup(), "setup");
	register_thread();
	require(!topology_uniform(1, 2, &topology, &err) &&
		    !model_create(&freed.model, &impl, &topology, &err),
	    "model");
	sem_init(&freed.looked, 0, 0);
	sem_init(&freed.gone, 0, 0);
	freed.drv = malloc(sizeof(*freed.drv));
	require(freed.drv, "malloc");
	*freed.drv = (struct driver){.name = "vfio-pci", .driver_managed_dma = true};
	require(!bus_probe(&impl, freed.model.devices[0], freed.drv, BUS_FAIL_NONE, BUS_PATH_PROBE),
	    "probe of vfio-pci");
	require(!pthread_create(&other, NULL, unregister_main, NULL), "pthread_create");
	remove_and_claim(&dma_api);
	if (impl.about.thread_offline)
		impl.about.thread_offline();
	pthread_join(other, NULL);
	if (impl.about.thread_online)
		impl.about.thread_online();
	model_destroy(&freed.model);
	topology_free(&topology);
	unregister_thread();
	puts("never read");
	return EXIT_SUCCESS;
}
