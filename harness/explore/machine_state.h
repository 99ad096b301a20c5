/* SPDX-License-Identifier: MIT */
/*
 * The state of the machine that runs explored threads (machine.h). Threads are coroutines that
 * share a small memory. Under x86-TSO, each thread has a store buffer. Under RC11, the memory
 * consists of messages (messages.h).
 *
 * There are two kinds of processes: processes 0 to 3 are the threads, and processes 4 to 7 act for
 * them. Under x86-TSO, process 4 + t is thread t's store buffer, and a move writes its oldest store
 * to memory. Under RC11, it is an interrupt by which a membarrier makes thread t pass a fence. A
 * step is one move of a process: for a thread, an access and all its code up to the next access.
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
#include "harness/explore/digest.h"
#include "harness/explore/event.h"
#include "harness/explore/hook_stack.h"
#include "harness/explore/rc11_state.h"
#include "harness/explore/sync.h"

enum memory_model { MODEL_SC, MODEL_TSO, MODEL_RC11, NR_MEMORY_MODELS };

enum {
	MAX_STORES = 32, /* maximum number of stores in a store buffer */
	MAX_OPS = 8,     /* maximum number of operations per thread */
};

_Static_assert(MAX_THREADS <= (int)LOCKORDER_THREADS, "LOCKORDER_THREADS is too small");

/*
 * Which optional steps an execution has, if the implementation needs them. DETAIL_STORES: buffering
 * a store is a step, because a wait for readers inspects store buffers. DETAIL_WORK: work is a step
 * as well, because the effect of a membarrier depends on when it interrupts a thread between two
 * works.
 */
enum detail { DETAIL_NONE, DETAIL_STORES, DETAIL_WORK };

struct store {
	vclock clock;
	vclock released; /* clock that the store releases, see sync_released() */
	void *addr;
	uint64_t value;
	const struct source_location *site;
	uint16_t loc;
	uint8_t size;
	bool unlocks;
};

/* A moment in an execution, as a vector clock and as a position in the order of steps. */
struct moment {
	vclock clock;
	int16_t index; /* least index of the thread's later events */
	int16_t stamp;
};

/* One call of an operation. */
struct op {
	struct moment call, ret;
	uint8_t kind; /* enum spec_op */
	uint8_t owner, device;
	int8_t result;
	bool returned;
};

enum wait_kind {
	WAIT_SECTIONS, /* waits until read-side sections have ended */
	WAIT_STORES,   /* waits until readers' buffered stores have reached memory */
	WAIT_FENCES,   /* membarrier: waits until other threads have passed a fence */
};

/* RC11: a message that a thread has read, or has written without changing the value. */
struct seen_message {
	uint16_t loc;
	uint8_t message;
	bool any;
};

enum { SPIN_WORDS = 512 };

/* The state of a thread's code at its last atomic access, to detect loops (spin.h). */
struct spin {
	const struct source_location *site; /* source line of the access; NULL: none */
	unsigned int steps; /* number of the thread's steps since then, including the access */
	const void *top;    /* end of the part of the stack that the code may change */
	const volatile void *address; /* of the access, as are the next two members */
	uint64_t operand, expected;
	bool yields;    /* spin_wait() is waiting */
	unsigned int n; /* number of words in `words` */
	uintptr_t words[SPIN_WORDS];
};

struct thread {
	struct context context;
	struct access pending;
	struct store buffer[MAX_STORES];
	unsigned int head, count; /* ring buffer: index of the oldest store, number of stores */
	unsigned int sections;    /* nesting depth of open read-side sections */
	bool covered; /* has buffered stores from a read-side section or from before one */
	/* Bit mask of the threads for which this thread's membarrier or wait for readers still
	 * waits. */
	unsigned int waits_for;
	unsigned int drains_for; /* mask of the threads for whose buffered stores it waits next */
	enum wait_kind wait;
	vclock waited;
	struct spin spin;
	const void *seen; /* address of the last access; NULL: the access changed the value */
	unsigned int seen_size;
	uint64_t seen_value;
	bool seen_in_last_step;     /* that access was the thread's last step */
	struct seen_message read;   /* RC11: message of the last access, if it kept the value */
	struct seen_message awaits; /* RC11: the next access must not read this message again */
	bool failed_weakly;         /* in this operation, a compare-and-swap failed spuriously */
	/* Since the operation began or last waited: number of steps, index of the first event. */
	unsigned int op_steps;
	int op_start;
	/* Number of operations called; of membarriers and waits for readers since the last call. */
	unsigned int n_ops, n_waits;
	struct op ops[MAX_OPS];
	struct hook_stack hooks;
	struct digest local; /* see fingerprint_thread() */
	void *stack;
	int id;
};

