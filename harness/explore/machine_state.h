/* SPDX-License-Identifier: MIT */
/*
 * The state of the machine that explored threads run on: coroutines over a small memory, each with
 * a store buffer under x86-TSO, and over messages (messages.h) under RC11. machine.h runs it.
 *
 * A process is a thread (0..3) or what acts for one (4..7). Under x86-TSO that is its store buffer,
 * which moves by writing its oldest store to memory. Under RC11 it is the interrupt by which a
 * membarrier makes it pass a fence. A step is one move of one process: a thread's access and all
 * its code up to the next access.
 */
#ifndef EXPLORE_MACHINE_STATE_H
#define EXPLORE_MACHINE_STATE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/check/lockorder.h"
#include "harness/error.h"
#include "harness/explore/access.h"
#include "harness/explore/clock.h"
#include "harness/explore/context.h"
#include "harness/explore/event.h"
#include "harness/explore/rc11_state.h"
#include "harness/explore/sync.h"

enum memory_model { MODEL_SC, MODEL_TSO, MODEL_RC11, NR_MEMORY_MODELS };

enum {
	MAX_STORES = 32, /* in one buffer */
	MAX_OPS = 8,     /* of one thread */
};

_Static_assert(MAX_THREADS <= (int)LOCKORDER_THREADS, "each has its held locks");

/*
 * Steps beside accesses to what threads share. A waiter looks at store buffers, so it matters when
 * a store is buffered. What a membarrier hands over depends on when it passes the threads between
 * their works. Only implementations that need a detail pay for it.
 */
enum detail { DETAIL_NONE, DETAIL_STORES, DETAIL_WORK };

struct store {
	vclock clock;
	vclock released; /* see sync_released() */
	void *addr;
	uint64_t value;
	const struct source_location *site;
	uint16_t loc;
	uint8_t size;
	bool unlocks;
};

/* A point in an execution: in vector time, and in the order of its steps. */
struct moment {
	vclock clock;
	int16_t index; /* later events of the thread have at least this index */
	int16_t stamp;
};

/* A call of an operation. */
struct op {
	struct moment call, ret;
	uint8_t kind; /* enum spec_op */
	uint8_t owner, device;
	int8_t result;
};

enum wait_kind {
	WAIT_SECTIONS, /* for readers */
	WAIT_STORES,   /* for the stores that readers have buffered */
	WAIT_FENCES,   /* a membarrier */
};

/* A message that a thread has read, under RC11. */
struct seen_message {
	uint16_t loc;
	uint8_t message;
	bool any;
};

struct thread {
	struct context context;
	struct access pending;
	struct store buffer[MAX_STORES];
	unsigned int head, count; /* of the buffer */
	unsigned int sections;    /* open, nested */
	bool covered;             /* the buffer has stores of a section, or from before one */
	unsigned int waits_for;   /* threads that a membarrier or a wait for readers still needs */
	enum wait_kind wait;
	vclock waited;
	const void *seen; /* address that the thread loaded last */
	unsigned int seen_size;
	uint64_t seen_value;
	struct seen_message read;   /* the same under RC11, */
	struct seen_message awaits; /* and what the next load there must not read again */
	bool failed_weakly;         /* a weak compare-and-swap, in the current operation */
	unsigned int op_steps;      /* of the current operation */
	int op_start;               /* first event of the current operation */
	unsigned int n_ops;
	struct op ops[MAX_OPS];
	void *stack;
	int id;
};

enum ending {
	END_COMPLETE,
	END_DEADLOCK,
	END_CUT,           /* a thread spins, or there is no room for more steps */
	END_ASLEEP,        /* every continuation was explored before */
	END_CONTRADICTION, /* nothing that the memory model allows */
	END_RESTART,       /* a conflict was learnt that earlier executions had ignored */
	END_MISFIT,        /* a schedule to be replayed does not fit */
	END_REFUSED,       /* see machine_refuse() */
};

struct machine;
struct search;
struct explore_family;

