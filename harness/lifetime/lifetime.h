/* SPDX-License-Identifier: MIT */
/* The engine's family "lifetime": the providers, services and consumers of a run, and the verdict
 * on it. */
#ifndef HARNESS_LIFETIME_LIFETIME_H
#define HARNESS_LIFETIME_LIFETIME_H

#include "harness/measure/engine.h"
#include "lifetime/lifetime.h"

extern const struct family family_lifetime;
extern const struct batches lifetime_batches;

/* run_spec.own points to this. */
struct lifetime_spec {
	uint64_t uses;            /* number of uses of the service per step */
	uint64_t keep_ns;         /* time from get to put; 0: get and put in each step */
	uint64_t unbind_every_ns; /* interval between unbinds by the last thread; 0: no unbinds */
};

/* Indices into run_result.figures. */
enum lifetime_figure {
	LIFETIME_HELD,     /* average bytes of services unbound but not yet freed */
	LIFETIME_HELD_MAX, /* maximum bytes of services unbound but not yet freed */
};

/* The objects of a run. This family uses them instead of struct model. */
struct lifetime {
	const struct lifetime_ops *ops;
	struct provider **providers;
	size_t nr_providers;
	/* Thread t has one consumer per provider. Its first consumer has the index t *
	 * nr_providers. At t == nr_threads are the consumers of the main thread, which judges the
	 * run. */
	struct consumer **users;
	unsigned int nr_threads;
	uint64_t generation; /* number of services created so far */
	uint64_t start_ns;
	/* Bytes of services that are unbound but not yet freed. */
	_Alignas(BUS_ALIGN) _Atomic(uint64_t) held;
	_Atomic(uint64_t) held_max; /* maximum of `held` */
	_Atomic(uint64_t) held_ns;  /* bytes times nanoseconds from unbind to free */
	unsigned int in_use;        /* unbinds that returned while a use was running */
	unsigned int granted;       /* gets granted without a bound service */
	unsigned int refused;       /* gets and uses refused despite a bound service */
};

/* A worker's context. */
struct lifetime_worker {
	struct consumer **trace; /* the consumer of each step */
	uint64_t uses;           /* number of uses of the service per step */
	uint64_t keep_ns;        /* time from get to put; 0: get and put in each step */
	struct lifetime *lifetime;
	bool unbinds;      /* this thread only unbinds and binds providers, in turn */
	bool unbound;      /* the provider with index `provider` is unbound */
	size_t provider;   /* index of the provider to unbind or bind next */
	uint64_t every_ns; /* interval between two unbinds */
	uint64_t due_ns;   /* time of the next unbind or bind */
	size_t mask;       /* number of steps in `trace`, a power of two, minus one */
};

/* What a thread does in a one-shot race. */
enum {
	LIFETIME_RACE_USER,   /* get, use and put */
	LIFETIME_RACE_HOLDER, /* use and put; the get precedes the race */
	LIFETIME_RACE_UNBIND,
	LIFETIME_RACE_ACTS,
};

/* Returns the thread's consumer of the provider. */

static inline struct consumer *lifetime_user(
    const struct lifetime *l, unsigned int thread, size_t provider)
{
	return l->users[thread * l->nr_providers + provider];
}

/* Allocates a service and binds it to the provider, which must be unbound. Records the bind if the
 * calling thread is recording. Returns 0 or -ENOMEM. */
int lifetime_bind(struct lifetime *l, size_t provider);

/* Unbinds the provider. Afterwards, a use that is still running and a get that is still granted
 * count as faults in *l. `by` makes that get; it must not hold the service. */
void lifetime_unbind(struct lifetime *l, size_t provider, struct consumer *by);

/* One batch of the thread that unbinds: binds or unbinds a provider if that is due. */
void lifetime_step(struct worker *worker);

/* Creates providers with a bound service each, and their consumers. Returns NULL with the error set
 * on failure. */
struct lifetime *lifetime_create(const struct lifetime_ops *ops, size_t nr_providers,
    unsigned int nr_threads, struct error *err);

/* Frees all objects, except services that are still bound. */
void lifetime_destroy(struct lifetime *l);

enum lifetime_fault {
	LIFETIME_FINE,
	LIFETIME_DEAD,  /* a use saw a freed service */
	LIFETIME_LATE,  /* a use ran after unbind had returned */
	LIFETIME_WRONG, /* a get or use had the wrong result, or a service leaked */
};

/* Returns the worst fault of a run, and writes a description of it to `text`. */
enum lifetime_fault lifetime_judge(const struct lifetime *l, char *text, size_t size);

/* Returns the name of the one-shot race, or NULL if `race` is too large. */
const char *lifetime_race_name(size_t race);

#endif
