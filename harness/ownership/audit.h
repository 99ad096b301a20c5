/* SPDX-License-Identifier: MIT */
/* The audit at the end of every run: checks that the threads' counts match, and that every group is
 * idle. */
#ifndef HARNESS_OWNERSHIP_AUDIT_H
#define HARNESS_OWNERSHIP_AUDIT_H

#include "harness/measure/engine.h"

/*
 * Audits a run after its last thread has ended. The calling thread must be registered with the
 * implementation. Sets result->failure to a description of the worst fault, with the names of the
 * implementation and the group.
 */
void audit_run(struct engine *engine);

#endif
