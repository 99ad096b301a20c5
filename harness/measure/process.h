/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_MEASURE_PROCESS_H
#define HARNESS_MEASURE_PROCESS_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

/*
 * Waits for the end of a child, which still is to be reaped. False: `timeout` seconds have passed,
 * or *stop was set by a signal handler. The signals that set it are blocked, and `signals` is the
 * mask to wait with, so that none is missed between the look and the wait.
 */
bool process_wait(
    pid_t child, double timeout, const volatile sig_atomic_t *stop, const sigset_t *signals);

/* Reaps a child that has ended, or soon will: its wait status. */
int process_reap(pid_t child);

#endif
