/* SPDX-License-Identifier: MIT */
#include "harness/explore/parallel.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "harness/explore/stopwatch.h"
#include "harness/process/child.h"

/* SHOW_EVERY counts polls. HANGS is the default of explore_options.hangs in seconds. */
enum { POLL_NS = 50 * 1000 * 1000, SHOW_EVERY = 4, HANGS = 30 };

struct job;

/* One part of the search. The memory is shared with the child process that explores this part. */
struct part {
	const struct job *job;
	struct explore_options options;
	struct explore_result result;
	struct programs_result programs; /* used instead of `result` if job->bounds is set */
	char scenario[MAX_PROGRAM_TEXT]; /* name of the scenario, or text of the program */
	struct error err;
	volatile uint64_t executions, turns;
	uint64_t seen;        /* last observed value of `turns` */
	struct timespec when; /* when `turns` was last observed to change */
	struct child child;
	int failed;
	bool done, hangs; /* done: explore() returned; hangs: no execution ended in time */
};

struct job {
	const struct explored *impl;
	const struct scenario *scenario;
	const struct program_bounds *bounds; /* size of generated programs; NULL: use `scenario` */
	enum impl_class until;               /* see explore_programs() */
	struct part *parts;                  /* in memory shared with the child processes */
	int n_parts;
};

static void run_part(void *arg)
{
	struct part *part = arg;
	const struct job *job = part->job;

	if (job->bounds)
		part->failed = explore_programs(job->impl, job->bounds, job->until, &part->options,
		    part->scenario, &part->programs, &part->err);
	else
		part->failed =
		    explore(job->impl, job->scenario, &part->options, &part->result, &part->err);
	part->done = true;
}

static int start_part(struct part *part, struct error *err)
{
	if (child_start(&part->child, run_part, part))
		return error_errno(err, "cannot start a process");
	stopwatch_start(&part->when);
	return 0;
}

static void end_part(struct part *part, const struct child_end *end)
{
	const char *impl = part->job->impl->name, *scenario = part->scenario;

	if (part->done)
		return;
	part->failed = -1;
	if (part->hangs)
		error_set(&part->err, "%s hangs in scenario %.300s: an execution does not end",
		    impl, scenario);
	else if (end->outcome == CHILD_CRASHED)
		error_set(&part->err, "%s crashed in scenario %.300s: %s", impl, scenario,
		    sigdescr_np(end->code));
	else
		error_set(&part->err, "%s ended its process with status %d in scenario %.300s",
		    impl, end->code, scenario);
}

static void end_if_it_hangs(struct part *part)
{
	const double most = part->options.hangs > 0 ? part->options.hangs : HANGS;

	if (part->turns != part->seen) {
		part->seen = part->turns;
		stopwatch_start(&part->when);
	} else if (stopwatch_seconds(&part->when) > most) {
		part->hangs = true;
		hang_traces(part->child.pid, part->result.hung, sizeof(part->result.hung));
		child_kill(&part->child, SIGKILL);
	}
}

/* Collects parts that have ended. Returns the number of parts that are still running. */
static unsigned int reap_parts(const struct job *job)
{
	unsigned int running = 0;
	struct child_end end;

	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		if (!part->child.pid) /* not started yet, or already collected */
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

/* Polls more often at first, because short explorations end quickly. */
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

/* Part i explores the executions in which thread i moves first. Threads below i are asleep at the
 * start, because lower parts explore their executions. */
static void split_job(const struct job *job, const struct explore_options *options)
{
	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		part->job = job;
		part->options = *options;
		if (job->scenario)
			snprintf(part->scenario, sizeof(part->scenario), "%s", job->scenario->name);
		part->options.progress = &part->executions;
		part->options.turns = &part->turns;
		if (job->n_parts == 1)
			continue;
		part->options.first = (uint8_t)(1u << i);
		part->options.asleep = (uint8_t)((1u << i) - 1);
	}
}

static void free_parts(const struct job *job)
{
	child_memory_unmap(job->parts, sizeof(struct part) * (size_t)job->n_parts);
}

/* Runs the job in child processes. Returns 0 with job->parts set, to be freed with free_parts(). On
 * failure, returns -1 with the error of the first part that failed, and with its call traces if it
 * hung. */
static int run_job(struct job *job, const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), char hung[HANG_TRACES_MAX], struct error *err)
{
	int ret;

	hung[0] = '\0';
	job->parts = child_memory_map(sizeof(struct part) * (size_t)job->n_parts);
	if (!job->parts)
		return error_errno(err, "cannot explore");
	split_job(job, options);
	ret = run_parts(job, processes, show, err);
	for (int i = 0; i < job->n_parts && !ret; i++) {
		ret = job->parts[i].failed;
		if (!ret)
			continue;
		*err = job->parts[i].err;
		memcpy(hung, job->parts[i].result.hung, HANG_TRACES_MAX);
	}
	if (ret)
		free_parts(job);
	return ret;
}

int explore_parallel(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), struct explore_result *result, struct error *err)
{
	struct job job = {.impl = impl, .scenario = scenario, .n_parts = 1};
	struct script script;

	if (scenario_parse(impl->family, scenario, &script, err))
		return -1;
	if (processes > 1)
		job.n_parts = script.n_threads;
	if (run_job(&job, options, processes, show, result->hung, err))
		return -1;
	*result = job.parts[0].result;
	for (int i = 1; i < job.n_parts; i++)
		explore_merge(impl, result, &job.parts[i].result);
	free_parts(&job);
	return 0;
}

int explore_programs_in_child(const struct explored *impl, const struct program_bounds *bounds,
    enum impl_class until, const struct explore_options *options, void (*show)(uint64_t executions),
    struct programs_result *result, struct error *err)
{
	struct job job = {.impl = impl, .bounds = bounds, .until = until, .n_parts = 1};

	if (run_job(&job, options, 1, show, result->all.hung, err))
		return -1;
	*result = job.parts[0].programs;
	free_parts(&job);
	return 0;
}
