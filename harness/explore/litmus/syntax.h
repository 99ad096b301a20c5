/* SPDX-License-Identifier: MIT */
/* A litmus test as it is parsed: trees of expressions and statements, which program.c runs. */
#ifndef EXPLORE_LITMUS_SYNTAX_H
#define EXPLORE_LITMUS_SYNTAX_H

#include "harness/explore/hook.h"
#include "harness/explore/litmus/litmus.h"

enum {
	LITMUS_NODES = 2048, /* of a test */
	LITMUS_GLOBALS = 16,
	LITMUS_REGISTERS = 24, /* of a thread */
	LITMUS_NAME = 32,
	LITMUS_ARGS = 3,
};

/* What a called function does. */
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

/* What a read-modify-write returns; ZERO: whether the new value is. */
enum returned { RETURNS_OLD, RETURNS_NEW, RETURNS_ZERO };

struct call {
	enum primitive primitive;
	enum rmw op;
	enum returned returned;
	int order, failure; /* memory_order; -1: none, as of barrier() */
	bool full;          /* the kernel's: with a full fence before it and behind it */
	bool fence_behind;  /* as smp_store_mb() */
};

/* Indices into litmus_test.nodes; 0: none. */
typedef uint16_t node;

enum node_kind {
	NODE_NONE,
	NODE_NUMBER,
	NODE_REGISTER,
	NODE_GLOBAL, /* its address */
	NODE_LOAD,   /* *address, a relaxed access */
	NODE_UNARY,
	NODE_BINARY,
	NODE_CALL,
	NODE_SET,   /* register = args[0] */
	NODE_STORE, /* *args[0] = args[1], a relaxed access */
	NODE_IF,    /* args: condition, then, else */
	NODE_WHILE,
	NODE_DO,
	NODE_EMPTY,
};

struct tree {
	uint8_t kind;
	char op[3];
	uint8_t index; /* of a register or global */
	node args[LITMUS_ARGS];
	node next; /* statement */
	int64_t number;
	struct call call;
	struct source_location site;
};

struct litmus_thread {
	node body;
	unsigned int nr_registers;
	char registers[LITMUS_REGISTERS][LITMUS_NAME];
	int64_t first[LITMUS_REGISTERS]; /* values at the start */
};

/* The condition: op '&', '|', '!' over args, or '=' of a register or location and a value. */
struct condition {
	char op;
	int8_t thread; /* -1: a location */
	uint8_t index;
	uint16_t args[2];
	int64_t value;
	int address_of; /* the value is the address of that global; -1: a number */
};

struct shown {
	int8_t thread; /* -1: a location */
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
		int first_address; /* the value is the address of that global; -1: `first` */
		bool locked;       /* a spinlock */
	} globals[LITMUS_GLOBALS];
	struct litmus_thread threads[MAX_THREADS];
	struct tree nodes[LITMUS_NODES];
	enum litmus_quantifier quantifier;
	uint16_t condition; /* the last of `conditions` */
	struct condition conditions[LITMUS_CONDITIONS];
	struct shown shown[LITMUS_SHOWN];
};

/* The primitive of that name; false: there is none. `lvalue`: its first argument is "*x". `args`:
 * how many; `address`: which one is the address. */
struct function {
	struct call call;
	unsigned int nr_args;
	uint8_t address, value, desired; /* positions of the arguments */
	bool lvalue;
	bool ordered; /* its last argument is a memory_order */
	bool one;     /* its operand is 1 */
};
bool litmus_function(const char *name, struct function *function);

#endif
