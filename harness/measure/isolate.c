/* SPDX-License-Identifier: MIT */
/* A run in a process of its own: what crashes or hangs costs itself alone. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/measure/process.h"
#include "harness/measure/run.h"

struct run_result *run_result_create(unsigned int nr_threads, struct error *err)
{
	void *p = mmap(NULL, run_result_size(nr_threads), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED) {
		error_errno(err, "no memory for the result of %u threads", nr_threads);
		return NULL;
	}
	return p;
}

void run_result_destroy(struct run_result *result, unsigned int nr_threads)
{
	munmap(result, run_result_size(nr_threads));
}

__attribute__((noreturn)) static void child_main(
    const struct run_spec *spec, struct run_result *result, pid_t parent, const sigset_t *signals)
{
	/* The terminal's Ctrl-C is for the parent, which then ends us; so does its own death. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	pthread_sigmask(SIG_SETMASK, signals, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
	run_here(spec, result);
	_exit(EXIT_SUCCESS);
}

static void describe_end(struct run_result *result, int status, double timeout, bool ended)
{
	char *text = result->failure;
	size_t size = sizeof(result->failure);

	if (ended && WIFEXITED(status) && (!WEXITSTATUS(status) || text[0]))
		return;
	result->found = ended ? CLASS_UNSAFE : CLASS_EXACT; /* a hang says nothing of owners */
	if (!ended) {
		snprintf(text, size, "hung: no end after %.0f s, killed", timeout);
	} else if (WIFSIGNALED(status)) {
		int sig = WTERMSIG(status);

		snprintf(text, size, "crashed: SIG%s (%s)", sigabbrev_np(sig), strsignal(sig));
	} else {
		snprintf(text, size, "ended early with exit status %d", WEXITSTATUS(status));
	}
}

enum run_end run_isolated(const struct run_spec *spec, struct run_result *result, double timeout,
    const volatile sig_atomic_t *stop)
{
	sigset_t block, before;
	pid_t parent = getpid();
	pid_t child;
	bool ended;
	int status;

	/* A signal is only taken inside ppoll(), so none is missed between the look and the wait.
	 */
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &block, &before);
	child = fork();
	if (child == 0)
		child_main(spec, result, parent, &before);
	if (child < 0) {
		snprintf(result->failure, sizeof(result->failure), "cannot start a process: %s",
		    strerror(errno));
		pthread_sigmask(SIG_SETMASK, &before, NULL);
		return RUN_ENDED;
	}
	ended = process_wait(child, timeout, stop, &before);
	if (!ended)
		kill(child, SIGKILL);
	status = process_reap(child);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!ended && *stop)
		return RUN_INTERRUPTED;
	describe_end(result, status, timeout, ended);
	return RUN_ENDED;
}
