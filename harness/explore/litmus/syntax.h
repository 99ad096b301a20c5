/* SPDX-License-Identifier: MIT */
/* The syntax tree of a litmus test: expressions and statements, which program.c runs. */
#ifndef EXPLORE_LITMUS_SYNTAX_H
#define EXPLORE_LITMUS_SYNTAX_H

#include "harness/explore/hook.h"
#include "harness/explore/litmus/litmus.h"

enum {
	LITMUS_NODES = 2048, /* nodes per test */
	LITMUS_GLOBALS = 16,
	LITMUS_REGISTERS = 24, /* registers per thread */
	LITMUS_NAME = 32,
	LITMUS_ARGS = 3,
};

/* The operation that a called function performs. */
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

/* The value that a read-modify-write returns; RETURNS_ZERO: whether the new value is zero. */
enum returned { RETURNS_OLD, RETURNS_NEW, RETURNS_ZERO };

struct call {
	enum primitive primitive;
	enum rmw op;
	enum returned returned;
	int order, failure; /* memory_order; -1: none, for example for barrier() */
	bool full;          /* fully ordered in the kernel: a full fence before and after it */
	bool fence_behind;  /* followed by a full fence, as smp_store_mb() is */
};

/* An index into litmus_test.nodes; 0: none. */
typedef uint16_t node;

enum node_kind {
	NODE_NONE,
	NODE_NUMBER,
	NODE_REGISTER,
	NODE_GLOBAL, /* address of a global */
	NODE_LOAD,   /* *args[0], a relaxed load */
	NODE_UNARY,
	NODE_BINARY,
	NODE_CALL,
	NODE_SET,   /* register = args[0] */
	NODE_STORE, /* *args[0] = args[1], a relaxed store */
	NODE_IF,    /* args: condition, then, else */
	NODE_WHILE,
	NODE_DO,
	NODE_EMPTY,
};

struct tree {
	uint8_t kind;
	char op[3];
	uint8_t index; /* number of a register or global */
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

/* A node of the condition: '&', '|' or '!' applied to `args`, or '=' which compares a register
 * or location with a value. */
struct condition {
	char op;
	int8_t thread; /* thread of a register; -1: a location */
	uint8_t index;
	uint16_t args[2];
	int64_t value;
	int address_of; /* global whose address is the value; -1: the value is a number */
};

struct shown {
	int8_t thread; /* thread of a register; -1: a location */
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
		int first_address; /* global whose address is the initial value; -1: `first` */
		bool locked;       /* used as a spinlock */
	} globals[LITMUS_GLOBALS];
	struct litmus_thread threads[MAX_THREADS];
	struct tree nodes[LITMUS_NODES];
	enum litmus_quantifier quantifier;
	uint16_t condition; /* root: index into `conditions` */
	struct condition conditions[LITMUS_CONDITIONS];
	struct shown shown[LITMUS_SHOWN];
};

/* litmus_function() looks up a function by name and returns false if there is none. */
struct function {
	struct call call;
	unsigned int nr_args;
	uint8_t address, value, desired; /* positions of these arguments */
	bool lvalue;
	bool ordered; /* the last argument is a memory_order */
	bool one;     /* the operand is 1 and is not an argument */
};
bool litmus_function(const char *name, struct function *function);

#endif
