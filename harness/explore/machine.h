/* SPDX-License-Identifier: MIT */
/*
 * The machine that explored threads run on: coroutines over a small memory, each with a store
 * buffer under x86-TSO. It runs one execution at a time; search.h decides who moves next, order.h
 * keeps what happened before what.
 *
 * A process is a thread (0..3) or the store buffer of one (4..7), which moves by writing its oldest
 * store to memory. A step is one move of one process: a thread's access and all its code up to
 * the next access.
 */
#ifndef EXPLORE_MACHINE_H
#define EXPLORE_MACHINE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "harness/check/lockorder.h"
#include "harness/check/spec.h"
#include "harness/error.h"
#include "harness/explore/clock.h"
#include "harness/explore/context.h"
#include "harness/explore/fault.h"
#include "harness/explore/hook.h"
#include "harness/explore/sync.h"

enum memory_model { MODEL_SC, MODEL_TSO };

enum {
	MAX_EVENTS = 1000,
	MAX_STORES = 32,  /* in one buffer */
	MAX_OPS = 8,      /* of one thread */
	MAX_ARENA = 4096, /* bytes of explored memory */
	MAX_FOREIGN = 64, /* atomics outside of it: an implementation's static variables */
	MAX_CLASSES = 3,  /* kinds of marks, below */
	LOC_NONE = MAX_ARENA + MAX_FOREIGN,
	LOC_SYNC, /* one for each class of marks */
	MAX_LOCS = LOC_SYNC + MAX_CLASSES,
};

_Static_assert(MAX_THREADS <= (int)LOCKORDER_THREADS, "each has its held locks");

enum access_kind {
	ACCESS_LOAD,
	ACCESS_STORE,
	ACCESS_RMW,
	ACCESS_CAS,
	ACCESS_PEEK,
	ACCESS_FENCE,
	ACCESS_LOCK,
	ACCESS_UNLOCK,
	ACCESS_CALL, /* an operation begins */
	ACCESS_MEMBARRIER,
	ACCESS_ENTER,
	ACCESS_LEAVE,
	ACCESS_WAIT,
	ACCESS_WAIT_END, /* of a membarrier or of a wait for readers */
	ACCESS_WORK,     /* of a driver or of a user, on the devices' memory */
	ACCESS_DONE,
	ACCESS_FREE,
	ACCESS_RENEW,  /* what was freed is handed out again */
	ACCESS_GIVE,   /* of a count; these three take what is there for them: */
	ACCESS_TAKE,   /* one of a count, */
	ACCESS_ALONE,  /* a word that nobody has, */
	ACCESS_SHARED, /* or that nobody has alone */
	ACCESS_YIELD,  /* until what was loaded last is something else */
	ACCESS_FLUSH,  /* of a store buffer, never a thread's */
	ACCESS_RETURN, /* an operation ends; only shown */
	ACCESS_DEAD,   /* what was freed is used; only shown */
};

/*
 * What is a step beside accesses to what threads share. A waiter looks at store buffers, so that it
 * matters when something is put there; what a membarrier hands over depends on when it passes the
 * threads between their works. Only implementations that need a detail pay for it.
 */
enum detail { DETAIL_NONE, DETAIL_STORES, DETAIL_WORK };

struct access {
	const struct site *site;
	void *addr;
	uint64_t value;    /* stored, or the operand */
	uint64_t expected; /* of a compare-and-swap; the bits that are awaited */
	uint16_t loc;
	uint8_t kind, size, op;
	bool drains; /* may only happen with an empty store buffer */
};

/*
 * Events conflict by location. Marks and syncs are for steps without one: a sync conflicts with all
 * marks of its class by others: a membarrier with buffered stores, a wait for readers with the
 * ends of sections, a peek with every lock.
 */
enum event_kind {
	EVENT_LOCAL,
	EVENT_READ,
	EVENT_WRITE,
	EVENT_FORWARD,
	EVENT_LOCK,
	EVENT_SHARE, /* of a lock that others may have, too */
	EVENT_TAKE,  /* alone, or one of a count; the same as EVENT_LOCK but for these two */
	EVENT_GIVE,
	EVENT_MARK,
	EVENT_SYNC
};
enum mark_class { MARK_STORES, MARK_SECTIONS, MARK_LOCKS };

struct event {
	vclock clock;
	vclock release; /* of a lock: the clock of its unlock */
	int16_t index;  /* clock's lane of its own process */
	int16_t prev;   /* the event before it on this location; -1: none */
	uint16_t loc;
	uint8_t proc, kind;
	const struct site *site; /* of a thread's */
};

struct store {
	vclock clock;
	vclock released; /* see sync.h */
	void *addr;
	uint64_t value;
	const struct site *site;
	uint16_t loc;
	uint8_t size;
};

/* When something was: in vector time, and in the steps of this execution. */
struct moment {
	vclock clock;
	int16_t index; /* events of the thread from here on come after it */
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
	WAIT_STORES,   /* the same, for what they have buffered */
	WAIT_FENCES,   /* a membarrier */
};

struct thread {
	struct context context;
	struct access pending;
	struct store buffer[MAX_STORES];
	unsigned int head, count; /* of the buffer */
	unsigned int sections;    /* open, nested */
	bool covered;             /* stores of, or before, a section are still in the buffer */
	unsigned int waits_for;   /* threads that a membarrier or a wait for readers still needs */
	enum wait_kind wait;
	vclock waited;
	const void *seen; /* what it loaded last */
	unsigned int seen_size;
	uint64_t seen_value;
	unsigned int op_steps; /* of the current operation, */
	int op_start;          /* which began before this event */
	unsigned int n_ops;
	struct op ops[MAX_OPS];
	void *stack;
	int id;
};

