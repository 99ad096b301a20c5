/* SPDX-License-Identifier: MIT */
/* Parses a litmus test by recursive descent. Stops at the first error. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/litmus/syntax.h"
#include "harness/files/file.h"

struct parser {
	struct litmus_test *test;
	const char *at;
	int line;
	int thread; /* number of the thread being parsed; -1: outside of threads */
	struct error *err;
	jmp_buf failed;
};

static _Noreturn void fail(struct parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void fail(struct parser *p, const char *format, ...)
{
	char why[256];
	va_list args;

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	error_set(p->err, "%s:%d: %s", p->test->path, p->line, why);
	longjmp(p->failed, 1);
}

/* -- words -- */

/* Skips a comment, if one begins here. Returns whether it did. "(*" begins a comment only outside
 * of threads. */
static bool skip_comment(struct parser *p)
{
	const char *end;

	if (!strncmp(p->at, "//", 2)) {
		p->at += strcspn(p->at, "\n");
		return true;
	}
	if (!strncmp(p->at, "/*", 2))
		end = strstr(p->at + 2, "*/");
	else if (p->thread < 0 && !strncmp(p->at, "(*", 2))
		end = strstr(p->at + 2, "*)");
	else
		return false;
	if (!end)
		fail(p, "unterminated comment");
	for (; p->at < end; p->at++)
		p->line += *p->at == '\n';
	p->at += 2;
	return true;
}

static void skip_blanks(struct parser *p)
{
	do {
		for (; isspace((unsigned char)*p->at); p->at++)
			p->line += *p->at == '\n';
	} while (skip_comment(p));
}

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static size_t word_length(const struct parser *p)
{
	size_t len = 0;

	if (is_word_start(*p->at))
		while (isalnum((unsigned char)p->at[len]) || p->at[len] == '_')
			len++;
	return len;
}

static bool is_next(struct parser *p, const char *token)
{
	const size_t len = strlen(token);

	skip_blanks(p);
	if (is_word_start(*token))
		return word_length(p) == len && !strncmp(p->at, token, len);
	return !strncmp(p->at, token, len);
}

static bool accept(struct parser *p, const char *token)
{
	if (!is_next(p, token))
		return false;
	p->at += strlen(token);
	return true;
}

/* Returns how many characters an error message quotes from the current position. */
static int shown_length(const struct parser *p)
{
	const size_t len = word_length(p);

	return len ? (int)(len > 40 ? 40 : len) : *p->at != '\0';
}

static void expect(struct parser *p, const char *token)
{
	if (!accept(p, token))
		fail(p, "expected '%s', found '%.*s'", token, shown_length(p), p->at);
}

static void read_name(struct parser *p, char name[LITMUS_NAME])
{
	size_t len;

	skip_blanks(p);
	len = word_length(p);
	if (!len || len >= LITMUS_NAME)
		fail(p, "expected a name of 1 to %d letters, found '%.*s'", LITMUS_NAME - 1,
		    shown_length(p), p->at);
	memcpy(name, p->at, len);
	name[len] = '\0';
	p->at += len;
}

static bool is_number_next(struct parser *p)
{
	skip_blanks(p);
	return isdigit((unsigned char)*p->at) ||
	       (*p->at == '-' && isdigit((unsigned char)p->at[1]));
}

static int64_t read_number(struct parser *p)
{
	char *end;
	int64_t number;

	if (!is_number_next(p))
		fail(p, "expected a number, found '%.*s'", shown_length(p), p->at);
	number = strtoll(p->at, &end, 0);
	p->at = end;
	return number;
}

/* -- globals and registers -- */

static int find_global(const struct litmus_test *test, const char *name)
{
	for (unsigned int i = 0; i < test->nr_globals; i++)
		if (!strcmp(test->globals[i].name, name))
			return (int)i;
	return -1;
}

static unsigned int global(struct parser *p, const char *name)
{
	struct litmus_test *test = p->test;
	const int found = find_global(test, name);

	if (found >= 0)
		return (unsigned int)found;
	if (test->nr_globals == LITMUS_GLOBALS)
		fail(p, "more than %d locations", LITMUS_GLOBALS);
	snprintf(test->globals[test->nr_globals].name, LITMUS_NAME, "%s", name);
	test->globals[test->nr_globals].first_address = -1;
	return test->nr_globals++;
}

static int find_register(const struct litmus_thread *t, const char *name)
{
	for (unsigned int i = 0; i < t->nr_registers; i++)
		if (!strcmp(t->registers[i], name))
			return (int)i;
	return -1;
}

static unsigned int new_register(struct parser *p, struct litmus_thread *t, const char *name)
{
	const int found = find_register(t, name);

	if (found >= 0)
		return (unsigned int)found;
	if (t->nr_registers == LITMUS_REGISTERS)
		fail(p, "a thread has more than %d registers", LITMUS_REGISTERS);
	snprintf(t->registers[t->nr_registers], LITMUS_NAME, "%s", name);
	return t->nr_registers++;
}

/* Reads a number or the address of a location, as an initial value or in a condition. */
static int64_t read_value(struct parser *p, int *address_of)
{
	char name[LITMUS_NAME];

	*address_of = -1;
	if (is_number_next(p))
		return read_number(p);
	accept(p, "&");
	read_name(p, name);
	*address_of = (int)global(p, name);
	return 0;
}

/* -- expressions -- */

static node new_node(struct parser *p, enum node_kind kind)
{
	struct litmus_test *test = p->test;
	struct tree *tree;

	if (test->nr_nodes == LITMUS_NODES)
		fail(p, "the test has more than %d expressions and statements", LITMUS_NODES);
	tree = &test->nodes[test->nr_nodes];
	tree->kind = (uint8_t)kind;
	tree->site = (struct source_location){test->path, p->line, "access"};
	return (node)test->nr_nodes++;
}

static struct tree *tree_of(const struct parser *p, node n)
{
	return &p->test->nodes[n];
}

static void set_operator(const struct parser *p, node n, const char *op)
{
	snprintf(tree_of(p, n)->op, sizeof(tree_of(p, n)->op), "%s", op);
}

static node read_expression(struct parser *p);

static int read_order(struct parser *p)
{
	static const struct {
		const char *name;
		int order;
	} orders[] = {{"memory_order_relaxed", memory_order_relaxed},
	    {"memory_order_consume", memory_order_acquire},
	    {"memory_order_acquire", memory_order_acquire},
	    {"memory_order_release", memory_order_release},
	    {"memory_order_acq_rel", memory_order_acq_rel},
	    {"memory_order_seq_cst", memory_order_seq_cst}};

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (accept(p, orders[i].name))
			return orders[i].order;
	fail(p, "expected memory_order_..., found '%.*s'", shown_length(p), p->at);
}

/* Reads an address. If `lvalue` is set, the address is that of an lvalue "*x"; otherwise it is an
 * expression. */
static node read_address(struct parser *p, bool lvalue)
{
	node address;

	if (lvalue)
		expect(p, "*");
	address = read_expression(p);
	return address;
}

static node one(struct parser *p)
{
	const node n = new_node(p, NODE_NUMBER);

	tree_of(p, n)->number = 1;
	return n;
}

/* Reads a call. Its args[] are the address, the value and the desired value. */
static node read_call(struct parser *p, const char *name)
{
	static const char *const what[] = {[PRIMITIVE_LOAD] = "load",
	    [PRIMITIVE_STORE] = "store",
	    [PRIMITIVE_RMW] = "read-modify-write",
	    [PRIMITIVE_CAS] = "compare-and-swap",
	    [PRIMITIVE_FENCE] = "fence",
	    [PRIMITIVE_LOCK] = "lock",
	    [PRIMITIVE_UNLOCK] = "unlock",
	    [PRIMITIVE_READ_LOCK] = "enter read-side section",
	    [PRIMITIVE_READ_UNLOCK] = "leave read-side section",
	    [PRIMITIVE_GRACE_PERIOD] = "wait for readers",
	    [PRIMITIVE_NOTHING] = "nothing"};
	const node n = new_node(p, NODE_CALL);
	struct tree *tree = tree_of(p, n);
	struct function f;

	if (!litmus_function(name, &f))
		fail(p, "no such function: %s (harness/check/README.md lists them)", name);
	tree->call = f.call;
	tree->site.what = what[f.call.primitive];
	expect(p, "(");
	for (unsigned int i = 0; i < f.nr_args; i++) {
		if (i)
			expect(p, ",");
		if (f.ordered && i == f.nr_args - 1)
			tree->call.order = read_order(p);
		else if (i == f.address)
			tree->args[0] = read_address(p, f.lvalue);
		else if (f.call.primitive == PRIMITIVE_CAS && i == f.desired)
			tree->args[2] = read_expression(p);
		else
			tree->args[1] = read_expression(p);
	}
	if (f.one)
		tree->args[1] = one(p);
	expect(p, ")");
	return n;
}

static node read_named(struct parser *p)
{
	const struct litmus_thread *t = &p->test->threads[p->thread];
	char name[LITMUS_NAME];
	int found;
	node n;

	read_name(p, name);
	if (is_next(p, "("))
		return read_call(p, name);
	found = find_register(t, name);
	n = new_node(p, found >= 0 ? NODE_REGISTER : NODE_GLOBAL);
	if (found < 0)
		found = find_global(p->test, name);
	if (found < 0)
		fail(p, "%s is neither a parameter nor a declared variable", name);
	tree_of(p, n)->index = (uint8_t)found;
	return n;
}

static node read_unary(struct parser *p)
{
	static const char *const ops[] = {"!", "~", "-", NULL};
	node n;

	if (accept(p, "(")) {
		/* Skips a type cast, because all values have the same width. */
		if (accept(p, "int") || accept(p, "long") || accept(p, "uintptr_t") ||
		    accept(p, "void")) {
			while (accept(p, "*"))
				;
			expect(p, ")");
			return read_unary(p);
		}
		n = read_expression(p);
		expect(p, ")");
		return n;
	}
	if (accept(p, "*")) {
		n = new_node(p, NODE_LOAD);
		const node address = read_unary(p);

		tree_of(p, n)->args[0] = address;
		return n;
	}
	if (accept(p, "&"))
		return read_named(p);
	if (is_number_next(p)) {
		n = new_node(p, NODE_NUMBER);
		tree_of(p, n)->number = read_number(p);
		return n;
	}
	for (int i = 0; ops[i]; i++) {
		if (!accept(p, ops[i]))
			continue;
		n = new_node(p, NODE_UNARY);
		set_operator(p, n, ops[i]);
		tree_of(p, n)->args[0] = read_unary(p);
		return n;
	}
	return read_named(p);
}

/* Binary operators by level, lowest precedence first. "<=" must come before its prefix "<". */
static const char *const levels[][5] = {{"||"}, {"&&"}, {"|"}, {"^"}, {"&"}, {"==", "!="},
    {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}};
enum { NR_LEVELS = sizeof(levels) / sizeof(levels[0]) };

static const char *accept_operator(struct parser *p, unsigned int level)
{
	for (int i = 0; levels[level][i]; i++) {
		const char *op = levels[level][i];

		/* Skip an operator that is part of another one, like "&" in "&&" or "&=". */
		if (!is_next(p, op) || (!op[1] && (p->at[1] == op[0] || p->at[1] == '=')))
			continue;
		p->at += strlen(op);
		return op;
	}
	return NULL;
}

static node read_level(struct parser *p, unsigned int level)
{
	node left = level == NR_LEVELS ? read_unary(p) : read_level(p, level + 1);
	const char *op;

	while (level < NR_LEVELS && (op = accept_operator(p, level))) {
		const node n = new_node(p, NODE_BINARY);

		set_operator(p, n, op);
		tree_of(p, n)->args[0] = left;
		tree_of(p, n)->args[1] = read_level(p, level + 1);
		left = n;
	}
	return left;
}

static node read_expression(struct parser *p)
{
	return read_level(p, 0);
}

/* -- statements -- */

static node read_statement(struct parser *p);

/* Skips a type such as "int", "int *" or "spinlock_t *". Returns false if there is none. */
static bool accept_type(struct parser *p)
{
	static const char *const types[] = {"volatile", "const", "unsigned", "struct", "int",
	    "long", "intptr_t", "uintptr_t", "atomic_t", "atomic_int", "spinlock_t", NULL};
	bool any = false;

	for (int i = 0; types[i]; i++)
		while (accept(p, types[i]))
			any = true;
	if (any)
		while (accept(p, "*"))
			;
	return any;
}

static node read_assignment(struct parser *p, unsigned int index)
{
	const node n = new_node(p, NODE_SET);

	tree_of(p, n)->index = (uint8_t)index;
	tree_of(p, n)->args[0] = read_expression(p);
	return n;
}

/* Turns a list of statements into one statement: "if (1) { ... }". */
static node block_of(struct parser *p, node first)
{
	const node n = new_node(p, NODE_IF);

	tree_of(p, n)->args[0] = one(p);
	tree_of(p, n)->args[1] = first;
	return n;
}

/* Reads a declaration after its type: "r0 = ..., *r1;". */
static node read_declaration(struct parser *p)
{
	char name[LITMUS_NAME];
	node first = 0, last = 0;

	do {
		unsigned int index;
		node n;

		while (accept(p, "*"))
			;
		read_name(p, name);
		index = new_register(p, &p->test->threads[p->thread], name);
		n = accept(p, "=") ? read_assignment(p, index) : new_node(p, NODE_EMPTY);
		if (last)
			tree_of(p, last)->next = n;
		else
			first = n;
		last = n;
	} while (accept(p, ","));
	expect(p, ";");
	return block_of(p, first);
}

static node read_block(struct parser *p)
{
	node first = 0, last = 0;

	expect(p, "{");
	while (!accept(p, "}")) {
		const node n = read_statement(p);

		if (last)
			tree_of(p, last)->next = n;
		else
			first = n;
		last = n;
	}
	return first;
}

static node read_body(struct parser *p)
{
	return is_next(p, "{") ? read_block(p) : read_statement(p);
}

static node read_condition_of(struct parser *p)
{
	node n;

	expect(p, "(");
	n = read_expression(p);
	expect(p, ")");
	return n;
}

static node read_if(struct parser *p)
{
	const node n = new_node(p, NODE_IF);

	tree_of(p, n)->args[0] = read_condition_of(p);
	tree_of(p, n)->args[1] = read_body(p);
	if (accept(p, "else"))
		tree_of(p, n)->args[2] = read_body(p);
	return n;
}

static node read_while(struct parser *p)
{
	const node n = new_node(p, NODE_WHILE);

	tree_of(p, n)->args[0] = read_condition_of(p);
	if (!accept(p, ";"))
		tree_of(p, n)->args[1] = read_body(p);
	return n;
}

static node read_do(struct parser *p)
{
	const node n = new_node(p, NODE_DO);

	tree_of(p, n)->args[1] = read_body(p);
	expect(p, "while");
	tree_of(p, n)->args[0] = read_condition_of(p);
	expect(p, ";");
	return n;
}

static node read_simple(struct parser *p)
{
	node n = read_expression(p);
	const struct tree *tree = tree_of(p, n);

	if (!is_next(p, "==") && accept(p, "=")) {
		if (tree->kind == NODE_REGISTER) {
			n = read_assignment(p, tree->index);
		} else if (tree->kind == NODE_LOAD) {
			const node address = tree->args[0];

			n = new_node(p, NODE_STORE);
			tree_of(p, n)->args[0] = address;
			tree_of(p, n)->args[1] = read_expression(p);
		} else {
			fail(p, "cannot assign to this expression: expected a register or '*x'");
		}
	}
	expect(p, ";");
	return n;
}

static node read_statement(struct parser *p)
{
	if (accept(p, "if"))
		return read_if(p);
	if (accept(p, "while"))
		return read_while(p);
	if (accept(p, "do"))
		return read_do(p);
	if (accept(p, ";"))
		return new_node(p, NODE_EMPTY);
	if (is_next(p, "{"))
		return block_of(p, read_block(p));
	return accept_type(p) ? read_declaration(p) : read_simple(p);
}

/* -- the parts of a test -- */

static void read_title(struct parser *p)
{
	size_t len;

	if (!accept(p, "C"))
		fail(p, "expected 'C NAME' at the start of the test");
	p->at += strspn(p->at, " \t");
	len = strcspn(p->at, " \t\r\n");
	if (!len || len >= sizeof(p->test->name))
		fail(p, "expected a name of 1 to %zu letters after 'C'", sizeof(p->test->name) - 1);
	memcpy(p->test->name, p->at, len);
	p->at += len;
}

/* Reads an initial value: "x = 1;", "int y = 2;", "int *p = &x;" or "0:r1 = 3;". */
static void read_initial(struct parser *p)
{
	char name[LITMUS_NAME];
	int address;

	if (is_number_next(p)) {
		const int64_t thread = read_number(p);
		unsigned int index;

		if (thread < 0 || thread >= MAX_THREADS)
			fail(p, "threads are P0 to P%d", MAX_THREADS - 1);
		expect(p, ":");
		read_name(p, name);
		index = new_register(p, &p->test->threads[thread], name);
		expect(p, "=");
		p->test->threads[thread].first[index] = read_number(p);
	} else {
		accept_type(p);
		accept(p, "*");
		accept(p, "[");
		read_name(p, name);
		accept(p, "]");
		const unsigned int index = global(p, name);

		if (accept(p, "=")) {
			p->test->globals[index].first = read_value(p, &address);
			p->test->globals[index].first_address = address;
		}
	}
	if (!is_next(p, "}"))
		expect(p, ";");
}

static void read_parameters(struct parser *p)
{
	char name[LITMUS_NAME];

	expect(p, "(");
	while (!accept(p, ")")) {
		accept_type(p);
		read_name(p, name);
		global(p, name);
		if (!is_next(p, ")"))
			expect(p, ",");
	}
}

static bool read_thread(struct parser *p)
{
	char name[LITMUS_NAME] = "";
	const int t = p->test->nr_threads;

	snprintf(name, sizeof(name), "P%d", t);
	if (!accept(p, name))
		return false;
	if (t == MAX_THREADS)
		fail(p, "at most %d threads", MAX_THREADS);
	p->test->nr_threads++;
	p->thread = t;
	read_parameters(p);
	p->test->threads[t].body = read_block(p);
	p->thread = -1;
	return true;
}

/* -- the condition -- */

static uint16_t new_condition(struct parser *p, struct condition c)
{
	if (p->test->nr_conditions == LITMUS_CONDITIONS)
		fail(p, "the condition has more than %d operators and comparisons",
		    LITMUS_CONDITIONS);
	p->test->conditions[p->test->nr_conditions] = c;
	return (uint16_t)p->test->nr_conditions++;
}

static void show(struct parser *p, int8_t thread, uint8_t index)
{
	struct litmus_test *test = p->test;

	for (unsigned int i = 0; i < test->nr_shown; i++)
		if (test->shown[i].thread == thread && test->shown[i].index == index)
			return;
	if (test->nr_shown == LITMUS_SHOWN)
		fail(p, "more than %d registers and locations are shown", LITMUS_SHOWN);
	test->shown[test->nr_shown++] = (struct shown){thread, index};
}

/* Reads the name of a register or location: "1:r0", "x", "[x]" or "*x". */
static struct shown read_place(struct parser *p)
{
	struct shown place = {.thread = -1};
	char name[LITMUS_NAME];
	int found;

	if (is_number_next(p)) {
		const int64_t thread = read_number(p);

		if (thread < 0 || thread >= p->test->nr_threads)
			fail(p, "no such thread: %lld", (long long)thread);
		place.thread = (int8_t)thread;
		expect(p, ":");
	}
	accept(p, "*");
	const bool bracket = accept(p, "[");

	read_name(p, name);
	if (bracket)
		expect(p, "]");
	found = place.thread < 0 ? find_global(p->test, name)
	                         : find_register(&p->test->threads[place.thread], name);
	if (found < 0)
		fail(p, "no such %s: %s", place.thread < 0 ? "location" : "register", name);
	place.index = (uint8_t)found;
	show(p, place.thread, place.index);
	return place;
}

static uint16_t read_any(struct parser *p);

static uint16_t read_atom(struct parser *p)
{
	struct condition c = {.op = '='};
	struct shown place;
	bool differs;

	if (accept(p, "~") || accept(p, "not"))
		return new_condition(p, (struct condition){.op = '!', .args = {read_atom(p)}});
	if (accept(p, "(")) {
		const uint16_t all = read_any(p);

		expect(p, ")");
		return all;
	}
	if (accept(p, "true"))
		return new_condition(p, (struct condition){.op = 't'});
	place = read_place(p);
	differs = accept(p, "!=");
	if (!differs && !accept(p, "=="))
		expect(p, "=");
	c.thread = place.thread;
	c.index = place.index;
	c.value = read_value(p, &c.address_of);
	if (!differs)
		return new_condition(p, c);
	return new_condition(p, (struct condition){.op = '!', .args = {new_condition(p, c)}});
}

static uint16_t read_all(struct parser *p)
{
	uint16_t left = read_atom(p);

	while (accept(p, "/\\"))
		left =
		    new_condition(p, (struct condition){.op = '&', .args = {left, read_atom(p)}});
	return left;
}

static uint16_t read_any(struct parser *p)
{
	uint16_t left = read_all(p);

	while (accept(p, "\\/"))
		left = new_condition(p, (struct condition){.op = '|', .args = {left, read_all(p)}});
	return left;
}

static void read_condition(struct parser *p)
{
	if (accept(p, "exists"))
		p->test->quantifier = LITMUS_EXISTS;
	else if (accept(p, "~exists"))
		p->test->quantifier = LITMUS_NOT_EXISTS;
	else if (accept(p, "forall"))
		p->test->quantifier = LITMUS_FORALL;
	else
		return;
	p->test->condition = read_any(p);
}

/* Reads "locations [x; 0:r1]", which is optional. */
static void read_locations(struct parser *p)
{
	if (!accept(p, "locations"))
		return;
	expect(p, "[");
	while (!accept(p, "]")) {
		read_place(p);
		if (!is_next(p, "]"))
			expect(p, ";");
	}
}

static void show_registers(struct parser *p)
{
	for (int t = 0; t < p->test->nr_threads; t++)
		for (unsigned int r = 0; r < p->test->threads[t].nr_registers; r++)
			show(p, (int8_t)t, (uint8_t)r);
}

static void read_test(struct parser *p)
{
	new_node(p, NODE_NONE); /* index 0 means "no node" */
	read_title(p);
	if (!is_next(p, "{"))
		fail(
		    p, "expected '{' and the initial values, found '%.*s'", shown_length(p), p->at);
	expect(p, "{");
	while (!accept(p, "}"))
		read_initial(p);
	while (read_thread(p))
		;
	if (!p->test->nr_threads)
		fail(p, "expected 'P0(...)', found '%.*s'", shown_length(p), p->at);
	read_locations(p);
	read_condition(p);
	skip_blanks(p);
	if (*p->at)
		fail(p, "unexpected text after the condition: '%.*s'", shown_length(p), p->at);
	if (!p->test->nr_shown)
		show_registers(p);
}

static int try_to_read(struct parser *p)
{
	if (setjmp(p->failed))
		return -1;
	read_test(p);
	return 0;
}

struct litmus_test *litmus_parse(const char *path, char *text, struct error *err)
{
	struct litmus_test *test = calloc(1, sizeof(*test));
	struct parser p = {.test = test, .at = text, .line = 1, .thread = -1, .err = err};

	if (!test) {
		error_set(err, "%s: out of memory", path);
		return NULL;
	}
	test->path = path;
	if (!try_to_read(&p))
		return test;
	litmus_free(test);
	return NULL;
}

struct litmus_test *litmus_read(const char *path, struct error *err)
{
	size_t size;
	char *text = file_read_whole(path, &size, err);
	struct litmus_test *test = text ? litmus_parse(path, text, err) : NULL;

	free(text);
	return test;
}

void litmus_free(struct litmus_test *test)
{
	free(test);
}
