/* SPDX-License-Identifier: MIT */
/* The audit of every run: what the threads counted must balance, and every group must be idle. */
#ifndef HARNESS_OWNERSHIP_AUDIT_H
#define HARNESS_OWNERSHIP_AUDIT_H

#include "harness/measure/engine.h"

/* After the last thread has ended; the caller is registered. Sets result->failure to the worst that
 * it finds, naming the implementation and the group. */
void audit_run(struct engine *engine);

#endif
