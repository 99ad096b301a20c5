/* SPDX-License-Identifier: MIT */
#include "harness/explore/explore.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/judge.h"
#include "harness/explore/machine.h"
#include "harness/explore/search.h"
#include "harness/explore/states.h"
#include "harness/explore/stopwatch.h"

enum { LOOK_AT_CLOCK = 1024 }; /* number of executions between two looks at the clock */

/* Limits of the first turns, in executions and in states. Each later limit is TURN_GROWS times the
 * one before. A million states take far longer than some thousand executions, so states get most of
 * the time. */
enum { FIRST_EXECUTIONS = 1 << 12, FIRST_STATES = 1 << 20, TURN_GROWS = 2 };

/* Limits the number of executions, including abandoned and pruned ones, to max_executions times
 * this. */
enum { TURNS_PER_EXECUTION = 16 };

struct exploration {
	struct machine *m;
	struct search *search;
	struct judge *judge;
	const struct explored *impl;
	const struct explore_family *family;
	const struct scenario *scenario;
	void *program;
	struct lockorder *locks;
	const struct explore_options *options;
	struct explore_result *result;
	struct spec_state initial; /* of the specification */
	bool none_left;            /* no execution is left that the search would try */
	int switches[MAX_FAULTS];  /* number of context switches in each example of `result` */
	struct timespec start;
};

enum impl_class explore_safe_or_not(unsigned int faults)
{
	return faults ? CLASS_UNSAFE : CLASS_SAFE;
}