enum ending {
	END_COMPLETE,
	END_DEADLOCK,
	END_CUT,           /* abandoned: a thread spins, or a table is full */
	END_ASLEEP,        /* all continuations are explored elsewhere */
	END_CONTRADICTION, /* RC11: the memory model forbids this execution */
	END_RESTART,       /* a conflict was found that earlier executions ignored */
	END_MISFIT,        /* the schedule to replay does not match the program */
	END_REFUSED,       /* the implementation cannot be explored, see machine_refuse() */
};

struct machine;
struct search;
struct explore_family;

/* Called after each step of an execution. */
typedef void observer(struct machine *m, int proc, const struct access *access, uint64_t value);

struct machine {
	/* The first member, see machine_new(). */
	_Alignas(MAX_ARENA) unsigned char arena[MAX_ARENA];
	struct thread threads[MAX_THREADS];
	struct context main;
	struct thread *current;
	int n_threads;
	enum memory_model model;
	bool release_is_store; /* a mutex is released by a plain store, see struct explored */
	unsigned int spin_bound;
	struct sync sync;
	unsigned int pick;       /* the pick of the current step, see machine_picks() */
	struct lockorder *locks; /* lock orders and reports of all executions */
	enum detail detail;
	/* written: a store to the location was seen. peeked: only loads of the location were
	 * seen. */
	bool written[MAX_LOCS], peeked[MAX_LOCS];
	/* For each location and thread: where in its program the thread accesses the location
	 * last, in any execution so far, see place_of() in memory.c. 0: nowhere. */
	uint16_t last_use[MAX_LOCS][MAX_THREADS];
	uint8_t sole_users[MAX_LOCS]; /* mask of threads, see memory_is_sole_user() */
	bool must_restart;            /* the search by states must start again */
	bool yields_late;        /* a yield did not directly follow the access that it waits for */
	bool freeable[MAX_LOCS]; /* the location was accessed, and may be freed */
	bool frees;              /* memory was freed, in any execution so far */
	struct data_races races; /* data races of plain accesses */
	unsigned int faults;     /* mask of enum fault: found by the machine itself */
	const struct source_location *dead_at; /* source line that last used freed memory */
	const void *dead_pc; /* return address of that use if it was a plain access, or NULL */
	bool any_dead;
	bool dead[MAX_ARENA]; /* freed in this execution */
	size_t freeable_from; /* memory from this offset in the arena on may be freed */
	/* Threads give way to m->main after each step, and dependencies are not tracked. */
	bool stepping;
	bool clears_stacks; /* machine_step() clears unused parts of stacks, see schedule.c */
	enum ending ending;
	struct search *search;
	void (*body)(struct machine *m, int thread); /* runs one thread */
	const struct explore_family *family;         /* the family that `program` belongs to */
	void *program;
	observer *observe; /* may be NULL */

	struct error refused; /* reason given to machine_refuse(), if it was called */
	jmp_buf outside;      /* where hooks in setup or at rest longjmp() to */
	unsigned int actions; /* number of hooks called in the current setup or final check */

	vclock clocks[MAX_PROCS];
	int length; /* number of events so far */
	int kept;   /* number of leading events that are the same as in the previous execution */
	struct event events[MAX_EVENTS];
	int16_t last[MAX_LOCS]; /* index of the last event at each location; -1: none */
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
		bool plain; /* plain accesses store to the object */
	} foreign[MAX_FOREIGN];
	_Alignas(64) unsigned char initial[MAX_ARENA];
};

/*
 * The machine that hooks act on. It must be global, because neither coroutines nor hooks have an
 * argument for it. Outside of an execution, hooks take effect immediately. Without a machine, as in
 * the cost model, they access ordinary memory.
 */
enum machine_phase { PHASE_NONE, PHASE_SETUP, PHASE_EXECUTION, PHASE_AT_REST };

struct hook_context {
	enum machine_phase phase;
	struct machine *machine; /* NULL in PHASE_NONE */
	struct watcher *watcher; /* set by explore_watch(); NULL: none */
};

extern struct hook_context hook_context;

/* Returns the machine during an execution, and NULL otherwise. */
static inline struct machine *machine_running(void)
{
	return hook_context.phase == PHASE_EXECUTION ? hook_context.machine : NULL;
}

/* Returns the machine in any phase. Returns NULL if there is none, as in the cost model. */
static inline struct machine *machine_now_used(void)
{
	return hook_context.machine;
}

static inline bool machine_is_thread(int proc)
{
	return proc < MAX_THREADS;
}

/* Returns the process that acts for the thread: its store buffer (x86-TSO) or interrupt (RC11). */
static inline int machine_buffer_of(int thread)
{
	return MAX_THREADS + thread;
}

/* Restarts the count of the thread's repeated steps. Called when an operation begins and when a
 * wait has ended. */
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

/* Reports to the observer which value the current thread's last step loaded or stored. */
static inline void machine_observe_step(struct machine *m, uint64_t value)
{
	machine_observe(m, m->current->id, &m->current->pending, value);
}

#endif
