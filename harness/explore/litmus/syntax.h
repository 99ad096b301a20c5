/* SPDX-License-Identifier: MIT */
/* The syntax tree of a litmus test: the expressions and statements that program.c runs. */
#ifndef EXPLORE_LITMUS_SYNTAX_H
#define EXPLORE_LITMUS_SYNTAX_H

#include "harness/explore/hook.h"
#include "harness/explore/litmus/litmus.h"

enum {
	LITMUS_NODES = 2048, /* maximum number per test */
	LITMUS_GLOBALS = 16,
	LITMUS_REGISTERS = 24, /* maximum number per thread */
	LITMUS_NAME = 32,
	LITMUS_ARGS = 3,
};

/* The operation that a function performs. */
enum primitive {
	PRIMITIVE_LOAD,
	PRIMITIVE_STORE,
	PRIMITIVE_RMW,
	PRIMITIVE_CAS,
	PRIMITIVE_FENCE,
	PRIMITIVE_LOCK,
	PRIMITIVE_UNLOCK,
	PRIMITIVE_READ_LOCK,
	PRIMITIVE_READ_UNLOCK,
	PRIMITIVE_GRACE_PERIOD,
	PRIMITIVE_NOTHING,
};

/* What a read-modify-write returns. RETURNS_ZERO: whether the new value is zero. */
enum returned { RETURNS_OLD, RETURNS_NEW, RETURNS_ZERO };

struct call {
	enum primitive primitive;
	enum rmw op;
	enum returned returned;
	int order, failure; /* memory_order; -1: none, as for barrier() */
	bool full;          /* fully ordered in the kernel: between two full fences */
	bool fence_behind;  /* followed by a full fence, like smp_store_mb() */
};

/* An index into litmus_test.nodes; 0: none. */
typedef uint16_t node;

enum node_kind {
	NODE_NONE,
	NODE_NUMBER,
	NODE_REGISTER,
	NODE_GLOBAL, /* address of a global */
	NODE_LOAD,   /* relaxed load: *args[0] */
	NODE_UNARY,
	NODE_BINARY,
	NODE_CALL,
	NODE_SET,   /* register = args[0] */
	NODE_STORE, /* relaxed store: *args[0] = args[1] */
	NODE_IF,    /* args: condition, then branch, else branch */
	NODE_WHILE,
	NODE_DO,
	NODE_EMPTY,
};

struct tree {
	uint8_t kind;
	char op[3];
	uint8_t index; /* number of the register or global */
	node args[LITMUS_ARGS];
	node next; /* next statement */
	int64_t number;
	struct call call;
	struct source_location site;
};

struct litmus_thread {
	node body;
	unsigned int nr_registers;
	char registers[LITMUS_REGISTERS][LITMUS_NAME];
	int64_t first[LITMUS_REGISTERS]; /* initial values */
};

/* A node of the condition: '&', '|' or '!' with operands in args[], or '=' that compares a register
 * or location with a value. */
struct condition {
	char op;
	int8_t thread; /* the register's thread; -1: a location */
	uint8_t index;
	uint16_t args[2];
	int64_t value;
	int address_of; /* compare with the address of this global; -1: with `value` */
};

struct shown {
	int8_t thread; /* the register's thread; -1: a location */
	uint8_t index;
};

enum { LITMUS_CONDITIONS = 128, LITMUS_SHOWN = 32 };

struct litmus_test {
	char name[128];
	const char *path;
	unsigned int nr_globals, nr_nodes, nr_conditions, nr_shown;
	int nr_threads;
	struct {
		char name[LITMUS_NAME];
		int64_t first;
		int first_address; /* global whose address is the initial value; -1: `first` is */
		bool locked;       /* used as a spinlock */
	} globals[LITMUS_GLOBALS];
	struct litmus_thread threads[MAX_THREADS];
	struct tree nodes[LITMUS_NODES];
	enum litmus_quantifier quantifier;
	uint16_t condition; /* root node: an index into `conditions` */
	struct condition conditions[LITMUS_CONDITIONS];
	struct shown shown[LITMUS_SHOWN];
};

/* litmus_function() looks up a function by its name. Returns false if there is none. */
struct function {
	struct call call;
	unsigned int nr_args;
	uint8_t address, value, desired; /* position of each argument */
	bool lvalue;
	bool ordered; /* the last argument is a memory_order */
	bool one;     /* the operand is always 1, and not an argument */
};
bool litmus_function(const char *name, struct function *function);

#endif
