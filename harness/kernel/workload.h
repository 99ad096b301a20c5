/* SPDX-License-Identifier: MIT */
/* The module's workloads, and the threads that execute them. */
#ifndef HARNESS_KERNEL_WORKLOAD_H
#define HARNESS_KERNEL_WORKLOAD_H

#include <linux/completion.h>
#include <linux/prandom.h>
#include <linux/sched.h>

#include "harness/kernel/bus.h"
#include "harness/kernel/violation.h"

struct run;

struct worker {
	struct run *run;
	struct task_struct *task;
	/* The thread's number, from 0. As a user its number is index + 1, as 0 means no user. */
	unsigned int index;
	struct rnd_state random;
	u64 begin, end; /* ktime in ns, read by the thread itself */

	u64 binds;	    /* granted binds, each followed by an unbind */
	u64 refused;	    /* binds refused because a user owned the group */
	u64 failed;	    /* binds that failed at the step chosen by enum bus_fail */
	u64 claims;	    /* granted claims, each followed by a release */
	u64 claims_refused; /* claims refused because a driver or a user owned the group */
} ____cacheline_aligned_in_smp;

enum workload_kind {
	WORKLOAD_SHARE,
	WORKLOAD_SPREAD,
	WORKLOAD_TAKEOVER,
	WORKLOAD_BUSY,
	WORKLOAD_FLAP,
	WORKLOAD_STORM,
	WORKLOAD_RENDEZVOUS,
	NR_WORKLOADS,
};

/* DEPTH_CORE binds through the driver core. DEPTH_OPS only calls the ownership operations. */
enum depth { DEPTH_CORE, DEPTH_OPS, NR_DEPTHS };

struct workload_loops {
	void (*loop[NR_WORKLOADS])(struct worker *worker);
};

/* The parameters of a run. */
struct run_spec {
	struct design *design;
	enum workload_kind workload;
	enum depth depth;
	unsigned int threads;
	unsigned int groups;
	unsigned int devices;  /* devices in each group */
	unsigned int claimers; /* takeover: threads that claim as users */
	unsigned int ms;       /* length of the measured window */
	unsigned int hold_us;  /* time between bind and unbind, and between claim and release */
	unsigned int gap_us;   /* pause after a release, before the next bind or claim */
	unsigned int devm_us;  /* how long the driver's devm action sleeps; DEPTH_CORE only */
	unsigned int until_violation; /* 1: end the run at its first violation */
	unsigned int seed;	      /* seed of the threads' random numbers */
};

struct run {
	struct run_spec spec;
	struct bus bus;
	struct worker *workers;
	u64 deadline; /* ktime in ns at which the window closes; set when all threads run */
	bool abort;   /* threads must stop early */

	atomic_t running; /* threads that are still in their loop */
	struct completion done;

	/* State of the barrier workload_meet(). */
	atomic_t arrived;
	atomic_t phase;
	bool last_round; /* written by thread 0 before workload_next_round() waits */

	/* Only thread 0 writes these three members. */
	u64 rounds;
	u64 leaks;    /* rendezvous: rounds after which the idle group was still owned */
	u64 storm_ns; /* storm: time that the fastest round took to bind all devices */
};

extern const char *const workload_names[NR_WORKLOADS];
extern const char *const depth_names[NR_DEPTHS];

/* Runs the loop for the run's workload and depth until the window closes. */
void workload_run(struct worker *worker);

/*
 * A barrier: waits for all threads of the run. Whatever a thread did before the barrier happens
 * before whatever any thread does after it.
 */
void workload_meet(struct run *run);

/* Waits until all threads begin the next round. Returns false once the window has closed. */
bool workload_next_round(struct worker *worker);

/* Waits for the given time. Times that are too short for a sleep are spent spinning. */
void workload_delay(unsigned int us);

/* Returns whether the window has closed. */
static inline bool workload_over(const struct run *run)
{
	return READ_ONCE(run->abort) || ktime_get_ns() >= run->deadline ||
	       (run->spec.until_violation && violations_count());
}

/* Returns the device that this thread binds in the given group. */
static inline struct bus_device *workload_device(const struct worker *worker, unsigned int group)
{
	const struct bus *bus = &worker->run->bus;

	return bus->devices[group * bus->per_group + worker->index % bus->per_group];
}

/* Returns the owner token of this thread's claims. Each thread has its own. */
static inline void *workload_token(struct worker *worker)
{
	return worker;
}

#endif
