/* SPDX-License-Identifier: MIT */
/* What the threads of a run do, and what each of them counts. */
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
	unsigned int index; /* its user's token is this + 1 */
	struct rnd_state random;
	u64 begin, end; /* ns, the thread's own stamps */

	u64 binds;   /* and as many unbinds */
	u64 refused; /* binds, because of a user */
	u64 failed;  /* binds, as asked for */
	u64 claims;  /* and as many releases */
	u64 claims_refused;
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

enum depth { DEPTH_CORE, DEPTH_OPS, NR_DEPTHS };

struct workload_loops {
	void (*loop[NR_WORKLOADS])(struct worker *worker);
};

/* What is run. */
struct run_spec {
	struct design *design;
	enum workload_kind workload;
	enum depth depth;
	unsigned int threads;
	unsigned int groups;
	unsigned int devices;	      /* of each group */
	unsigned int claimers;	      /* takeover: so many of the threads are users */
	unsigned int ms;	      /* the window */
	unsigned int hold_us;	      /* between bind and unbind, claim and release */
	unsigned int gap_us;	      /* behind them */
	unsigned int devm_us;	      /* rendezvous: the length of the driver's devm action */
	unsigned int until_violation; /* 1: the run ends with the first one */
	unsigned int seed;
};

struct run {
	struct run_spec spec;
	struct bus bus;
	struct worker *workers;
	u64 deadline; /* ns; set when the window opens */
	bool abort;   /* whoever started the run was killed */

	atomic_t running;
	struct completion done;

	/* The barrier of threads that meet. */
	atomic_t arrived;
	atomic_t phase;
	bool last_round; /* thread 0 decides, before the barrier */

	/* Thread 0 counts these. */
	u64 rounds;
	u64 leaks;
	u64 storm_ns; /* the shortest round */
};

extern const char *const workload_names[NR_WORKLOADS];
extern const char *const depth_names[NR_DEPTHS];

/* The loop of the run's workload, at its depth. */
void workload_run(struct worker *worker);

/* Waits for all threads of the run. */
void workload_meet(struct run *run);

/* Waits for all threads; thread 0 counts rounds. False: the window has closed. */
bool workload_next_round(struct worker *worker);

/* Sleeps or spins. */
void workload_delay(unsigned int us);

/* Whether the window has closed. */
static inline bool workload_over(const struct run *run)
{
	return READ_ONCE(run->abort) || ktime_get_ns() >= run->deadline ||
	       (run->spec.until_violation && violations_count());
}

/* The device of a thread in a group. */
static inline struct bus_device *workload_device(const struct worker *worker, unsigned int group)
{
	const struct bus *bus = &worker->run->bus;

	return bus->devices[group * bus->per_group + worker->index % bus->per_group];
}

/* A token that no other thread has. */
static inline void *workload_token(struct worker *worker)
{
	return worker;
}

#endif
