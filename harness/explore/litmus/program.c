/* SPDX-License-Identifier: MIT */
/* The family of litmus tests, which runs a parsed test on the machine. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/family.h"
#include "harness/explore/hook.h"
#include "harness/explore/litmus/syntax.h"
#include "harness/explore/schedule.h"

/* Each location has its own cache line, which is also large enough for a spinlock. */
enum { GLOBAL_SIZE = 64, VALUE_SIZE = sizeof(int64_t) };

struct program {
	const struct litmus_test *test;
	char *globals;                                    /* GLOBAL_SIZE bytes per global */
	int64_t registers[MAX_THREADS][LITMUS_REGISTERS]; /* final values */
};

/* -- expressions -- */

struct running {
	struct program *p;
	int64_t *registers;
	bool *loaded; /* the thread's last access was a load */
};

static int64_t evaluate(const struct running *c, node n);

static void *address_of(const struct program *p, unsigned int global)
{
	return p->globals + (size_t)GLOBAL_SIZE * global;
}

/* Checks that a computed pointer points to a location, and returns it. */
static void *checked_address(const struct program *p, int64_t value)
{
	const uintptr_t offset = (uintptr_t)value - (uintptr_t)p->globals;

	if (offset % GLOBAL_SIZE || offset / GLOBAL_SIZE >= p->test->nr_globals)
		machine_refuse("the test accesses %#llx, which is not the address of a location",
		    (unsigned long long)value);
	return (void *)(uintptr_t)value;
}

static int64_t unary(char op, int64_t value)
{
	return op == '!' ? !value : op == '~' ? ~value : -value;
}

static int64_t divide(int64_t a, int64_t b, bool rest)
{
	if (!b)
		machine_refuse("the test divides by zero");
	return rest ? a % b : a / b;
}

static int64_t binary(const char *op, int64_t a, int64_t b)
{
	switch (op[0] + (op[1] << 8)) {
	case '|':
		return a | b;
	case '^':
		return a ^ b;
	case '&':
		return a & b;
	case '=' + ('=' << 8):
		return a == b;
	case '!' + ('=' << 8):
		return a != b;
	case '<' + ('=' << 8):
		return a <= b;
	case '>' + ('=' << 8):
		return a >= b;
	case '<':
		return a < b;
	case '>':
		return a > b;
	case '+':
		return (int64_t)((uint64_t)a + (uint64_t)b);
	case '-':
		return (int64_t)((uint64_t)a - (uint64_t)b);
	case '*':
		return (int64_t)((uint64_t)a * (uint64_t)b);
	default:
		return divide(a, b, op[0] == '%');
	}
}

/* Evaluates a binary operator. Evaluates the right operand of && and || only if necessary, as in
 * C. */
static int64_t binary_of(const struct running *c, const struct tree *tree)
{
	const int64_t left = evaluate(c, tree->args[0]);

	if (!strcmp(tree->op, "&&"))
		return left && evaluate(c, tree->args[1]);
	if (!strcmp(tree->op, "||"))
		return left || evaluate(c, tree->args[1]);
	return binary(tree->op, left, evaluate(c, tree->args[1]));
}

static int64_t modified(enum rmw op, int64_t old, int64_t operand)
{
	switch (op) {
	case RMW_ADD:
		return binary("+", old, operand);
	case RMW_SUB:
		return binary("-", old, operand);
	case RMW_OR:
		return old | operand;
	case RMW_AND:
		return old & operand;
	case RMW_XOR:
		return old ^ operand;
	default:
		return operand;
	}
}

static int64_t modify(
    const struct tree *tree, void *address, int64_t operand, const struct call *call)
{
	const int64_t old = (int64_t)explore_rmw(
	    &tree->site, address, VALUE_SIZE, call->op, (uint64_t)operand, call->order);
	const int64_t new = modified(call->op, old, operand);

	return call->returned == RETURNS_OLD ? old : call->returned == RETURNS_NEW ? new : !new;
}

/* Performs a cmpxchg(). Returns the value that it read. */
static int64_t compare_and_swap(
    const struct running *c, const struct tree *tree, void *address, int order)
{
	const uint64_t expected = (uint64_t)evaluate(c, tree->args[1]);
	const uint64_t desired = (uint64_t)evaluate(c, tree->args[2]);

	return (int64_t)explore_cas(&tree->site, address, VALUE_SIZE, expected, desired,
	    (struct cas_kind){(uint8_t)order, memory_order_relaxed, false})
	    .seen;
}

static int64_t access_memory(
    const struct running *c, const struct tree *tree, const struct call *call)
{
	void *address = checked_address(c->p, evaluate(c, tree->args[0]));

	*c->loaded = call->primitive == PRIMITIVE_LOAD;
	switch (call->primitive) {
	case PRIMITIVE_LOAD:
		return (int64_t)explore_load(&tree->site, address, VALUE_SIZE, call->order);
	case PRIMITIVE_STORE:
		explore_store(&tree->site, address, VALUE_SIZE,
		    (uint64_t)evaluate(c, tree->args[1]), call->order);
		return 0;
	case PRIMITIVE_RMW:
		return modify(tree, address, evaluate(c, tree->args[1]), call);
	case PRIMITIVE_CAS:
		return compare_and_swap(c, tree, address, call->order);
	case PRIMITIVE_LOCK:
		explore_lock(&tree->site, address);
		return 0;
	default:
		explore_unlock(&tree->site, address);
		return 0;
	}
}

