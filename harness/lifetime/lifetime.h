/* SPDX-License-Identifier: MIT */
/* The engine's family "lifetime": providers, their services and the consumers of a run, and how a
 * run is judged. */
#ifndef HARNESS_LIFETIME_LIFETIME_H
#define HARNESS_LIFETIME_LIFETIME_H

#include "harness/measure/engine.h"
#include "lifetime/lifetime.h"

extern const struct family family_lifetime;
extern const struct batches lifetime_batches;

/* The object that run_spec.own points to. */
struct lifetime_spec {
	uint64_t uses;            /* uses of the service in one step */
	uint64_t keep_ns;         /* time from get to put; 0: each step gets and puts the service */
	uint64_t unbind_every_ns; /* interval at which the last thread unbinds; 0: it never does */
};

/* Indices into run_result.figures. */
enum lifetime_figure {
	LIFETIME_HELD,     /* average bytes of services that were unbound but not freed yet */
	LIFETIME_HELD_MAX, /* maximum bytes of services that were unbound but not freed yet */
};

/* The objects of a run, in place of struct model. */
struct lifetime {
	const struct lifetime_ops *ops;
	struct provider **providers;
	size_t nr_providers;
	/* Thread t has nr_providers consumers, one for each provider, starting at t * nr_providers.
	 * Those at t == nr_threads are the main thread's, which judges the run. */
	struct consumer **users;
	unsigned int nr_threads;
	uint64_t generation; /* services created so far */
	uint64_t start_ns;
	/* Bytes of services that are unbound but not freed yet. */
	_Alignas(BUS_ALIGN) _Atomic(uint64_t) held;
	_Atomic(uint64_t) held_max; /* maximum of `held` */
	_Atomic(uint64_t) held_ns;  /* bytes times nanoseconds from unbind to free */
	unsigned int in_use;        /* unbinds that returned while a use was running */
	unsigned int granted;       /* gets granted while no service was bound */
	unsigned int refused;       /* gets and uses refused while a service was bound */
};

/* A worker's context. */
struct lifetime_worker {
	struct consumer **trace; /* the consumer of each step */
	uint64_t uses;           /* uses of the service in one step */
	uint64_t keep_ns;        /* time from get to put; 0: each step gets and puts the service */
	struct lifetime *lifetime;
	bool unbinds;      /* this thread uses no service: it unbinds one provider after another */
	bool unbound;      /* the provider with index `provider` is unbound */
	size_t provider;   /* index of the provider to unbind next, or to bind again */
	uint64_t every_ns; /* interval between two unbinds */
	uint64_t due_ns;   /* when the next unbind or bind is due */
	size_t mask;       /* length of the trace, a power of two, minus one */
};

/* A thread's act in a one-shot race. */
enum {
	LIFETIME_RACE_USER,   /* get, use and put */
	LIFETIME_RACE_HOLDER, /* use and put a service that was got before the race */
	LIFETIME_RACE_UNBIND,
	LIFETIME_RACE_ACTS,
};

/* Returns the consumer of `provider` that belongs to `thread`. */

static inline struct consumer *lifetime_user(
    const struct lifetime *l, unsigned int thread, size_t provider)
{
	return l->users[thread * l->nr_providers + provider];
}

/* Allocates a service and binds it to the provider, which must be unbound. The bind is recorded if
 * the calling thread records. Returns 0 or -ENOMEM. */
int lifetime_bind(struct lifetime *l, size_t provider);

/* Unbinds the provider. Then counts a use that is still running, and a get that is still granted,
 * as faults in *l. The get is made by consumer `by`, which must not hold the service. */
void lifetime_unbind(struct lifetime *l, size_t provider, struct consumer *by);

/* Runs one batch of the thread that unbinds: binds or unbinds a provider if that is due. */
void lifetime_step(struct worker *worker);

/* Creates providers, each with a bound service, and their consumers. Returns NULL with the error
 * set. */
struct lifetime *lifetime_create(const struct lifetime_ops *ops, size_t nr_providers,
    unsigned int nr_threads, struct error *err);

/* Frees all objects, except services that are still bound. */
void lifetime_destroy(struct lifetime *l);

enum lifetime_fault {
	LIFETIME_FINE,
	LIFETIME_DEAD,  /* a use saw a freed service */
	LIFETIME_LATE,  /* a use ran after unbind had returned */
	LIFETIME_WRONG, /* a get or use was granted or refused wrongly, or a service leaked */
};

/* Returns the worst fault of a run, and describes it in `text`. */
enum lifetime_fault lifetime_judge(const struct lifetime *l, char *text, size_t size);

/* Returns the name of a one-shot race, or NULL after the last. */
const char *lifetime_race_name(size_t race);

#endif
