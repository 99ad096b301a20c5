/* SPDX-License-Identifier: MIT */
/* What an implementation of any family says of itself, and what it needs of the threads that call
 * it. The operations of each family begin with it: impl.h, lifetime/lifetime.h,
 * configure/configure.h. */
#ifndef IMPL_ABOUT_H
#define IMPL_ABOUT_H

#include <stdbool.h>

/*
 * How good the answers are, strongest first; what an implementation declares and `verify` judges.
 * Ownership has all of these but CLASS_SAFE. The other families know only that one, unsafe and
 * none.
 */
enum impl_class {
	CLASS_EXACT,    /* linearizable: refuses only while a conflicting owner really holds */
	CLASS_SAFE,     /* does what the family's contract says */
	CLASS_CAUTIOUS, /* never two conflicting owners, but may refuse without one */
	CLASS_LEAKY,    /* never two conflicting owners, but may stay owned after all have let go */
	CLASS_UNSAFE,   /* conflicting owners can hold at once; or threads can wait for good */
	CLASS_NONE,     /* the ceiling: no synchronisation at all, not a design */
};

enum impl_progress {
	PROGRESS_BLOCKING,
	PROGRESS_OBSTRUCTION_FREE,
	PROGRESS_LOCK_FREE,
	PROGRESS_WAIT_FREE,
};

/* Another class than the one that is declared, by C11's happens-before. */
struct impl_c11 {
	bool differs;
	enum impl_class class;
};

/*
 * The members of struct impl_about. The operations of a family embed them a second time without a
 * name, so that a design sets .summary and not .about.summary.
 *
 * class: by real time, as an observer with a clock sees it on x86.
 * c11: by C11's happens-before, if that differs; see impl_class_by_c11().
 * setup: optional, called once in a process, before any other thread exists. Returns 0 or a
 * negative errno.
 * thread_*: optional. Every thread that calls operations is registered. `quiescent` is called
 * between operations now and then, `offline` and `online` around anything that may block.
 */
#define IMPL_ABOUT_MEMBERS                                                      \
	const char *summary; /* one line */                                     \
	const char *source;  /* mail, paper or kernel function it comes from */ \
	enum impl_class class;                                                  \
	struct impl_c11 c11;                                                    \
	enum impl_progress progress;                                            \
	int (*setup)(void);                                                     \
	int (*thread_register)(void);                                           \
	void (*thread_unregister)(void);                                        \
	void (*thread_quiescent)(void);                                         \
	void (*thread_offline)(void);                                           \
	void (*thread_online)(void);

struct impl_about {
	IMPL_ABOUT_MEMBERS
};

/* The class that an implementation declares for C11 and Arm, where nothing but happens-before
 * orders its operations. */
static inline enum impl_class impl_class_by_c11(const struct impl_about *about)
{
	return about->c11.differs ? about->c11.class : about->class;
}

#endif
