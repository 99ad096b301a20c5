/* SPDX-License-Identifier: MIT */
#include "harness/process/child.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Longest time that child_wait() sleeps before it checks the child again, in seconds. With a pidfd
 * it wakes up as soon as the child ends. */
static const double LOOK_WITH_PIDFD = 3600, LOOK_WITHOUT = 0.01;

void child_stop_begin(struct child_stop *stop, const volatile sig_atomic_t *flag)
{
	sigset_t block;

	stop->flag = flag;
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &block, &stop->signals);
}

void child_stop_end(const struct child_stop *stop)
{
	pthread_sigmask(SIG_SETMASK, &stop->signals, NULL);
}

static bool is_set(const struct child_stop *stop)
{
	return stop && *stop->flag;
}

void *child_memory_map(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void child_memory_unmap(void *memory, size_t size)
{
	munmap(memory, size);
}

_Noreturn static void run_in_child(
    const struct child *child, pid_t parent, void (*main)(void *arg), void *arg)
{
	if (child->group)
		setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* the parent died before the call of prctl() */
		_exit(EXIT_FAILURE);
	main(arg);
	_exit(EXIT_SUCCESS);
}

int child_start(struct child *child, void (*main)(void *arg), void *arg)
{
	const pid_t parent = getpid();
	const pid_t pid = fork(); /* the child would store 0 in *child, which may be shared */

	if (pid == 0)
		run_in_child(child, parent, main, arg);
	if (pid < 0)
		return -1;
	if (child->group)
		setpgid(pid, pid); /* both processes call it, because either may run first */
	child->pid = pid;
	return 0;
}

int child_spawn(struct child *child, const char *const *argv,
    const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes)
{
	/* The cast is safe: exec does not modify its arguments. */
	return posix_spawnp(
	    &child->pid, argv[0], actions, attributes, (char *const *)argv, environ);
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static bool has_ended(pid_t pid)
{
	siginfo_t info = {0};

	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid;
}

bool child_wait(const struct child *child, double timeout, const struct child_stop *stop)
{
	const double end = seconds_now() + timeout;
	struct pollfd poll = {.fd = (int)syscall(SYS_pidfd_open, child->pid, 0), .events = POLLIN};
	const double look = poll.fd < 0 ? LOOK_WITHOUT : LOOK_WITH_PIDFD;
	bool ended;

	while (!(ended = has_ended(child->pid)) && !is_set(stop)) {
		const double left = fmin(end - seconds_now(), look);
		struct timespec ts = {.tv_sec = (time_t)left};

		if (left <= 0)
			break;
		ts.tv_nsec = (long)((left - (double)ts.tv_sec) * 1e9);
		ppoll(&poll, 1, &ts, stop ? &stop->signals : NULL);
	}
	if (poll.fd >= 0)
		close(poll.fd);
	return ended;
}

void child_kill(const struct child *child, int sig)
{
	kill(child->group ? -child->pid : child->pid, sig);
}

static struct child_end end_of(int status)
{
	if (WIFSIGNALED(status))
		return (struct child_end){.outcome = CHILD_CRASHED, .code = WTERMSIG(status)};
	return (struct child_end){.outcome = CHILD_EXITED, .code = WEXITSTATUS(status)};
}

struct child_end child_reap(struct child *child)
{
	int status = 0;

	while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
		;
	child->pid = 0;
	return end_of(status);
}

bool child_poll(struct child *child, struct child_end *end)
{
	if (!has_ended(child->pid))
		return false;
	*end = child_reap(child);
	return true;
}

struct child_end child_finish(struct child *child, double timeout, const struct child_stop *stop)
{
	struct child_end end;

	if (child_wait(child, timeout, stop))
		return child_reap(child);
	child_kill(child, SIGKILL);
	end = child_reap(child);
	end.outcome = is_set(stop) ? CHILD_STOPPED : CHILD_HUNG;
	end.timeout = timeout;
	return end;
}

void child_describe(const struct child_end *end, char *text, size_t size)
{
	const char *name = sigabbrev_np(end->code), *about = sigdescr_np(end->code);

	if (end->outcome == CHILD_HUNG && end->stuck)
		snprintf(text, size, "hung: a thread waits, and nothing wakes it up");
	else if (end->outcome == CHILD_HUNG)
		snprintf(text, size, "hung: killed after %.0f s", end->timeout);
	else if (end->outcome == CHILD_STOPPED)
		snprintf(text, size, "stopped by a signal to its parent");
	else if (end->outcome == CHILD_EXITED)
		snprintf(text, size, "ended early with exit status %d", end->code);
	else if (name && about)
		snprintf(text, size, "crashed: SIG%s (%s)", name, about);
	else
		snprintf(text, size, "crashed: signal %d", end->code);
}
