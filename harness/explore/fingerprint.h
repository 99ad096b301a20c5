/* SPDX-License-Identifier: MIT */
/* Digests of the states of executions: everything that can matter to how an execution goes on. */
#ifndef EXPLORE_FINGERPRINT_H
#define EXPLORE_FINGERPRINT_H

#include "harness/explore/digest.h"
#include "harness/explore/monitor.h"

/* Computes the digest of a thread's own state, t->local. Must be called after each of its steps. */
void fingerprint_thread(const struct machine *m, struct thread *t);

/* Computes the digest of the state. Returns false if the state is too large for that. */
bool fingerprint(const struct machine *m, const struct monitor *monitor, struct digest *d);

#endif
