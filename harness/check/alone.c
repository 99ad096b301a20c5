/* SPDX-License-Identifier: MIT */
#include "harness/check/alone.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/measure/process.h"

struct shared {
	struct error err;
	bool failed, done;
	_Alignas(max_align_t) char outcome[];
};

/* The alarm ends it where an implementation waits for ever. */
__attribute__((noreturn)) static void child_main(const struct impl_ops *impl, alone_task *task,
    const void *what, unsigned int seconds, struct shared *shared)
{
	int ret;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGALRM, SIG_DFL);
	alarm(seconds);
	ret = impl->setup ? impl->setup() : 0;
	if (!ret && impl->thread_register)
		ret = impl->thread_register();
	if (ret)
		shared->failed = error_set(&shared->err, "cannot run here: %s", strerror(-ret));
	else
		shared->failed = task(impl, what, shared->outcome, &shared->err) != 0;
	shared->done = true;
	_exit(EXIT_SUCCESS);
}

static enum alone_end end_of(int status, const struct shared *shared, struct error *err)
{
	if (WIFSIGNALED(status)) {
		error_set(err, "%s",
		    WTERMSIG(status) == SIGALRM ? "hangs" : sigdescr_np(WTERMSIG(status)));
		return ALONE_DIED;
	}
	if (!shared->done) {
		error_set(err, "ends its process with exit status %d", WEXITSTATUS(status));
		return ALONE_DIED;
	}
	if (!shared->failed)
		return ALONE_DONE;
	error_set(err, "%s", shared->err.text);
	return ALONE_FAILED;
}

enum alone_end alone(const struct impl_ops *impl, alone_task *task, const void *what, void *outcome,
    size_t size, unsigned int seconds, struct error *err)
{
	struct shared *shared = mmap(NULL, sizeof(*shared) + size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	enum alone_end end = ALONE_FAILED;
	pid_t child;

	if (shared == MAP_FAILED)
		return error_errno(err, "no memory for the outcome");
	child = fork();
	if (child == 0)
		child_main(impl, task, what, seconds, shared);
	if (child < 0)
		error_errno(err, "cannot start a process");
	else
		end = end_of(process_reap(child), shared, err);
	memcpy(outcome, shared->outcome, size);
	munmap(shared, sizeof(*shared) + size);
	return end;
}
