/* SPDX-License-Identifier: MIT */
#include "harness/explore/parts.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "harness/measure/clock.h"

/* In seconds: the default of explore_options.hangs, the shortest turn, and the longest time between
 * two looks at the parts. */
static const double HANGS = 30, FIRST_TURN = 0.002, LOOK = 0.2;

/* The explorations of one call of parts_explore(). */
struct exploring {
	struct part *parts;
	int n;
	unsigned int processes, running;
	double end; /* when the time is over; INFINITY: parts run to their end */
};

static double seconds_now(void)
{
	return (double)clock_ns() * 1e-9;
}

struct part *parts_map(int n)
{
	return child_memory_map(sizeof(struct part) * (size_t)n);
}

void parts_unmap(struct part *parts, int n)
{
	child_memory_unmap(parts, sizeof(struct part) * (size_t)n);
}

/* -- one part -- */

static void run_part(void *arg)
{
	struct part *part = arg;

	if (part->scenario)
		part->failed = explore(
		    part->impl, part->scenario, &part->options, &part->found.all, &part->err);
	else
		part->failed = explore_programs(part->impl, &part->bounds, &part->options,
		    part->what, &part->found, &part->err);
	part->done = true;
}

static double seconds_run(const struct part *part)
{
	return part->ran + seconds_now() - part->began;
}

/* Starts the part, or continues it. Returns 0, or -1 with an error. */
static int begin_turn(struct exploring *x, struct part *part, struct error *err)
{
	if (part->state == PART_PAUSED)
		child_kill(&part->child, SIGCONT);
	else if (child_start(&part->child, run_part, part))
		return error_errno(err, "cannot start a process");
	part->state = PART_RUNNING;
	part->began = seconds_now();
	x->running++;
	return 0;
}

static void end_turn(struct exploring *x, struct part *part)
{
	child_kill(&part->child, SIGSTOP);
	part->ran = seconds_run(part);
	part->state = PART_PAUSED;
	x->running--;
}

/* Returns the time until the part's turn is over. */
static double turn_left(const struct exploring *x, const struct part *part)
{
	const double most = fmax(part->ran / 4, FIRST_TURN);

	return isinf(x->end) || part->stop ? INFINITY : part->began + most - seconds_now();
}

/* Lets a paused part run until it ends. */
static void continue_part(struct exploring *x, struct part *part)
{
	struct error none;

	if (part->state == PART_PAUSED)
		begin_turn(x, part, &none); /* cannot fail: the process exists */
}

/* Ends the part without a result. */
static void abandon(struct exploring *x, struct part *part)
{
	if (part->state == PART_NEW)
		part->state = PART_ENDED;
	if (part->state == PART_ENDED)
		return;
	part->needless = true;
	child_kill(&part->child, SIGKILL);
	continue_part(x, part);
}

static void explain_end(struct part *part, const struct child_end *end)
{
	const char *impl = part->impl->name;

	if (part->done || part->needless)
		return;
	part->failed = -1;
	if (part->hangs)
		error_set(&part->err, "%s hangs in scenario %.300s: an execution does not end",
		    impl, part->what);
	else if (end->outcome == CHILD_CRASHED)
		error_set(&part->err, "%s crashed in scenario %.300s: %s", impl, part->what,
		    sigdescr_np(end->code));
	else
		error_set(&part->err, "%s ended its process with status %d in scenario %.300s",
		    impl, end->code, part->what);
}

static void end_if_it_hangs(struct part *part)
{
	const double most = part->options.hangs > 0 ? part->options.hangs : HANGS;

	if (part->turns != part->seen) {
		part->seen = part->turns;
		part->moved = seconds_run(part);
	} else if (seconds_run(part) - part->moved > most) {
		part->hangs = true;
		hang_traces(part->child.pid, part->found.all.hung, HANG_TRACES_MAX);
		child_kill(&part->child, SIGKILL);
	}
}

/* -- all parts -- */

/* Returns whether the end of this part makes the others of its group needless. */
static bool is_enough(const struct part *part)
{
	const enum impl_class until = part->options.until;

	return until != CLASS_EXACT && until != CLASS_NONE && part->state == PART_ENDED &&
	       (part->failed || explore_is_enough(part->impl, &part->options, &part->found.all));
}

/* Ends what is not needed because of the part that ended. Parts before it that run now go on to the
 * end of their turn, so that without a time limit the result does not depend on `processes`. */
