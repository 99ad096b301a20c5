/* SPDX-License-Identifier: MIT */
#include "harness/explore/explore.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness/explore/program.h"
#include "harness/explore/search.h"

enum { LOOK_AT_CLOCK = 1024 }; /* executions */

struct exploration {
	struct machine *m;
	struct search *search;
	struct judge *judge;
	struct program *program;
	struct lockorder *locks;
	const struct explore_options *options;
	struct explore_result *result;
	int switches[MAX_FAULTS]; /* of the examples so far */
	struct timespec start;
};

enum impl_class explore_class(unsigned int faults)
{
	if (faults & (FAULT_CONFLICT | FAULT_RESULT | FAULT_LOST | FAULT_UNPAIRED |
			 FAULT_UNORDERED | FAULT_DEADLOCK | FAULT_LOCK_ORDER | FAULT_NOT_HELD))
		return CLASS_UNSAFE;
	if (faults & FAULT_LEAK)
		return CLASS_LEAKY;
	if (faults & FAULT_REFUSAL)
		return CLASS_CAUTIOUS;
	return CLASS_EXACT;
}

bool explore_contradicts(unsigned int faults, enum impl_class declared)
{
	return explore_class(faults) > declared;
}

static unsigned int lock_faults(unsigned int found)
{
	return (found & LOCKORDER_CIRCLE ? FAULT_LOCK_ORDER : 0) |
	       (found & (LOCKORDER_NOT_HELD | LOCKORDER_KEPT) ? FAULT_NOT_HELD : 0);
}