static int64_t call(const struct running *c, const struct tree *tree)
{
	const struct call *call = &tree->call;
	int64_t value;

	switch (call->primitive) {
	case PRIMITIVE_NOTHING:
		return 0;
	case PRIMITIVE_FENCE:
		explore_fence(&tree->site, call->order);
		return 0;
	case PRIMITIVE_READ_LOCK:
		explore_section_enter(&tree->site);
		return 0;
	case PRIMITIVE_READ_UNLOCK:
		explore_section_leave(&tree->site);
		return 0;
	case PRIMITIVE_GRACE_PERIOD:
		explore_section_wait(&tree->site);
		return 0;
	default:
		break;
	}
	if (call->full)
		explore_fence(&tree->site, memory_order_seq_cst);
	value = access_memory(c, tree, call);
	if (call->full || call->fence_behind)
		explore_fence(&tree->site, memory_order_seq_cst);
	return value;
}

static int64_t evaluate(const struct running *c, node n)
{
	static const struct call load = {
	    .primitive = PRIMITIVE_LOAD, .order = memory_order_relaxed};
	const struct tree *tree = &c->p->test->nodes[n];

	switch ((enum node_kind)tree->kind) {
	case NODE_NUMBER:
		return tree->number;
	case NODE_REGISTER:
		return c->registers[tree->index];
	case NODE_GLOBAL:
		return (int64_t)(uintptr_t)address_of(c->p, tree->index);
	case NODE_LOAD:
		return access_memory(c, tree, &load);
	case NODE_UNARY:
		return unary(tree->op[0], evaluate(c, tree->args[0]));
	case NODE_BINARY:
		return binary_of(c, tree);
	default:
		return call(c, tree);
	}
}

/* -- statements -- */

static void run(const struct running *c, node n);

/* Runs a loop. If an iteration ends with a load, waits until this load can return another value. */
static void repeat(const struct running *c, const struct tree *loop)
{
	while (evaluate(c, loop->args[0])) {
		if (*c->loaded)
			explore_yield(&loop->site);
		*c->loaded = false;
		run(c, loop->args[1]);
	}
}

static void run_one(const struct running *c, const struct tree *tree)
{
	static const struct call store = {
	    .primitive = PRIMITIVE_STORE, .order = memory_order_relaxed};

	switch ((enum node_kind)tree->kind) {
	case NODE_SET:
		c->registers[tree->index] = evaluate(c, tree->args[0]);
		break;
	case NODE_STORE:
		access_memory(c, tree, &store);
		break;
	case NODE_IF:
		run(c, tree->args[evaluate(c, tree->args[0]) ? 1 : 2]);
		break;
	case NODE_DO:
		*c->loaded = false;
		run(c, tree->args[1]);
		repeat(c, tree);
		break;
	case NODE_WHILE:
		*c->loaded = false;
		repeat(c, tree);
		break;
	case NODE_CALL:
		call(c, tree);
		break;
	default:
		break;
	}
}

static void run(const struct running *c, node n)
{
	for (; n; n = c->p->test->nodes[n].next)
		run_one(c, &c->p->test->nodes[n]);
}

/* -- the family -- */

static int init(struct machine *m, const struct setup *setup, struct error *err)
{
	const struct litmus_test *test = setup->impl->ops;
	struct program *p = m->program;

	(void)err;
	p->test = test;
	p->globals = explore_alloc(GLOBAL_SIZE, (size_t)GLOBAL_SIZE * test->nr_globals);
	for (unsigned int i = 0; i < test->nr_globals; i++) {
		const int address = test->globals[i].first_address;
		int64_t first = address >= 0 ? (int64_t)(uintptr_t)address_of(p, (unsigned)address)
		                             : test->globals[i].first;

		memcpy(address_of(p, i), &first, sizeof(first));
	}
	return 0;
}

static void body(struct machine *m, int thread)
{
	struct program *p = m->program;
	const struct litmus_thread *t = &p->test->threads[thread];
	int64_t registers[LITMUS_REGISTERS]; /* on the stack, because spin.h compares stacks */
	bool loaded = false;
	const struct running c = {p, registers, &loaded};

	memcpy(registers, t->first, sizeof(t->first));
	run(&c, t->body);
	memcpy(p->registers[thread], registers, sizeof(registers));
}

static bool allows(struct spec_state *state, const struct op *op, unsigned int forgiven)
{
	(void)state;
	(void)op;
	(void)forgiven;
	return true;
}

static bool knows(const struct op *op)
{
	(void)op;
	return true;
}

static unsigned int nothing_at_rest(void *program)
{
	(void)program;
	return 0;
}

