/* SPDX-License-Identifier: MIT */
/*
 * The state of the machine (machine.h) that explored threads run on. Threads are coroutines over a
 * small memory. Under x86-TSO each has a store buffer; under RC11 memory consists of messages
 * (messages.h).
 *
 * A process is a thread (0..3) or acts for one (4..7). Under x86-TSO the second kind is the
 * thread's store buffer, which moves by writing its oldest store to memory. Under RC11 it is the
 * interrupt by which a membarrier makes the thread pass a fence. A step is one move of one process:
 * an access of a thread and all its code up to the next access.
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
#include "harness/explore/data_race_state.h"
#include "harness/explore/event.h"
#include "harness/explore/rc11_state.h"
#include "harness/explore/sync.h"

enum memory_model { MODEL_SC, MODEL_TSO, MODEL_RC11, NR_MEMORY_MODELS };

enum {
	MAX_STORES = 32, /* stores per store buffer */
	MAX_OPS = 8,     /* operations per thread */
};

_Static_assert(MAX_THREADS <= (int)LOCKORDER_THREADS, "lockorder has room for every thread");

/*
 * Which additional steps an execution has. DETAIL_STORES: buffering a store is a step, because a
 * wait for readers inspects store buffers. DETAIL_WORK: work is a step too, because a membarrier's
 * effect depends on when it interrupts a thread between two works. Executions have these steps only
 * if the implementation needs them.
 */
enum detail { DETAIL_NONE, DETAIL_STORES, DETAIL_WORK };

struct store {
	vclock clock;
	vclock released; /* what the store releases, see sync_released() */
	void *addr;
	uint64_t value;
	const struct source_location *site;
	uint16_t loc;
	uint8_t size;
	bool unlocks;
};

/* A point in an execution, by vector clock and by position in the order of steps. */
struct moment {
	vclock clock;
	int16_t index; /* the thread's later events have this index or a greater one */
	int16_t stamp;
};

/* One call of an operation. */
struct op {
	struct moment call, ret;
	uint8_t kind; /* enum spec_op */
	uint8_t owner, device;
	int8_t result;
};

enum wait_kind {
	WAIT_SECTIONS, /* waits for read-side sections to end */
	WAIT_STORES,   /* waits for readers' buffered stores to reach memory */
	WAIT_FENCES,   /* membarrier: waits for other threads to pass a fence */
};

/* RC11: a message that a thread has read, or written without a change of the value. */
struct seen_message {
	uint16_t loc;
	uint8_t message;
	bool any;
};

enum { SPIN_WORDS = 512 };

/* The state of a thread's code at its last atomic access, see spin.h. */
struct spin {
	const struct source_location *site; /* where that access is in the source; NULL: none */
	unsigned int steps; /* number of the thread's steps since then, including the access */
	const void *top;    /* end of the part of the stack that the code can change */
	unsigned int n;     /* number of words in `words` */
	uintptr_t words[SPIN_WORDS];
};

struct thread {
	struct context context;
	struct access pending;
	struct store buffer[MAX_STORES];
	unsigned int head, count; /* ring buffer: index of the oldest store, number of stores */
	unsigned int sections;    /* nesting depth of open read-side sections */
	bool covered; /* the buffer has stores from within a read-side section or before one */
	/* Threads that its membarrier or wait for readers still waits for, as bits. */
	unsigned int waits_for;
	enum wait_kind wait;
	vclock waited;
	struct spin spin;
	const void *seen; /* address that the thread accessed last; NULL: it changed the value */
	unsigned int seen_size;
	uint64_t seen_value;
	struct seen_message read; /* RC11: message of its last access; none if it changed a value */
	struct seen_message awaits; /* RC11: message that the next access must not read again */
	bool failed_weakly; /* a weak compare-and-swap failed spuriously in the current operation */
	/* The current operation since it began or last waited: number of steps, first event. */
	unsigned int op_steps;
	int op_start;
	unsigned int n_ops;
	struct op ops[MAX_OPS];
	void *stack;
	int id;
};

enum ending {
	END_COMPLETE,
	END_DEADLOCK,
	END_CUT,           /* abandoned: a thread spins, or there is no room for more steps */
	END_ASLEEP,        /* every continuation is explored elsewhere */
	END_CONTRADICTION, /* RC11: the memory model forbids this execution */
	END_RESTART,       /* a conflict was found that earlier executions ignored */
	END_MISFIT,        /* the schedule to replay does not fit the program */
	END_REFUSED,       /* the implementation cannot be explored, see machine_refuse() */
};

