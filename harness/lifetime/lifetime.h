/* SPDX-License-Identifier: MIT */
/* Services and their users, as the engine's family "lifetime": what its threads work on, and how it
 * is judged. */
#ifndef HARNESS_LIFETIME_LIFETIME_H
#define HARNESS_LIFETIME_LIFETIME_H

#include "harness/measure/engine.h"
#include "lifetime/lifetime.h"

extern const struct family family_lifetime;
extern const struct batches lifetime_batches;

/* What run_spec.own points to. */
struct lifetime_spec {
	uint64_t uses;            /* of what is got once */
	uint64_t keep_ns;         /* how long it is kept; 0: until those uses are over */
	uint64_t unbind_every_ns; /* how often the last thread unbinds */
};

/* In run_result.figures. */
enum lifetime_figure {
	LIFETIME_HELD,     /* bytes that were unbound and not freed yet, on average, */
	LIFETIME_HELD_MAX, /* and the most of them */
};

/* What a run has in place of the model. */
struct lifetime {
	const struct lifetime_ops *ops;
	struct provider **providers;
	size_t nr_providers;
	struct consumer **users; /* of thread t: nr_providers from t * nr_providers; then the main
	                            thread's, who judges */
	unsigned int nr_threads;
	uint64_t generation; /* of the next service */
	uint64_t start_ns;
	_Alignas(BUS_ALIGN) _Atomic(uint64_t) held;
	_Atomic(uint64_t) held_max, held_ns;
	unsigned int in_use;  /* unbinds that returned while a use was running, */
	unsigned int granted; /* gets that were granted while nothing was bound, */
	unsigned int refused; /* or refused while something was */
};

/* A worker's context. */
struct lifetime_worker {
	struct consumer **trace; /* whom the thread is, step by step */
	uint64_t uses;           /* of what is got once; of what is kept, in a step */
	uint64_t keep_ns;        /* what is got is kept so long; 0: it is put after its uses */
	struct lifetime *lifetime;
	bool unbinds; /* this thread uses nothing: it unbinds one provider after another */
	bool unbound; /* and that is where it is */
	size_t provider;
	uint64_t every_ns;
	uint64_t due_ns;
	size_t mask;
};

enum { LIFETIME_RACE_USER, LIFETIME_RACE_HOLDER, LIFETIME_RACE_UNBIND, LIFETIME_RACE_ACTS };

static inline struct consumer *lifetime_user(
    const struct lifetime *l, unsigned int thread, size_t provider)
{
	return l->users[thread * l->nr_providers + provider];
}

/* A new service is bound to the provider. 0, or -ENOMEM. Like all that the thread who unbinds does
 * it is recorded, where that is. */
int lifetime_bind(struct lifetime *l, size_t provider);

/* Unbinds it, and looks whether what must not be is: as user `by`, who has got nothing. */
void lifetime_unbind(struct lifetime *l, size_t provider, struct consumer *by);

/* What the thread that unbinds does in a batch: what is due, if anything. */
void lifetime_step(struct worker *worker);

/* Providers, each with a service bound, and their users. NULL with the error set. */
struct lifetime *lifetime_create(const struct lifetime_ops *ops, size_t nr_providers,
    unsigned int nr_threads, struct error *err);

/* Nothing is bound any more. */
void lifetime_destroy(struct lifetime *l);

/* Whether any user saw a dead service, or anything else that must not be; `text` says which. */
enum lifetime_fault { LIFETIME_FINE, LIFETIME_DEAD, LIFETIME_LATE, LIFETIME_WRONG };
enum lifetime_fault lifetime_judge(const struct lifetime *l, char *text, size_t size);

/* NULL behind the last. */
const char *lifetime_race_name(size_t race);

#endif
