/* SPDX-License-Identifier: MIT */
#include "harness/explore/parallel.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_NS = 50 * 1000 * 1000, SHOW_EVERY = 4 /* polls */, HANGS = 30 /* seconds */ };

/* One part of the search, shared with the process that does it. */
struct part {
	struct explore_options options;
	struct explore_result result;
	struct error err;
	volatile uint64_t executions, turns;
	uint64_t seen;        /* of the turns, */
	struct timespec when; /* .. then, first */
	pid_t pid;
	int failed;
	bool started, ended;
	bool done, hangs; /* explore() has returned; or it does not, and was ended */
};

struct job {
	const struct explored *impl;
	const struct scenario *scenario;
	struct part *parts; /* shared */
	int n_parts;
};

static void run_part(const struct job *job, struct part *part)
{
	part->failed = explore(job->impl, job->scenario, &part->options, &part->result, &part->err);
	part->done = true;
	_exit(0);
}

static int start_part(const struct job *job, struct part *part, struct error *err)
{
	pid_t pid = fork(); /* not into the part, which the child shares */

	if (pid == 0)
		run_part(job, part);
	if (pid < 0)
		return error_errno(err, "cannot start a process");
	part->pid = pid;
	part->started = true;
	clock_gettime(CLOCK_MONOTONIC, &part->when);
	return 0;
}

static void end_part(const struct job *job, struct part *part, int status)
{
	const char *impl = job->impl->name, *scenario = job->scenario->name;

	part->ended = true;
	if (part->done)
		return;
	part->failed = -1;
	if (part->hangs)
		error_set(&part->err, "%s hangs in scenario %s: an execution does not end", impl,
		    scenario);
	else if (WIFSIGNALED(status))
		error_set(&part->err, "%s crashed in scenario %s: %s", impl, scenario,
		    strsignal(WTERMSIG(status)));
	else
		error_set(&part->err, "%s in scenario %s ended its process, with status %d", impl,
		    scenario, WEXITSTATUS(status));
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
		kill(part->pid, SIGKILL);
	}
}

/* How many are still running. */
static unsigned int reap(const struct job *job)
{
	unsigned int running = 0;
	int status;

	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		if (!part->started || part->ended)
			continue;
		if (waitpid(part->pid, &status, WNOHANG) == part->pid) {
			end_part(job, part, status);
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

/* Short explorations end within the first polls, which are therefore close together. */
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
		running = reap(job);
		while (!ret && running < processes && next < job->n_parts) {
			ret = start_part(job, &job->parts[next++], err);
			running += !ret;
		}
		if (show && ++polls % SHOW_EVERY == 0 && polls > 64)
			show(executions_so_far(job));
		polls += !show;
		wait_a_little(polls);
	} while (running || (!ret && next < job->n_parts));
	return ret;
}

/* Choices at the root that come before count as explored: other parts do that. */
static void split(struct job *job, const struct explore_options *options)
{
	for (int i = 0; i < job->n_parts; i++) {
		struct part *part = &job->parts[i];

		part->options = *options;
		part->options.progress = &part->executions;
		part->options.turns = &part->turns;
		if (job->n_parts == 1)
			continue;
		part->options.first = (uint8_t)(1u << i);
		part->options.asleep = (uint8_t)((1u << i) - 1);
	}
}

static int merge(const struct job *job, struct explore_result *result, struct error *err)
{
	for (int i = 0; i < job->n_parts; i++) {
		if (job->parts[i].failed) {
			*err = job->parts[i].err;
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
	job.parts = mmap(NULL, sizeof(struct part) * (size_t)job.n_parts, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (job.parts == MAP_FAILED)
		return error_errno(err, "cannot explore");
	split(&job, options);
	ret = run_parts(&job, processes, show, err);
	if (!ret)
		ret = merge(&job, result, err);
	munmap(job.parts, sizeof(struct part) * (size_t)job.n_parts);
	return ret;
}