static void end_group(struct exploring *x, const struct part *ended)
{
	if (!is_enough(ended))
		return;
	for (struct part *part = x->parts; part < x->parts + x->n; part++)
		if (part->group == ended->group && (part > ended || part->state != PART_RUNNING))
			abandon(x, part);
}

static bool was_found(const struct exploring *x, unsigned int group)
{
	for (const struct part *part = x->parts; part < x->parts + x->n; part++)
		if (part->group == group && is_enough(part))
			return true;
	return false;
}

static void look_at(struct exploring *x, struct part *part)
{
	struct child_end end;

	if (child_poll(&part->child, &end)) {
		explain_end(part, &end);
		part->state = PART_ENDED;
		x->running--;
		end_group(x, part);
		return;
	}
	end_if_it_hangs(part);
	if (turn_left(x, part) > 0)
		return;
	if (was_found(x, part->group))
		abandon(x, part);
	else
		end_turn(x, part);
}

static void abandon_all(struct exploring *x)
{
	for (struct part *part = x->parts; part < x->parts + x->n; part++)
		abandon(x, part);
}

/* Lets all parts end soon, with what they have found. */
static void end_all(struct exploring *x)
{
	for (struct part *part = x->parts; part < x->parts + x->n; part++) {
		part->stop = true;
		continue_part(x, part);
	}
}

static double time_used(const struct part *part)
{
	return part->ran * (1 + part->behind);
}

/* Returns the waiting part that has used the least time, or NULL if none waits. */
static struct part *next_part(const struct exploring *x)
{
	struct part *next = NULL;

	for (struct part *part = x->parts; part < x->parts + x->n; part++)
		if ((part->state == PART_NEW || part->state == PART_PAUSED) &&
		    (!next || time_used(part) < time_used(next)))
			next = part;
	return next;
}

/* Every part gets its first turn, even if the time is over. */
static int give_turns(struct exploring *x, struct error *err)
{
	struct part *next = next_part(x);

	if (seconds_now() >= x->end && !(next && next->state == PART_NEW))
		end_all(x);
	else
		for (; next && x->running < x->processes; next = next_part(x))
			if (begin_turn(x, next, err))
				return -1;
	return 0;
}

/* Waits until a child ends, a turn is over, or it is time to look again. SIGCHLD is blocked. */
static void wait_for_parts(const struct exploring *x, const sigset_t *sigchld)
{
	double left = fmin(LOOK, fmax(x->end - seconds_now(), FIRST_TURN));
	struct timespec timeout;

	for (const struct part *part = x->parts; part < x->parts + x->n; part++)
		if (part->state == PART_RUNNING)
			left = fmin(left, fmax(turn_left(x, part), 0));
	timeout = (struct timespec){.tv_nsec = (long)(left * 1e9)};
	sigtimedwait(sigchld, NULL, &timeout);
}

static uint64_t executions_so_far(const struct exploring *x)
{
	uint64_t n = 0;

	for (int i = 0; i < x->n; i++)
		n += x->parts[i].executions;
	return n;
}

static void prepare_part(struct part *part)
{
	if (part->scenario)
		snprintf(part->what, sizeof(part->what), "%s", part->scenario->name);
	part->options.progress = &part->executions;
	part->options.turns = &part->turns;
	part->options.stop = &part->stop;
}

int parts_explore(struct part *parts, int n, unsigned int processes, double seconds,
    void (*show)(uint64_t executions), struct error *err)
{
	const double start = seconds_now();
	struct exploring x = {.parts = parts,
	    .n = n,
	    .processes = processes,
	    .end = seconds != 0 ? start + seconds : INFINITY};
	double shown = start;
	sigset_t sigchld, before;
	int ret = 0;

	sigemptyset(&sigchld);
	sigaddset(&sigchld, SIGCHLD);
	pthread_sigmask(SIG_BLOCK, &sigchld, &before);
	for (int i = 0; i < n; i++)
		prepare_part(&parts[i]);
	do {
		for (int i = 0; i < n; i++)
			if (parts[i].state == PART_RUNNING)
				look_at(&x, &parts[i]);
		if (!ret)
			ret = give_turns(&x, err);
		if (ret)
			abandon_all(&x);
		if (show && seconds_now() - shown > LOOK) {
			show(executions_so_far(&x));
			shown = seconds_now();
		}
		if (x.running)
			wait_for_parts(&x, &sigchld);
	} while (x.running);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ret;
}