struct machine;
struct search;
struct explore_family;

/* Called after each step of an execution. */
typedef void observer(struct machine *m, int proc, const struct access *access, uint64_t value);

struct machine {
	/* The first member, see machine_new() */
	_Alignas(MAX_ARENA) unsigned char arena[MAX_ARENA];
	struct thread threads[MAX_THREADS];
	struct context main;
	struct thread *current;
	int n_threads;
	enum memory_model model;
	bool release_is_store; /* releasing a mutex is a plain store, see struct explored */
	unsigned int spin_bound;
	struct sync sync;
	unsigned int pick;       /* choice of the step that happens now, see machine_picks() */
	struct lockorder *locks; /* lock use, accumulated over all executions */
	enum detail detail;
	/* written: a store to the location is known. peeked: only loads of the location are
	 * known. */
	bool written[MAX_LOCS], peeked[MAX_LOCS];
	bool freeable[MAX_LOCS]; /* location may be freed, and was accessed */
	bool frees;              /* memory was freed in this execution or an earlier one */
	struct data_races races; /* races of plain accesses */
	unsigned int faults;     /* faults found by the machine itself */
	const struct source_location *dead_at; /* the last use of freed memory */
	bool any_dead;
	bool dead[MAX_ARENA]; /* location was freed in this execution */
	size_t freeable_from; /* offset in the arena; memory at or after it may be freed */
	bool starting;
	enum ending ending;
	struct search *search;
	void (*body)(struct machine *m, int thread); /* code of a thread */
	const struct explore_family *family;         /* family of `program` */
	void *program;
	observer *observe; /* may be NULL */

	struct error refused; /* reason given to machine_refuse(); "": not called */
	jmp_buf outside;      /* longjmp() target for hooks in setup or at rest */
	unsigned int actions; /* hooks called so far in this setup or at this rest */

	vclock clocks[MAX_PROCS];
	int length; /* number of events so far */
	int kept;   /* number of leading events kept from the previous execution */
	struct event events[MAX_EVENTS];
	int16_t last[MAX_LOCS]; /* last event at each location; -1: none */
	int16_t last_mark[MAX_CLASSES][MAX_PROCS];
	int16_t last_of[MAX_PROCS]; /* RC11: last event that conflicts with interrupts */
	struct messages messages;   /* RC11 */
	struct seq_cst seq_cst;     /* RC11 */

	size_t used; /* bytes allocated in the arena */
	int n_foreign;
	struct {
		void *addr;
		uint64_t value;
		unsigned int size;
		bool plain; /* stored to by plain accesses */
	} foreign[MAX_FOREIGN];
	_Alignas(64) unsigned char initial[MAX_ARENA];
};

/*
 * The machine that hooks act on. It is global because coroutines take no argument and hooks no
 * handle. Outside of an execution hooks take effect immediately; without a machine, as in the cost
 * model, they access plain memory.
 */
enum machine_phase { PHASE_NONE, PHASE_SETUP, PHASE_EXECUTION, PHASE_AT_REST };

struct hook_context {
	enum machine_phase phase;
	struct machine *machine; /* NULL in PHASE_NONE */
	struct watcher *watcher; /* set by explore_watch(); NULL: none */
};

extern struct hook_context hook_context;

/* Returns the machine during an execution, otherwise NULL. */
static inline struct machine *machine_running(void)
{
	return hook_context.phase == PHASE_EXECUTION ? hook_context.machine : NULL;
}

/* Returns the machine in any phase, or NULL if there is none, as in the cost model. */
static inline struct machine *machine_now_used(void)
{
	return hook_context.machine;
}

static inline bool machine_is_thread(int proc)
{
	return proc < MAX_THREADS;
}

/* Returns the process that acts for a thread: its store buffer (x86-TSO) or its interrupt
 * (RC11). */
static inline int machine_buffer_of(int thread)
{
	return MAX_THREADS + thread;
}

/* Restarts the count of the thread's repeated steps, when an operation begins and when a wait has
 * ended. */
static inline void machine_progress(const struct machine *m, struct thread *t)
{
	t->op_steps = 0;
	t->op_start = m->length;
}

static inline void machine_observe(
    struct machine *m, int proc, const struct access *access, uint64_t value)
{
	if (m->observe)
		m->observe(m, proc, access, value);
}

/* Reports to the observer that the current thread's last step loaded or stored `value`. */
static inline void machine_observe_step(struct machine *m, uint64_t value)
{
	machine_observe(m, m->current->id, &m->current->pending, value);
}

#endif
