/* SPDX-License-Identifier: MIT */
/* What a thread has done, counted by its loops. */
#ifndef HARNESS_MEASURE_TALLY_H
#define HARNESS_MEASURE_TALLY_H

#include <stdint.h>

#include "harness/inline.h"

/* How many steps a thread has executed. In the ownership family, each step counts in exactly one of
 * the first seven members. */
struct tally {
	uint64_t pairs;          /* granted probes, each with its remove */
	uint64_t refused;        /* probes refused with -EBUSY */
	uint64_t failed;         /* probes that failed at the step that the trace chose */
	uint64_t claims;         /* granted claims, each with its release */
	uint64_t claims_refused; /* claims refused with -EPERM */
	uint64_t queries;        /* calls of claimed() */
	uint64_t plugs;          /* devices that left their group and rejoined it */
	uint64_t owned;          /* calls of claimed() that returned true */
	uint64_t unpaired;       /* paired releases that the implementation reported as unpaired */
	uint64_t uses;    /* other families: uses of a service, or touches of a device's state */
	uint64_t unbinds; /* drivers that were unbound and bound again */
};

/* Inline, because each loop calls it when a batch ends. The compiler then leaves out the members
 * that the loop never counts. */
INLINE void tally_add(struct tally *sum, const struct tally *t)
{
	sum->pairs += t->pairs;
	sum->refused += t->refused;
	sum->failed += t->failed;
	sum->claims += t->claims;
	sum->claims_refused += t->claims_refused;
	sum->queries += t->queries;
	sum->plugs += t->plugs;
	sum->owned += t->owned;
	sum->unpaired += t->unpaired;
	sum->uses += t->uses;
	sum->unbinds += t->unbinds;
}

static inline void tally_subtract(struct tally *t, const struct tally *before)
{
	t->pairs -= before->pairs;
	t->refused -= before->refused;
	t->failed -= before->failed;
	t->claims -= before->claims;
	t->claims_refused -= before->claims_refused;
	t->queries -= before->queries;
	t->plugs -= before->plugs;
	t->owned -= before->owned;
	t->unpaired -= before->unpaired;
	t->uses -= before->uses;
	t->unbinds -= before->unbinds;
}

#endif