enum ending {
	END_COMPLETE,
	END_DEADLOCK,
	END_CUT,     /* spinning, or too long: it had no room */
	END_ASLEEP,  /* all that could follow was explored before */
	END_RESTART, /* learnt which steps conflict, too late for what was explored already */
	END_MISFIT,  /* a schedule to be replayed does not fit */
	END_REFUSED, /* see machine_refuse() */
};

struct machine;
struct search;
struct explore_family;

/* Is shown each step of an execution. */
typedef void observer(struct machine *m, int proc, const struct access *access, uint64_t value);

struct machine {
	_Alignas(MAX_ARENA) unsigned char arena[MAX_ARENA]; /* first: see machine_new() */
	struct thread threads[MAX_THREADS];
	struct context main;
	struct thread *current;
	int n_threads;
	enum memory_model model;
	unsigned int spin_bound;
	struct sync sync;
	struct lockorder *locks; /* kept from one execution to the next */
	enum detail detail;
	bool written[MAX_LOCS], peeked[MAX_LOCS];
	bool freeable[MAX_LOCS];    /* accessed, and may be freed */
	bool frees;                 /* something was freed, in whatever execution */
	unsigned int faults;        /* that the machine saw by itself */
	const struct site *dead_at; /* what was freed was used last */
	bool any_dead;
	bool dead[MAX_ARENA]; /* freed in this execution */
	size_t freeable_from; /* of the arena: what is allocated from here on may be freed */
	bool starting;
	enum ending ending;
	struct search *search;
	void (*body)(struct machine *m, int thread); /* what a thread runs */
	const struct explore_family *family;         /* whose program it is */
	void *program;
	observer *observe; /* may be NULL */

	struct error refused; /* "": nothing was */
	jmp_buf outside;      /* where what runs outside of threads ends if it does not return */
	unsigned int actions; /* of it so far */

	vclock clocks[MAX_PROCS];
	int length; /* events so far */
	int kept;   /* so many first events are those of the execution before */
	struct event events[MAX_EVENTS];
	int16_t last[MAX_LOCS]; /* event on each location; -1: none */
	int16_t last_mark[MAX_CLASSES][MAX_PROCS];

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
 * NULL with errno: EEXIST, there is one already. Implementations hash addresses, so the machine's
 * memory is always at the same one, whatever else it holds: else which devices share a slot would
 * differ from run to run, and a counterexample would not replay. The static variables of the
 * implementation are as before when the machine is freed.
 */
struct machine *machine_new(int n_threads, enum memory_model model);
void machine_free(struct machine *m);

/*
 * Both run `act` where no thread runs: hooks act at once. In setup explore_alloc() hands out the
 * machine's memory; at rest all is restored by the next execution. False: it does not return, as it
 * waits for what nobody is there to do, or what it does was refused.
 */
bool machine_in_setup(struct machine *m, void (*act)(void *arg), void *arg);
bool machine_at_rest(struct machine *m, void (*act)(void *arg), void *arg);

/* One execution from the initial memory. */
enum ending machine_run(struct machine *m);

/* The processes that can move. */
unsigned int machine_enabled(const struct machine *m);

/* How the next step of `proc` conflicts. */
void machine_next_event(const struct machine *m, int proc, enum event_kind *kind, uint16_t *loc);

/* Around an operation, called by a thread's body. */
struct op *machine_call(const struct site *site, enum spec_op kind, int device, int owner);
void machine_return(struct op *op, int result);

/* Plain accesses to an object, by one of those who must not be at it unordered: see sync.h. */
void machine_work(const struct site *site, unsigned int object, unsigned int side);

/* A word that is had alone, or shared: see waiting.c. */
enum { WORD_ALONE = 1, WORD_SHARE = 2 };

void machine_take(const struct site *site, void *word, enum access_kind kind);
void machine_give(const struct site *site, void *word, enum access_kind kind);

/* After the last step of the current thread. */
struct moment machine_now(void);

/* Whether one of `thread` comes before one of any other: in every execution that is the same to the
 * threads, or in the order of this one. */
static inline bool moment_before(
    const struct moment *earlier, int thread, const struct moment *later, bool real)
{
	return real ? earlier->stamp < later->stamp : later->clock[thread] >= earlier->index;
}

/*
 * What the implementation does cannot be explored, for this reason: the machine has no room for it,
 * or no stand-in. Ends the execution, or what runs outside of one; nothing more can be run.
 */
_Noreturn void machine_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* From here on, in setup, memory is allocated that is freed in an execution. */
void machine_freeable(struct machine *m);

/*
 * Where freeing is a step, as far as is known: the locations of what may be freed that are
 * accessed, and are not plain objects under a lock. And what to begin with.
 */
void machine_frees(const struct machine *m, bool steps[MAX_ARENA]);
void machine_set_frees(struct machine *m, const bool steps[MAX_ARENA]);

/* It is stored to, which need not be learnt from an execution; in setup. */
void machine_writes(struct machine *m, const void *p);

/* In an execution: memory is used that was freed, or that was never handed out. */
void machine_use_of_dead(const struct site *site);

/* What the threads run on now; NULL outside of an execution. */
extern struct machine *machine_running;

/* The same, or what is set up, or at rest; NULL: none, as in the cost model. */
struct machine *machine_now_used(void);

static inline bool machine_is_thread(int proc)
{
	return proc < MAX_THREADS;
}

static inline int machine_buffer_of(int thread)
{
	return MAX_THREADS + thread;
}

#endif
