/* SPDX-License-Identifier: MIT */
#include "harness/check/in_child.h"

#include <stdbool.h>
#include <string.h>

#include "harness/process/child.h"

/* A task that runs longer is watched for a hang. */
static const double QUIET_SECONDS = 0.25;

struct shared {
	struct error err;
	bool failed, done;
	_Alignas(max_align_t) char outcome[];
};

struct job {
	const struct impl_ops *impl;
	child_task *task;
	const void *what;
	struct shared *shared;
};

static void run_task(void *arg)
{
	const struct job *job = arg;
	const struct impl_ops *impl = job->impl;
	struct shared *shared = job->shared;
	int ret = impl->about.setup ? impl->about.setup() : 0;

	if (!ret && impl->about.thread_register)
		ret = impl->about.thread_register();
	if (ret)
		shared->failed = error_set(
		    &shared->err, "the implementation cannot be set up here: %s", strerror(-ret));
	else
		shared->failed = job->task(impl, job->what, shared->outcome, &shared->err) != 0;
	shared->done = true;
}

static enum task_end end_of(
    const struct child_end *how, const struct shared *shared, struct error *err)
{
	if (how->outcome != CHILD_EXITED) {
		error_set(err, "%s", how->outcome == CHILD_HUNG ? "hangs" : sigdescr_np(how->code));
		return TASK_DIED;
	}
	if (!shared->done) {
		error_set(
		    err, "the implementation ended its process with exit status %d", how->code);
		return TASK_DIED;
	}
	if (!shared->failed)
		return TASK_DONE;
	error_set(err, "%s", shared->err.text);
	return TASK_FAILED;
}

enum task_end task_in_child(const struct impl_ops *impl, child_task *task, const void *what,
    void *outcome, size_t size, unsigned int seconds, char *hung, struct error *err)
{
	struct shared *shared = child_memory_map(sizeof(*shared) + size);
	struct job job = {impl, task, what, shared};
	enum task_end end = TASK_FAILED;
	struct child child = {0};
	struct child_end how;
	bool stuck;

	if (!shared)
		return error_errno(err, "cannot allocate memory to share with a child process");
	if (child_start(&child, run_task, &job)) {
		error_errno(err, "cannot start a process");
	} else {
		if (!child_watch(&child, QUIET_SECONDS, seconds, NULL, &stuck) && hung)
			hang_traces(child.pid, hung, HANG_TRACES_MAX);
		how = child_finish(&child, 0, NULL);
		end = end_of(&how, shared, err);
	}
	memcpy(outcome, shared->outcome, size);
	child_memory_unmap(shared, sizeof(*shared) + size);
	return end;
}
