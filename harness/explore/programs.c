/* SPDX-License-Identifier: MIT */
/* Explores generated programs one after another, in the calling process. */
#include <malloc.h>
#include <string.h>

#include "harness/explore/explore.h"
#include "harness/explore/stopwatch.h"

/* The part of the time limit that one program may use. Without this limit, one large program could
 * use all of it. */
static const double PROGRAM_PART = 0.02;

/* Allocations from this size on are mapped, and unmapped when freed, so that calloc() need not
 * clear them. Most of an exploration's large tables stays unused in a small program. */
enum { MAPPED = 64 << 10 };

struct programs {
	const struct explored *impl;
	const struct explore_options *options;
	char *text; /* the program that is being explored */
	struct programs_result *result;
	struct error *err;
	bool failed;
	struct timespec start;
};

/* Records that some program of this size was not explored completely. `steps` is the length of the
 * longest thread, which is the first. */
static void note_incomplete(struct programs *p, int threads, int steps)
{
	uint8_t *complete = &p->result->complete.steps[threads];

	if (*complete >= steps)
		*complete = (uint8_t)(steps - 1);
}

/* Records that this program and all later ones will not be explored. */
static void note_end(struct programs *p, const struct script *script)
{
	const int size = script->n_threads * script->n_actions[0];

	for (int threads = MIN_GENERATED; threads <= MAX_THREADS; threads++)
		note_incomplete(
		    p, threads, (threads < script->n_threads ? size : size - 1) / threads + 1);
}

static void note_faults(struct programs *p, const struct explore_result *part)
{
	struct explore_result *all = &p->result->all;
	const unsigned int before = all->faults;

	explore_merge(p->impl, all, part);
	for (unsigned int new = all->faults & ~before; new; new &= new - 1)
		if (part->faults & (new & -new))
			memcpy(p->result->shows[__builtin_ctz(new)], p->text, MAX_PROGRAM_TEXT);
}

static void note_program(
    struct programs *p, const struct script *script, const struct explore_result *part)
{
	note_faults(p, part);
	p->result->programs++;
	p->result->exhausted += part->exhausted;
	if (!part->exhausted)
		note_incomplete(p, script->n_threads, script->n_actions[0]);
	if (p->options->progress)
		*p->options->progress = p->result->all.executions;
}

static bool may_go_on(const struct programs *p, double left)
{
	const struct explore_options *o = p->options;
	const struct explore_result *all = &p->result->all;
	const bool late = (o->budget > 0 && left <= 0) || (o->stop && *o->stop);

	return !explore_is_enough(p->impl, o, all) && !(late && p->result->programs) &&
	       !(o->max_executions && all->executions >= o->max_executions);
}

static bool explore_program(void *arg, const struct script *script)
{
	static struct explore_result part; /* static: too large for the stack */
	struct programs *p = arg;
	struct explore_options options = *p->options;
	const double left = options.budget - stopwatch_seconds(&p->start);
	const uint64_t most = options.max_executions;
	struct program_text program;

	if (!may_go_on(p, left)) {
		note_end(p, script);
		return false;
	}
	options.progress = NULL;
	options.budget *= PROGRAM_PART;
	options.max_executions = most ? 1 + (uint64_t)((double)most * PROGRAM_PART) : 0;
	if (left > 0 && left < options.budget)
		options.budget = left;
	scenario_write(p->impl->family, script, &program);
	memcpy(p->text, program.name, MAX_PROGRAM_TEXT);
	p->failed = explore(p->impl, &program.scenario, &options, &part, p->err);
	if (!p->failed)
		note_program(p, script, &part);
	return !p->failed;
}

int explore_programs(const struct explored *impl, const struct program_bounds *bounds,
    const struct explore_options *options, char text[MAX_PROGRAM_TEXT],
    struct programs_result *result, struct error *err)
{
	struct programs p = {
	    .impl = impl, .options = options, .text = text, .result = result, .err = err};

	mallopt(M_MMAP_THRESHOLD, MAPPED);
	stopwatch_start(&p.start);
	memset(result, 0, sizeof(*result));
	result->complete = *bounds;
	result->all.exhausted = true;
	result->all.class = impl->family->class_of(0);
	if (!generate_programs(impl, bounds, explore_program, &p))
		result->all.exhausted = false;
	result->all.seconds = stopwatch_seconds(&p.start);
	return p.failed ? -1 : 0;
}