/* Called after each step of an execution. */
typedef void observer(struct machine *m, int proc, const struct access *access, uint64_t value);

struct machine {
	_Alignas(MAX_ARENA) unsigned char arena[MAX_ARENA]; /* first: see machine_new() */
	struct thread threads[MAX_THREADS];
	struct context main;
	struct thread *current;
	int n_threads;
	enum memory_model model;
	bool release_is_store; /* of a mutex, see struct explored */
	unsigned int spin_bound;
	struct sync sync;
	unsigned int pick;       /* what the step does that happens now, see machine_picks() */
	struct lockorder *locks; /* kept from one execution to the next */
	enum detail detail;
	bool written[MAX_LOCS], peeked[MAX_LOCS];
	bool freeable[MAX_LOCS]; /* accessed, and may be freed */
	bool frees;              /* memory was freed, in this execution or an earlier one */
	unsigned int faults;     /* that the machine itself found */
	const struct source_location *dead_at; /* the last use of freed memory */
	bool any_dead;
	bool dead[MAX_ARENA]; /* freed in this execution */
	size_t freeable_from; /* offset in the arena: memory from here on may be freed */
	bool starting;
	enum ending ending;
	struct search *search;
	void (*body)(struct machine *m, int thread); /* a thread's code */
	const struct explore_family *family;         /* that the program belongs to */
	void *program;
	observer *observe; /* may be NULL */

	struct error refused; /* why machine_refuse() was called; "": it was not */
	jmp_buf outside;      /* ends code outside of threads that does not return by itself */
	unsigned int actions; /* hooks called outside of threads so far */

	vclock clocks[MAX_PROCS];
	int length; /* events so far */
	int kept;   /* this many first events are those of the execution before */
	struct event events[MAX_EVENTS];
	int16_t last[MAX_LOCS]; /* event on each location; -1: none */
	int16_t last_mark[MAX_CLASSES][MAX_PROCS];
	int16_t last_of[MAX_PROCS]; /* RC11: event that an interrupt of its thread has to be ordered
	                               with */
	struct messages messages;   /* RC11 */
	struct seq_cst seq_cst;     /* RC11 */

	size_t used; /* bytes of the arena */
	int n_foreign;
	struct {
		void *addr;
		uint64_t value;
		unsigned int size;
	} foreign[MAX_FOREIGN];
	_Alignas(64) unsigned char initial[MAX_ARENA];
};

/*
 * The machine that hooks act on: coroutines have no argument and hooks no handle. Outside of an
 * execution hooks act at once, and without a machine, as in the cost model, on plain memory.
 */
enum machine_phase { PHASE_NONE, PHASE_SETUP, PHASE_EXECUTION, PHASE_AT_REST };

struct hook_context {
	enum machine_phase phase;
	struct machine *machine; /* NULL in PHASE_NONE */
	struct watcher *watcher; /* see explore_watch(); NULL: none */
};

extern struct hook_context hook_context;

/* The machine whose execution is under way; NULL outside of an execution. */
static inline struct machine *machine_running(void)
{
	return hook_context.phase == PHASE_EXECUTION ? hook_context.machine : NULL;
}

/* The machine in whatever phase; NULL: none, as in the cost model. */
static inline struct machine *machine_now_used(void)
{
	return hook_context.machine;
}

static inline bool machine_is_thread(int proc)
{
	return proc < MAX_THREADS;
}

/* What acts for a thread: its store buffer, or the interrupt of a membarrier. */
static inline int machine_buffer_of(int thread)
{
	return MAX_THREADS + thread;
}

static inline void machine_observe(
    struct machine *m, int proc, const struct access *access, uint64_t value)
{
	if (m->observe)
		m->observe(m, proc, access, value);
}

/* The last step of the current thread has loaded or stored this value. */
static inline void machine_observe_step(struct machine *m, uint64_t value)
{
	machine_observe(m, m->current->id, &m->current->pending, value);
}

#endif
