/* SPDX-License-Identifier: MIT */
/* The audit of every run: the threads' counts must balance, and every group must be idle at the
 * end. */
#ifndef HARNESS_OWNERSHIP_AUDIT_H
#define HARNESS_OWNERSHIP_AUDIT_H

#include "harness/measure/engine.h"

/*
 * Audits a run after its last thread has ended. The calling thread is registered with the
 * implementation. Sets result->failure to the worst fault, with the implementation's name and the
 * group.
 */
void audit_run(struct engine *engine);

#endif