bool explore_contradicts(const struct explored *impl, enum memory_model model, unsigned int faults)
{
	return impl->family->class_of(faults) >
	       (model == MODEL_RC11 ? impl_class_by_c11(impl->about) : impl->about->class);
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

/* -- examples -- */

static int count_switches(const struct machine *m)
{
	int n = 0;

	for (int i = 1; i < m->length; i++)
		n += m->events[i].proc != m->events[i - 1].proc;
	return n;
}

/* Appends all events that happen before `when` and are not yet in the schedule. If `when` is NULL,
 * appends all remaining events. */
static void append_before(
    struct schedule *s, const struct machine *m, bool used[MAX_EVENTS], const vclock *when)
{
	for (int i = 0; i < m->length; i++) {
		const struct event *e = &m->events[i];

		if (used[i] || (when && (*when)[e->proc] < e->index))
			continue;
		used[i] = true;
		s->procs[s->n] = e->proc;
		s->picks[s->n++] = e->pick;
	}
}

/* Makes a schedule of this execution's steps. Where threads cannot tell the difference, reorders
 * the steps so that the operations' calls and returns come in the witness's order. */
static void make_schedule(struct schedule *s, const struct machine *m, const struct witness *w)
{
	bool used[MAX_EVENTS] = {false};

	s->n = 0;
	s->detail = m->detail;
	machine_frees(m, s->freed);
	memcpy(s->plain, m->races.scheduled, sizeof(s->plain));
	for (int i = 0; i < w->n; i++)
		append_before(s, m, used, &w->order[i]);
	append_before(s, m, used, NULL);
}

/* Faults that may show only in another real-time order, which the threads cannot distinguish from
 * the executed one. */
enum {
	ORDER_SHOWS = FAULT_QUERY | FAULT_REFUSAL | FAULT_UNPAIRED | FAULT_CONFLICT |
	              FAULT_GRANTED | FAULT_TWO_STATES
};

/* Keeps this execution as the example of a fault if it has fewer context switches than the previous
 * example, and so is easier to read. */
static void keep_example(struct exploration *x, int fault)
{
	int switches = count_switches(x->m);
	struct witness witness = {0};

	if (x->result->examples[fault].n && switches >= x->switches[fault])
		return;
	x->switches[fault] = switches;
	if (x->m->model == MODEL_RC11)
		; /* faults do not depend on real time, and picks determine the order of steps */
	else if ((1 << fault) & ORDER_SHOWS)
		judge_witness(x->judge, x->m, (enum fault)(1 << fault), &witness);
	else if ((1 << fault) & FAULT_LATE)
		x->family->witness(x->m, &witness);
	make_schedule(&x->result->examples[fault], x->m, &witness);
}

/* -- one execution -- */

/* Returns the faults that arose during the execution, regardless of how it ended. */
static unsigned int faults_on_the_way(const struct exploration *x)
{
	return x->m->faults | (x->m->sync.unordered ? FAULT_UNORDERED : 0) |
	       lock_faults(lockorder_faults_now(x->locks));
}

/* Returns the fault of an execution that waits forever, either in a thread or in the final
 * check. */
static unsigned int fault_of_hanging(const struct exploration *x)
{
	return x->family->may_hang && x->family->may_hang(x->m) ? 0 : FAULT_DEADLOCK;
}

struct rest {
	const struct exploration *x;
	unsigned int faults;
};

static void find_at_rest(void *arg)
{
	struct rest *rest = arg;

	rest->faults = rest->x->family->faults_at_rest(rest->x->program);
}

static unsigned int faults_at_rest(const struct exploration *x)
{
	struct rest rest = {.x = x};

	return machine_at_rest(x->m, find_at_rest, &rest) ? rest.faults : fault_of_hanging(x);
}

static unsigned int faults_at_end(const struct exploration *x, bool real)
{
	unsigned int faults = judge_faults(x->judge, x->m, real) | faults_on_the_way(x);

	if (judge_is_full(x->judge))
		error_set(&x->m->refused,
		    "an execution's results allow more states than the judge can store");
	if (x->family->faults_in_time)
		faults |= x->family->faults_in_time(x->m, real);
	return faults | faults_at_rest(x);
}

static unsigned int faults_of(const struct exploration *x, enum ending ending, bool real)
{
	if (ending == END_COMPLETE) /* RC11 has no real-time order */
		return faults_at_end(x, real && x->m->model != MODEL_RC11);
	return fault_of_hanging(x) | faults_on_the_way(x);
}

static void judge_execution(struct exploration *x, enum ending ending)
{
	unsigned int faults = faults_of(x, ending, x->options->no_reduction);

	if (x->m->faults & FAULT_DEAD) {
		x->result->dead_at = x->m->dead_at;
		x->result->dead_pc = x->m->dead_pc;
	}
	if (!x->result->race.found)
		x->result->race = x->m->races.first;
	x->result->executions++;
	x->result->faults |= faults;
	for (unsigned int left = faults; left; left &= left - 1)
		keep_example(x, __builtin_ctz(left));
	if (x->options->outcome)
		x->options->outcome(x->options->outcome_arg, x->m, faults);
}

/* Resets all results, but keeps a data race: the restarted search may take longer to find it
 * again. */
static void restart_search(struct exploration *x)
{
	struct explore_result *r = x->result;

	x->m->kept = 0;
	x->m->must_restart = true;
	x->search->forced = 0;
	x->search->resumed = -1;
	x->none_left = false;
	r->executions = r->cut = r->asleep = 0;
	r->faults &= FAULT_RACE;
	r->dead_at = NULL;
	for (int i = 0; i < MAX_FAULTS; i++)
		if (!(r->faults & 1u << i))
			r->examples[i].n = 0;
}

/* Returns false if the exploration must restart, because this execution showed that more accesses
 * must be steps. */
static bool count_execution(struct exploration *x, enum ending ending)
{
	switch (ending) {
	case END_COMPLETE:
	case END_DEADLOCK:
		judge_execution(x, ending);
		return !data_race_schedule(x->m);
	case END_RESTART:
		return false;
	case END_CUT:
		x->result->cut++;
		return true;
	default:
		x->result->asleep++;
		return true;
	}
}

bool explore_is_enough(const struct explored *impl, const struct explore_options *options,
    const struct explore_result *result)
{
	/* A data race is kept when the exploration restarts, which resets the executions. */
	return options->until != CLASS_EXACT && result->faults && result->executions &&
	       impl->family->class_of(result->faults) >= options->until;
}

static uint64_t nr_turns(const struct exploration *x)
{
	return x->result->executions + x->result->cut + x->result->asleep;
}

/* Reports the progress. Returns false if the time is over, or another process says stop. */
static bool is_in_time(const struct exploration *x, uint64_t progress)
{
	const struct explore_options *o = x->options;

	if (o->stop && *o->stop)
		return false;
	if (o->progress)
		*o->progress = progress;
	return o->budget <= 0 || stopwatch_seconds(&x->start) < o->budget;
}

static bool may_go_on(const struct exploration *x)
{
	const struct explore_options *o = x->options;
	const uint64_t n = nr_turns(x);

	if (o->turns)
		++*o->turns;
	if (o->max_executions && (x->result->executions + x->result->states >= o->max_executions ||
				     n >= TURNS_PER_EXECUTION * o->max_executions))
		return false;
	if (explore_is_enough(x->impl, o, x->result))
		return false;
	return !n || n % LOOK_AT_CLOCK || is_in_time(x, x->result->executions);
}

/* Returns true if the implementation was refused, so that no more executions may run. */
static bool is_refused(const struct exploration *x)
{
	return x->m->refused.text[0];
}

static int refuse_scenario(
    const struct exploration *x, const struct explored *impl, struct error *err)
{
	return error_set(err, "%s cannot be explored in scenario %s: %.300s", impl->name,
	    x->scenario->name, x->m->refused.text);
}

/* -- all executions, or all states -- */

/* Runs executions until there are `limit` of them, including abandoned and pruned ones. Returns
 * true if all were tried, or pruned for a reason. */
static bool search_executions(struct exploration *x, uint64_t limit)
{
	while (!x->none_left && !is_refused(x) && nr_turns(x) < limit && may_go_on(x)) {
		const enum ending ending = machine_run(x->m);

		if (ending == END_REFUSED)
			return false;
		if (count_execution(x, ending))
			x->none_left = !search_next(x->m);
		else
			restart_search(x);
	}
	return x->none_left && !x->result->cut && !is_refused(x);
}

/* Replays the machine's moves as an execution, and judges it. Returns true if this shows a new
 * fault, or that other accesses are steps. Otherwise, leaves the search by executions unchanged. */
static bool judge_moves(struct exploration *x)
{
	struct search moves = {.mode = SEARCH_REPLAY, .forced = x->m->length, .resumed = -1};
	const unsigned int known = x->result->faults;
	enum ending ending;

	for (int i = 0; i < x->m->length; i++)
		moves.frames[i].chosen = x->m->events[i].proc;
	x->m->search = &moves;
	x->m->kept = 0;
	ending = machine_run(x->m);
	x->m->search = x->search;
	if (ending == END_COMPLETE || ending == END_DEADLOCK)
		judge_execution(x, ending);
	/* If racing accesses were not steps, the other faults are unreliable. */
	if (data_race_schedule(x->m) || ending == END_RESTART) {
		restart_search(x);
		return true;
	}
	return x->result->faults & ~known;
}

/* A turn of the search by states. */
struct by_states {
	struct exploration *x;
	uint64_t limit;
};

static bool states_go_on(void *arg, uint64_t states)
{
	const struct by_states *by = arg;
	const struct explore_options *o = by->x->options;
	const uint64_t progress = by->x->result->executions + states;

	if (o->turns)
		++*o->turns;
	return states < by->limit && (!o->max_executions || progress < o->max_executions) &&
	       is_in_time(by->x, progress);
}

static unsigned int states_at_rest(void *arg)
{
	const struct by_states *by = arg;

	return faults_at_rest(by->x);
}

/* Returns true if the search must begin again: another fault is known, or other accesses are
 * steps. */
static bool must_begin_again(struct exploration *x, enum states_end end)
{
	if (end == STATES_ENDED && x->m->ending == END_RESTART) {
		restart_search(x);
		return true;
	}
	if (end == STATES_FAULT)
		return judge_moves(x) && !is_refused(x) &&
		       !explore_is_enough(x->impl, x->options, x->result);
	return end == STATES_AGAIN;
}

static enum states_end search_states(struct exploration *x, struct states *states, uint64_t limit)
{
	struct by_states by = {x, limit};
	const struct states_calls calls = {states_go_on, states_at_rest, &by};
	enum states_end end;

	do {
		end = states_search(states, x->result->faults, &calls);
		x->result->states = states_visited(states);
	} while (must_begin_again(x, end));
	x->m->kept = 0; /* m->events are not those of the last execution */
	return end;
}

static bool is_over(const struct exploration *x)
{
	return is_refused(x) || !may_go_on(x) ||
	       !is_in_time(x, x->result->executions + x->result->states);
}

/* Half of a limit is left to the search by states. */
static uint64_t first_executions(const struct explore_options *o)
{
	if (o->by == EXPLORE_STATES)
		return 0;
	if (o->first_turn)
		return o->first_turn;
	return o->max_executions / 2 > FIRST_EXECUTIONS ? o->max_executions / 2 : FIRST_EXECUTIONS;
}

/* Prepares a search by states. Returns NULL if out of memory. */
static struct states *start_states(struct exploration *x)
{
	struct states *states = states_new(x->m, x->initial);

	if (states && states_run_at_random(states))
		restart_search(x);
	return states;
}

/* Neither search is always faster, so they alternate in turns of growing length. If there are too
 * many states, or a fault prevents looking for others, only executions are searched. */
static bool search_both(struct exploration *x)
{
	uint64_t executions = first_executions(x->options);
	uint64_t limit = x->options->first_turn ? x->options->first_turn : FIRST_STATES;
	enum states_end end = STATES_STOPPED;
	struct states *states = NULL;
	bool all;

	for (;;) {
		all = search_executions(x, executions);
		if (all || is_over(x) || end != STATES_STOPPED)
			break;
		if (!states)
			states = start_states(x);
		if (is_refused(x))
			break;
		end = states ? search_states(x, states, limit) : STATES_FULL;
		all = end == STATES_ALL;
		if (all)
			break;
		executions *= TURN_GROWS;
		limit *= TURN_GROWS;
		if (end != STATES_STOPPED && executions)
			executions = UINT64_MAX;
	}
	states_free(states);
	return all;
}

static bool can_search_states(const struct exploration *x)
{
	const struct explore_options *o = x->options;

	return o->by != EXPLORE_EXECUTIONS && !o->no_reduction && !o->outcome &&
	       states_possible(x->family, o->model);
}

static void search_all(struct exploration *x)
{
	bool all;

	restart_search(x);
	all = can_search_states(x) ? search_both(x) : search_executions(x, UINT64_MAX);
	x->result->exhausted = all && !x->locks->full;
	/* A cycle can combine lock orders from several executions. */
	x->result->faults |= explore_lock_faults(x->locks);
	x->result->class = x->family->class_of(x->result->faults);
	x->result->seconds = stopwatch_seconds(&x->start);
}

/* -- setting up -- */

static void tear_down(struct exploration *x)
{
	if (x->m)
		machine_free(x->m);
	if (x->judge)
		judge_free(x->judge);
	free(x->search);
	free(x->program);
}

struct start {
	const struct exploration *x;
	const struct setup *setup;
	struct error *err;
	int ret;
};

static void init_program(void *arg)
{
	struct start *start = arg;

	start->ret = start->x->family->init(start->x->m, start->setup, start->err);
}

static int set_up_machine(struct exploration *x, const struct setup *setup, struct error *err)
{
	struct start start = {x, setup, err, 0};

	x->m = machine_new(setup->script.n_threads, x->options->model);
	if (!x->m) {
		error_errno(err, "cannot explore: cannot map the explorer's state at its fixed "
				 "address, which a debugger or a sanitizer may occupy");
		return -1;
	}
	x->m->search = x->search;
	x->m->locks = x->locks;
	x->m->family = x->family;
	x->m->release_is_store = setup->impl->release_is_store;
	x->m->program = x->program;
	x->m->body = x->family->body;
	if (machine_in_setup(x->m, init_program, &start))
		return start.ret;
	if (is_refused(x))
		return refuse_scenario(x, setup->impl, err);
	return error_set(err, "%s waits forever in its setup", setup->impl->name);
}

static int set_up(struct exploration *x, const struct explored *impl,
    const struct scenario *scenario, struct error *err)
{
	struct setup setup = {.impl = impl, .write_once = x->options->write_once};

	x->impl = impl;
	x->family = impl->family;
	x->scenario = scenario;
	x->program = calloc(1, x->family->program_size);
	x->search = calloc(1, sizeof(*x->search));
	if (!x->program || !x->search || !x->locks) {
		error_set(err, "cannot explore: out of memory");
		return -1;
	}
	if (scenario_parse(x->family, scenario, &setup.script, err) ||
	    set_up_machine(x, &setup, err))
		return -1;
	if (x->family->start)
		x->initial = x->family->start(x->program);
	x->judge = judge_new(x->family->judging, x->initial);
	return x->judge ? 0 : error_set(err, "cannot explore: out of memory");
}

int explore(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, struct explore_result *result, struct error *err)
{
	struct exploration x = {.options = options, .result = result, .locks = &result->locks};
	int ret;

	memset(result, 0, sizeof(*result));
	ret = set_up(&x, impl, scenario, err);

	stopwatch_start(&x.start); /* excludes the setup */
	if (!ret) {
		x.search->mode = options->no_reduction ? SEARCH_ALL : SEARCH_REDUCED;
		x.search->first = options->first;
		x.search->asleep = options->asleep;
		if (options->spin_bound)
			x.m->spin_bound = options->spin_bound;
		search_all(&x);
		if (is_refused(&x))
			ret = refuse_scenario(&x, impl, err);
	}
	tear_down(&x);
	return ret;
}

static void force_schedule(struct exploration *x, const struct schedule *schedule)
{
	x->search->mode = SEARCH_REPLAY;
	x->search->forced = schedule->n;
	x->search->resumed = -1;
	for (int i = 0; i < schedule->n; i++) {
		x->search->frames[i].chosen = schedule->procs[i];
		x->search->frames[i].pick = schedule->picks[i];
	}
	x->m->detail = schedule->detail;
	machine_set_frees(x->m, schedule->freed);
	data_race_schedule_these(x->m, schedule->plain);
}

/* Runs without the observer until the machine knows which accesses are steps, as the search did
 * when it made the schedule. Each restart adds some. Then runs once with the observer. */
static enum ending run_forced(struct exploration *x, observer *observe)
{
	enum ending ending;

	do
		ending = machine_run(x->m);
	while (ending == END_RESTART);
	if (!observe)
		return ending;
	data_race_name_sites();
	x->m->observe = observe;
	return machine_run(x->m);
}

static int judge_forced(const struct exploration *x, const struct explored *impl,
    enum ending ending, unsigned int *faults, struct error *err)
{
	if (is_refused(x))
		return refuse_scenario(x, impl, err);
	if (ending != END_COMPLETE && ending != END_DEADLOCK)
		return error_set(err,
		    "step %d of the schedule is impossible: the schedule was recorded with a "
		    "different version of the source",
		    x->m->length + 1);
	*faults = faults_of(x, ending, true);
	return is_refused(x) ? refuse_scenario(x, impl, err) : 0;
}

int explore_replay(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, const struct schedule *schedule, observer *observe,
    unsigned int *faults, struct error *err)
{
	struct exploration x = {.options = options, .locks = calloc(1, sizeof(*x.locks))};
	int ret = set_up(&x, impl, scenario, err);

	if (!ret) {
		force_schedule(&x, schedule);
		ret = judge_forced(&x, impl, run_forced(&x, observe), faults, err);
		if (options->replayed)
			*options->replayed = *x.locks;
	}
	tear_down(&x);
	free(x.locks);
	return ret;
}

void explore_merge(
    const struct explored *impl, struct explore_result *into, const struct explore_result *part)
{
	lockorder_merge(&into->locks, &part->locks);
	into->faults |= part->faults | explore_lock_faults(&into->locks);
	into->class = impl->family->class_of(into->faults);
	if (!into->dead_at) {
		into->dead_at = part->dead_at;
		into->dead_pc = part->dead_pc;
	}
	if (!into->race.found)
		into->race = part->race;
	into->exhausted &= part->exhausted && !into->locks.full;
	into->executions += part->executions;
	into->cut += part->cut;
	into->asleep += part->asleep;
	if (part->states > into->states)
		into->states = part->states; /* the parts' states are mostly the same */
	into->seconds = part->seconds > into->seconds ? part->seconds : into->seconds;
	for (int i = 0; i < MAX_FAULTS; i++)
		if (!into->examples[i].n)
			into->examples[i] = part->examples[i];
}
