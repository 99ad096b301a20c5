/* SPDX-License-Identifier: MIT */
/* Child processes: code that crashes or hangs in one costs only that process. */
#ifndef HARNESS_PROCESS_CHILD_H
#define HARNESS_PROCESS_CHILD_H

#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
	bool group; /* set before the start: a process group of its own, which is killed as one */
	pid_t pid;  /* 0: not started, or reaped */
};

enum child_outcome {
	CHILD_EXITED,
	CHILD_CRASHED, /* killed by a signal */
	CHILD_HUNG,    /* killed when its time was up */
	CHILD_STOPPED, /* killed when the stop flag was set */
};

struct child_end {
	enum child_outcome outcome;
	int code;       /* exit status, or number of the signal */
	double timeout; /* CHILD_HUNG: seconds */
};

/*
 * A flag that handlers of SIGINT and SIGTERM set. From child_stop_begin() to child_stop_end() the
 * two signals are blocked but for child_wait(), so none is missed between a look at the flag and
 * the wait.
 */
struct child_stop {
	const volatile sig_atomic_t *flag;
	sigset_t signals; /* the mask before */
};

void child_stop_begin(struct child_stop *stop, const volatile sig_atomic_t *flag);
void child_stop_end(const struct child_stop *stop);

/* Zeroed memory that is shared with children started afterwards. NULL with errno set. */
void *child_memory_map(size_t size);
void child_memory_unmap(void *memory, size_t size);

/*
 * Calls main(arg) in a child, which exits with 0 if that returns. The child dies with its parent,
 * and inherits handlers and signal mask. Returns 0, or -1 with errno set.
 */
int child_start(struct child *child, void (*main)(void *arg), void *arg);

/* Runs a program, found in PATH, with the environment of this process. `actions` and `attributes`:
 * see posix_spawn(3). Returns 0, or an error number. */
int child_spawn(struct child *child, const char *const *argv,
    const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes);

/*
 * Waits for the end of the child, which remains to be reaped. False: `timeout` seconds have passed
 * (INFINITY: no limit), or the flag of `stop` (may be NULL) is set.
 */
bool child_wait(const struct child *child, double timeout, const struct child_stop *stop);

void child_kill(const struct child *child, int sig);

/* Waits for the end of a child that has ended or soon will, and reaps it. */
struct child_end child_reap(struct child *child);

/* Whether the child has ended; then it is reaped. Returns at once. */
bool child_poll(struct child *child, struct child_end *end);

/* child_wait(), then kills the child if it still runs, and reaps it. */
struct child_end child_finish(struct child *child, double timeout, const struct child_stop *stop);

/* How the child ended, in words: "crashed: SIGSEGV (Segmentation fault)". */
void child_describe(const struct child_end *end, char *text, size_t size);

#endif
