/* SPDX-License-Identifier: MIT */
/* Child processes. If the code in one crashes or hangs, only that process is lost. */
#ifndef HARNESS_PROCESS_CHILD_H
#define HARNESS_PROCESS_CHILD_H

#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
	/* Set this before the start. The child then leads a new process group, and the whole group
	 * is killed. */
	bool group;
	pid_t pid; /* 0: not started, or reaped */
};

enum child_outcome {
	CHILD_EXITED,
	CHILD_CRASHED, /* killed by a signal */
	CHILD_HUNG,    /* killed by the parent after its timeout */
	CHILD_STOPPED, /* killed by the parent because the stop flag was set */
};

struct child_end {
	enum child_outcome outcome;
	int code;       /* exit status, or signal number */
	double timeout; /* CHILD_HUNG: the timeout in seconds */
	bool stuck;     /* CHILD_HUNG: killed before the timeout by child_watch() */
};

/* A flag that the handlers of SIGINT and SIGTERM set. Between child_stop_begin() and
 * child_stop_end(), both signals are blocked except inside child_wait(), so that no signal is lost
 * between the test of the flag and the wait. */
struct child_stop {
	const volatile sig_atomic_t *flag;
	sigset_t signals; /* the signal mask before child_stop_begin() */
};

void child_stop_begin(struct child_stop *stop, const volatile sig_atomic_t *flag);
void child_stop_end(const struct child_stop *stop);

/* Maps zeroed memory that is shared with children forked later. Returns NULL with errno set. */
void *child_memory_map(size_t size);
void child_memory_unmap(void *memory, size_t size);

/* Calls main(arg) in a forked child, which exits with 0 when main() returns. The child is killed
 * when its parent dies, and inherits signal handlers and mask. Returns 0, or -1 with errno set. */
int child_start(struct child *child, void (*main)(void *arg), void *arg);

/* Runs a program from PATH in this process's environment. For `actions` and `attributes` see
 * posix_spawn(3). Returns 0, or an error number. */
int child_spawn(struct child *child, const char *const *argv,
    const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes);

/* Waits until the child has ended, but does not reap it. Returns false if `timeout` seconds have
 * passed (INFINITY: no limit) or the flag of `stop` is set. `stop` may be NULL. */
bool child_wait(const struct child *child, double timeout, const struct child_stop *stop);

/* Waits like child_wait(), but also returns false if the child is stuck: one of its threads sleeps,
 * and the others had enough time to wake it. Sets *stuck in that case. The checks would disturb a
 * measurement, so they start only after `quiet` seconds. */
bool child_watch(const struct child *child, double quiet, double timeout,
    const struct child_stop *stop, bool *stuck);

void child_kill(const struct child *child, int sig);

/* Waits without a timeout until the child has ended, and reaps it. Returns how it ended. */
struct child_end child_reap(struct child *child);

/* Returns whether the child has ended, without waiting. If so, reaps it and sets *end. */
bool child_poll(struct child *child, struct child_end *end);

/* Waits like child_wait(), then kills the child if it is still running. Reaps it and returns how it
 * ended. */
struct child_end child_finish(struct child *child, double timeout, const struct child_stop *stop);

/* Writes to `text` how the child ended, such as "crashed: SIGSEGV (Segmentation fault)". */
void child_describe(const struct child_end *end, char *text, size_t size);

#endif
