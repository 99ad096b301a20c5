/* SPDX-License-Identifier: MIT */
#include "harness/measure/isolate.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/engine.h"
#include "harness/measure/run_here.h"
#include "harness/process/child.h"

static size_t result_size(unsigned int nr_threads)
{
	return sizeof(struct run_result) + nr_threads * sizeof(struct run_thread);
}

struct run_result *run_result_create(unsigned int nr_threads, struct error *err)
{
	struct run_result *result = child_memory_map(result_size(nr_threads));

	if (!result)
		error_errno(err, "cannot allocate the result for %u threads", nr_threads);
	return result;
}

void run_result_destroy(struct run_result *result, unsigned int nr_threads)
{
	child_memory_unmap(result, result_size(nr_threads));
}

struct isolated {
	const struct run_spec *spec;
	struct run_result *result;
	const struct child_stop *signals;
};

/* Ctrl-C sends SIGINT to the parent and to this child. The child ignores it, because the parent
 * ends the child by SIGTERM. */
static void run_in_child(void *arg)
{
	const struct isolated *run = arg;

	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	child_stop_end(run->signals);
	run_here(run->spec, run->result);
}

static void describe_end(struct run_result *result, const struct child_end *end)
{
	if (end->outcome == CHILD_EXITED && (!end->code || result->failure[0]))
		return;
	result->found = CLASS_UNSAFE;
	child_describe(end, result->failure, sizeof(result->failure));
}

/* Returns the longest time, in seconds, that a run takes unless it hangs. Infinite with a watch
 * such as perf, for which threads may wait. */
static double planned_seconds(const struct run_spec *spec)
{
	return spec->watch ? INFINITY : window_longest_seconds(spec) + 0.25;
}

/* Waits for the run to end. Kills it if it hangs. */
static struct child_end finish_run(const struct isolated *run, struct child *child, double timeout)
{
	const struct child_stop *signals = run->signals;
	struct child_end end;
	bool stuck;

	if (!child_watch(child, planned_seconds(run->spec), timeout, signals, &stuck) &&
	    !*signals->flag)
		hang_traces(child->pid, run->result->hung, sizeof(run->result->hung));
	end = child_finish(child, 0, signals);
	end.timeout = timeout;
	end.stuck = stuck;
	return end;
}

enum run_end run_isolated(const struct run_spec *spec, struct run_result *result, double timeout,
    const volatile sig_atomic_t *stop)
{
	struct child_stop signals;
	struct isolated run = {spec, result, &signals};
	struct child child = {0};
	struct child_end end = {.outcome = CHILD_EXITED};

	child_stop_begin(&signals, stop);
	if (child_start(&child, run_in_child, &run)) {
		snprintf(result->failure, sizeof(result->failure), "cannot start a process: %s",
		    strerror(errno));
	} else {
		end = finish_run(&run, &child, timeout);
		if (end.outcome != CHILD_STOPPED)
			describe_end(result, &end);
	}
	child_stop_end(&signals);
	return end.outcome == CHILD_STOPPED ? RUN_INTERRUPTED : RUN_ENDED;
}