static const char *name_of(const void *program, uintptr_t addr, char *buf, size_t size)
{
	const struct program *p = program;
	const uintptr_t offset = addr - (uintptr_t)p->globals;

	(void)buf;
	(void)size;
	return offset / GLOBAL_SIZE < p->test->nr_globals
	           ? p->test->globals[offset / GLOBAL_SIZE].name
	           : NULL;
}

/* A litmus test has no operations to judge, only a condition. */
static const struct judging judging = {
    .allows = allows, .knows = knows, .rows = {{0, 0, true}}, .otherwise = FAULT_RESULT};

static const struct scenario no_scenarios[] = {{.name = NULL}};
static const struct script_word words[] = {{"run", "", 0}, {0}};

static const struct explore_family family = {
    .name = "litmus",
    .scenarios = no_scenarios,
    .words = words,
    .some_words = "run",
    .program_size = sizeof(struct program),
    .init = init,
    .body = body,
    .judging = &judging,
    .faults_at_rest = nothing_at_rest,
    .class_of = explore_safe_or_not,
    .name_of = name_of,
};

/* -- final states -- */

static int64_t value_at(const struct program *p, int thread, unsigned int index)
{
	int64_t value;

	if (thread >= 0)
		return p->registers[thread][index];
	memcpy(&value, address_of(p, index), sizeof(value));
	return value;
}

static bool holds(const struct program *p, uint16_t number)
{
	const struct condition *c = &p->test->conditions[number];

	switch (c->op) {
	case '&':
		return holds(p, c->args[0]) && holds(p, c->args[1]);
	case '|':
		return holds(p, c->args[0]) || holds(p, c->args[1]);
	case '!':
		return !holds(p, c->args[0]);
	case '=':
		return value_at(p, c->thread, c->index) ==
		       (c->address_of >= 0
			       ? (int64_t)(uintptr_t)address_of(p, (unsigned)c->address_of)
			       : c->value);
	default:
		return true;
	}
}

/* Writes a final state as text, such as "0:r0=1 x=2". */
static void describe(const struct program *p, char *text, size_t size)
{
	const struct litmus_test *test = p->test;
	size_t len = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < test->nr_shown && len < size; i++) {
		const struct shown *s = &test->shown[i];
		const int64_t value = value_at(p, s->thread, s->index);
		const char *name = value ? name_of(p, (uintptr_t)value, NULL, 0) : NULL;

		if (s->thread >= 0)
			len += (size_t)snprintf(text + len, size - len, "%s%d:%s=", i ? " " : "",
			    s->thread, test->threads[s->thread].registers[s->index]);
		else
			len += (size_t)snprintf(text + len, size - len, "%s%s=", i ? " " : "",
			    test->globals[s->index].name);
		if (len < size && name)
			len += (size_t)snprintf(text + len, size - len, "&%s", name);
		else if (len < size)
			len += (size_t)snprintf(text + len, size - len, "%lld", (long long)value);
	}
}

static void note_state(void *arg, const struct machine *m, unsigned int faults)
{
	struct litmus_result *result = arg;
	struct litmus_state state = {.satisfies = false};

	if (m->ending != END_COMPLETE) /* after a deadlock there is no final state */
		return;
	(void)faults;
	describe(m->program, state.text, sizeof(state.text));
	for (unsigned int i = 0; i < result->nr_states; i++)
		if (!strcmp(result->states[i].text, state.text))
			return;
	result->full |= result->nr_states == LITMUS_STATES;
	if (result->full)
		return;
	if (((const struct program *)m->program)->test->quantifier != LITMUS_NO_CONDITION)
		state.satisfies =
		    holds(m->program, ((const struct program *)m->program)->test->condition);
	result->states[result->nr_states++] = state;
}

static int compare_states(const void *a, const void *b)
{
	return strcmp(
	    ((const struct litmus_state *)a)->text, ((const struct litmus_state *)b)->text);
}

int litmus_explore(const struct litmus_test *test, const struct explore_options *options,
    struct litmus_result *result, struct error *err)
{
	static const struct impl_about nothing;
	const struct explored explored = {.name = test->name,
	    .family = &family,
	    .about = &nothing,
	    .ops = test,
	    .release_is_store = true};
	struct scenario scenario = {.name = "litmus", .summary = ""};
	struct explore_options with = *options;

	for (int t = 0; t < test->nr_threads; t++)
		scenario.threads[t] = "run";
	result->nr_states = 0;
	result->full = false;
	with.outcome = note_state;
	with.outcome_arg = result;
	if (explore(&explored, &scenario, &with, &result->explored, err))
		return -1;
	qsort(result->states, result->nr_states, sizeof(result->states[0]), compare_states);
	return 0;
}

bool litmus_observed(const struct litmus_result *result)
{
	for (unsigned int i = 0; i < result->nr_states; i++)
		if (result->states[i].satisfies)
			return true;
	return false;
}

const char *litmus_name(const struct litmus_test *test)
{
	return test->name;
}

enum litmus_quantifier litmus_quantifier(const struct litmus_test *test)
{
	return test->quantifier;
}