unsigned int explore_lock_faults(const struct lockorder *locks)
{
	return lock_faults(locks->faults);
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

/* -- examples -- */

static int count_switches(const struct machine *m)
{
	int n = 0;

	for (int i = 1; i < m->length; i++)
		n += m->events[i].proc != m->events[i - 1].proc;
	return n;
}

/* Everything that comes before `when` and is not yet in the schedule. */
static void append_before(
    struct schedule *s, const struct machine *m, bool used[MAX_EVENTS], const vclock *when)
{
	for (int i = 0; i < m->length; i++) {
		const struct event *e = &m->events[i];

		if (used[i] || (when && (*when)[e->proc] < e->index))
			continue;
		used[i] = true;
		s->procs[s->n++] = e->proc;
	}
}

/* The steps of this execution, in an order in which the calls and returns are as in the witness. */
static void make_schedule(struct schedule *s, const struct machine *m, const struct witness *w)
{
	bool used[MAX_EVENTS] = {false};

	s->n = 0;
	s->detail = m->detail;
	for (int i = 0; i < w->n; i++) {
		const struct op *op = &m->threads[w->order[i].thread].ops[w->order[i].at / 2];

		append_before(s, m, used, w->order[i].at % 2 ? &op->ret : &op->call);
	}
	append_before(s, m, used, NULL);
}

/* The example with the fewest switches is the easiest to read. */
static void keep_example(struct exploration *x, int fault)
{
	int switches = count_switches(x->m);
	struct witness witness = {0};

	if (x->result->examples[fault].n && switches >= x->switches[fault])
		return;
	x->switches[fault] = switches;
	if (!((1 << fault) & (FAULT_LEAK | FAULT_LOST | FAULT_DEADLOCK | FAULT_RESULT |
				 FAULT_UNORDERED | FAULT_LOCK_ORDER | FAULT_NOT_HELD)))
		judge_witness(x->judge, x->m, (enum fault)(1 << fault), &witness);
	make_schedule(&x->result->examples[fault], x->m, &witness);
}

/* -- one execution -- */

static unsigned int faults_at_rest(struct program *p)
{
	if (program_holds(p))
		return program_claimed(p) && !program_claimable(p) ? 0 : FAULT_LOST;
	return !program_claimed(p) && program_probeable(p) && program_claimable(p) ? 0 : FAULT_LEAK;
}

static unsigned int faults_at_end(const struct exploration *x)
{
	unsigned int faults;

	machine_rest_begin(x->m);
	faults = faults_at_rest(x->program);
	machine_rest_end(x->m);
	return faults | (x->m->sync.unordered ? FAULT_UNORDERED : 0) |
	       lock_faults(lockorder_faults_now(x->locks));
}

static void judge_execution(struct exploration *x, enum ending ending)
{
	unsigned int faults = FAULT_DEADLOCK | lock_faults(lockorder_faults_now(x->locks));

	if (ending == END_COMPLETE)
		faults = judge_faults(x->judge, x->m, x->options->no_reduction) | faults_at_end(x);
	x->result->executions++;
	x->result->faults |= faults;
	for (unsigned int left = faults; left; left &= left - 1)
		keep_example(x, __builtin_ctz(left));
	if (x->options->outcome)
		x->options->outcome(x->options->outcome_arg, x->m, faults);
}

static void count_execution(struct exploration *x, enum ending ending)
{
	switch (ending) {
	case END_COMPLETE:
	case END_DEADLOCK:
		judge_execution(x, ending);
		break;
	case END_CUT:
		x->result->cut++;
		break;
	default:
		x->result->asleep++;
	}
}

static bool may_go_on(struct exploration *x)
{
	const struct explore_options *o = x->options;
	uint64_t n = x->result->executions + x->result->cut + x->result->asleep;

	if (o->max_executions && x->result->executions >= o->max_executions)
		return false;
	if (n % LOOK_AT_CLOCK)
		return true;
	if (o->progress)
		*o->progress = x->result->executions;
	return o->budget <= 0 || seconds_since(&x->start) < o->budget;
}

static void restart(struct exploration *x)
{
	x->m->kept = 0;
	x->search->forced = 0;
	memset(x->result, 0, sizeof(*x->result));
}

static void search_all(struct exploration *x)
{
	enum ending ending;
	bool more = true;

	restart(x);
	while (more && may_go_on(x)) {
		ending = machine_run(x->m);
		if (ending == END_RESTART) {
			restart(x);
			continue;
		}
		count_execution(x, ending);
		more = search_next(x->m);
	}
	x->result->exhausted = !more && !x->result->cut;
	x->result->locks = *x->locks;
	x->result->faults |= explore_lock_faults(x->locks); /* of several executions together */
	x->result->class = explore_class(x->result->faults);
	x->result->seconds = seconds_since(&x->start);
}

/* -- setting up -- */

static void tear_down(struct exploration *x)
{
	if (x->m)
		machine_free(x->m);
	if (x->judge)
		judge_free(x->judge);
	free(x->search);
	free(x->locks);
	free(x->program);
}

static int set_up(struct exploration *x, const struct explored *impl,
    const struct scenario *scenario, enum memory_model model, struct error *err)
{
	x->program = calloc(1, sizeof(*x->program));
	x->search = calloc(1, sizeof(*x->search));
	x->locks = calloc(1, sizeof(*x->locks));
	x->judge = judge_new();
	if (!x->program || !x->search || !x->locks || !x->judge) {
		error_set(err, "cannot explore: out of memory");
		return -1;
	}
	if (scenario_parse(scenario, &x->program->plan, err))
		return -1;
	x->m = machine_new(x->program->plan.n_threads, model);
	if (!x->m)
		return error_errno(err, "cannot explore: no memory where the machine belongs");
	x->m->search = x->search;
	x->m->locks = x->locks;
	return program_init(x->program, x->m, impl, err);
}

int explore(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result, struct error *err)
{
	struct exploration x = {.options = options, .result = result};
	int ret;

	clock_gettime(CLOCK_MONOTONIC, &x.start);
	ret = set_up(&x, impl, scenario, options->model, err);
	if (!ret) {
		x.search->mode = options->no_reduction ? SEARCH_ALL : SEARCH_REDUCED;
		x.program->write_once = options->write_once;
		x.search->first = options->first;
		x.search->asleep = options->asleep;
		if (options->spin_bound)
			x.m->spin_bound = options->spin_bound;
		search_all(&x);
	}
	tear_down(&x);
	return ret;
}

static void force(struct exploration *x, const struct schedule *schedule)
{
	x->search->mode = SEARCH_REPLAY;
	x->search->forced = schedule->n;
	for (int i = 0; i < schedule->n; i++)
		x->search->frames[i].chosen = schedule->procs[i];
	x->m->detail = schedule->detail;
}

/* Unseen at first: the machine has to learn what the search knew when it made the schedule. */
static enum ending run_forced(struct exploration *x, observer *observe)
{
	enum ending ending;

	do
		ending = machine_run(x->m);
	while (ending == END_RESTART);
	if (!observe)
		return ending;
	x->m->observe = observe;
	return machine_run(x->m);
}

static int judge_forced(
    const struct exploration *x, enum ending ending, unsigned int *faults, struct error *err)
{
	switch (ending) {
	case END_COMPLETE:
		*faults = judge_faults(x->judge, x->m, true) | faults_at_end(x);
		return 0;
	case END_DEADLOCK:
		*faults = FAULT_DEADLOCK | lock_faults(lockorder_faults_now(x->locks));
		return 0;
	default:
		return error_set(err,
		    "step %d of the schedule is not possible: it was made for another state of the "
		    "source",
		    x->m->length + 1);
	}
}

int explore_replay(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, const struct schedule *schedule, observer *observe,
    unsigned int *faults, struct error *err)
{
	struct exploration x = {.options = options};
	int ret = set_up(&x, impl, scenario, options->model, err);

	if (!ret) {
		x.program->write_once = options->write_once;
		force(&x, schedule);
		ret = judge_forced(&x, run_forced(&x, observe), faults, err);
		if (options->replayed)
			*options->replayed = *x.locks;
	}
	tear_down(&x);
	return ret;
}

void explore_merge(struct explore_result *into, const struct explore_result *part)
{
	lockorder_merge(&into->locks, &part->locks);
	into->faults |= part->faults | explore_lock_faults(&into->locks);
	into->class = explore_class(into->faults);
	into->exhausted &= part->exhausted;
	into->executions += part->executions;
	into->cut += part->cut;
	into->asleep += part->asleep;
	into->seconds = part->seconds > into->seconds ? part->seconds : into->seconds;
	for (int i = 0; i < MAX_FAULTS; i++)
		if (!into->examples[i].n)
			into->examples[i] = part->examples[i];
}
