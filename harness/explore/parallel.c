/* SPDX-License-Identifier: MIT */
#include "harness/explore/parallel.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include "harness/process/child.h"

/* SHOW_EVERY is in polls; HANGS, the default of explore_options.hangs, is in seconds. */
enum { POLL_NS = 50 * 1000 * 1000, SHOW_EVERY = 4, HANGS = 30 };

struct job;

/* One part of the search, in memory that is shared with the child process that explores it. */
struct part {
	const struct job *job;
	struct explore_options options;
	struct explore_result result;
	struct error err;
	volatile uint64_t executions, turns;
	uint64_t seen;        /* last value of `turns` that was seen */
	struct timespec when; /* time when `turns` changed last */
	struct child child;
	int failed;
	bool done, hangs; /* done: explore() returned; hangs: no execution ended in time */
};

struct job {
	const struct explored *impl;
	const struct scenario *scenario;
	struct part *parts; /* all parts, in memory shared with the child processes */
	int n_parts;
};

static void run_part(void *arg)
{
	struct part *part = arg;

	part->failed = explore(
	    part->job->impl, part->job->scenario, &part->options, &part->result, &part->err);
	part->done = true;
}

static int start_part(struct part *part, struct error *err)
{
	if (child_start(&part->child, run_part, part))
		return error_errno(err, "cannot start a process");
	clock_gettime(CLOCK_MONOTONIC, &part->when);
	return 0;
}

static void end_part(struct part *part, const struct child_end *end)
{
	const char *impl = part->job->impl->name, *scenario = part->job->scenario->name;

	if (part->done)
		return;
	part->failed = -1;
	if (part->hangs)
		error_set(&part->err, "%s hangs in scenario %s: an execution does not end", impl,
		    scenario);
	else if (end->outcome == CHILD_CRASHED)
		error_set(&part->err, "%s crashed in scenario %s: %s", impl, scenario,
		    sigdescr_np(end->code));
	else
		error_set(&part->err, "%s ended its process with status %d in scenario %s", impl,
		    end->code, scenario);
}

static void end_if_it_hangs(struct part *part)
{
	const double most = part->options.hangs > 0 ? part->options.hangs : HANGS;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (part->turns != part->seen) {
		part->seen = part->turns;
		part->when = now;
	} else if ((double)(now.tv_sec - part->when.tv_sec) +
		       1e-9 * (double)(now.tv_nsec - part->when.tv_nsec) >
		   most) {
		part->hangs = true;
		hang_traces(part->child.pid, part->result.hung, sizeof(part->result.hung));
		child_kill(&part->child, SIGKILL);
	}
}

/* Collects the parts that have ended. Returns how many are still running. */
static unsigned int reap_parts(const struct job *job)
{
	unsigned int running = 0;
	struct child_end end;

	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		if (!part->child.pid) /* not started yet, or collected */
			continue;
		if (child_poll(&part->child, &end)) {
			end_part(part, &end);
			continue;
		}
		end_if_it_hangs(part);
		running++;
	}
	return running;
}

static uint64_t executions_so_far(const struct job *job)
{
	uint64_t n = 0;

	for (int i = 0; i < job->n_parts; i++)
		n += job->parts[i].executions;
	return n;
}

/* Short explorations end within the first polls, so these follow each other more closely. */
static void wait_a_little(unsigned int polls)
{
	long ns = polls < 64 ? POLL_NS / 256 : POLL_NS;

	nanosleep(&(struct timespec){.tv_nsec = ns}, NULL);
}

static int run_parts(const struct job *job, unsigned int processes,
    void (*show)(uint64_t executions), struct error *err)
{
	unsigned int running, polls = 0;
	int next = 0, ret = 0;

	do {
		running = reap_parts(job);
		while (!ret && running < processes && next < job->n_parts) {
			ret = start_part(&job->parts[next++], err);
			running += !ret;
		}
		if (show && ++polls % SHOW_EVERY == 0 && polls > 64)
			show(executions_so_far(job));
		polls += !show;
		wait_a_little(polls);
	} while (running || (!ret && next < job->n_parts));
	return ret;
}

/* Part i explores the executions in which thread i moves first. Lower threads count as explored,
 * since lower parts explore them. */
static void split_job(const struct job *job, const struct explore_options *options)
{
	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		part->job = job;
		part->options = *options;
		part->options.progress = &part->executions;
		part->options.turns = &part->turns;
		if (job->n_parts == 1)
			continue;
		part->options.first = (uint8_t)(1u << i);
		part->options.asleep = (uint8_t)((1u << i) - 1);
	}
}

static int merge_results(const struct job *job, struct explore_result *result, struct error *err)
{
	for (int i = 0; i < job->n_parts; i++) {
		if (job->parts[i].failed) {
			*err = job->parts[i].err;
			memcpy(result->hung, job->parts[i].result.hung, sizeof(result->hung));
			return -1;
		}
		if (i == 0)
			*result = job->parts[0].result;
		else
			explore_merge(job->impl, result, &job->parts[i].result);
	}
	return 0;
}

int explore_parallel(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), struct explore_result *result, struct error *err)
{
	struct job job = {.impl = impl, .scenario = scenario, .n_parts = 1};
	struct script script;
	int ret;

	if (scenario_parse(impl->family, scenario, &script, err))
		return -1;
	if (processes > 1)
		job.n_parts = script.n_threads;
	job.parts = child_memory_map(sizeof(struct part) * (size_t)job.n_parts);
	if (!job.parts)
		return error_errno(err, "cannot explore");
	split_job(&job, options);
	ret = run_parts(&job, processes, show, err);
	if (!ret)
		ret = merge_results(&job, result, err);
	child_memory_unmap(job.parts, sizeof(struct part) * (size_t)job.n_parts);
	return ret;
}
