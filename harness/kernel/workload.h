/* SPDX-License-Identifier: MIT */
/* The workloads of the module, and the threads that run them. */
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
	/* Number of the thread, from 0; the witness knows its user as index + 1. */
	unsigned int index;
	struct rnd_state random;
	u64 begin, end; /* ktime in ns, read by the thread itself */

	u64 binds;	    /* granted binds, each followed by an unbind */
	u64 refused;	    /* binds refused because a user owned the group */
	u64 failed;	    /* binds that failed because enum bus_fail made them fail */
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

/* The path of a run: the driver core binds devices, or only the ownership operations are called. */
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
	unsigned int devices;  /* number of devices in each group */
	unsigned int claimers; /* takeover: number of threads that claim as users */
	unsigned int ms;       /* length of the measured window */
	unsigned int hold_us;  /* time between bind and unbind, and between claim and release */
	unsigned int gap_us;   /* pause before the next bind or claim */
	unsigned int devm_us;  /* sleep of the driver's devm action; only with DEPTH_CORE */
	unsigned int until_violation; /* 1: the run ends at its first violation */
	unsigned int seed;	      /* seeds each thread's random numbers */
};

struct run {
	struct run_spec spec;
	struct bus bus;
	struct worker *workers;
	u64 deadline; /* ktime in ns at which the window closes; set when all threads run */
	bool abort;   /* threads must stop early: the calling process was killed */

	atomic_t running; /* threads whose loop has not returned */
	struct completion done;

	/* The barrier of workload_meet(). */
	atomic_t arrived;
	atomic_t phase;
	bool last_round; /* written by thread 0 before the barrier of workload_next_round() */

	/* Only thread 0 writes the next three members. */
	u64 rounds;
	u64 leaks;    /* rendezvous: rounds that left the idle group owned */
	u64 storm_ns; /* storm: time of the shortest round, up to its last bind */
};

extern const char *const workload_names[NR_WORKLOADS];
extern const char *const depth_names[NR_DEPTHS];

/* Runs the loop of the run's workload at the run's depth, until the window closes. */
void workload_run(struct worker *worker);

/* A barrier: waits for all threads of the run. What a thread does before
 * the barrier happens before what any thread does after it. */
void workload_meet(struct run *run);

/* Waits for all threads to begin the next round. Returns false once the window has closed. */
bool workload_next_round(struct worker *worker);

/* Sleeps for the given time. If it is too short for a sleep, spins. */
void workload_delay(unsigned int us);

/* Returns whether the window has closed. */
static inline bool workload_over(const struct run *run)
{
	return READ_ONCE(run->abort) || ktime_get_ns() >= run->deadline ||
	       (run->spec.until_violation && violations_count());
}

/* Returns the device that the thread binds in a group. */
static inline struct bus_device *workload_device(const struct worker *worker, unsigned int group)
{
	const struct bus *bus = &worker->run->bus;

	return bus->devices[group * bus->per_group + worker->index % bus->per_group];
}

/* Returns the owner that this thread's claims pass, which differs from every other thread's. */
static inline void *workload_token(struct worker *worker)
{
	return worker;
}

#endif
