/* SPDX-License-Identifier: MIT */
/*
 * What an implementation of any family declares about itself, and the calls that it needs from each
 * thread. Each family's table of operations begins with a struct impl_about: see impl.h,
 * lifetime/lifetime.h, and configure/configure.h.
 */
#ifndef IMPL_ABOUT_H
#define IMPL_ABOUT_H

#include <stdbool.h>

/*
 * The classes of guarantees, strongest first. Each implementation declares its class, and `verify`
 * checks the declaration. Ownership has all classes except CLASS_SAFE; the other families have only
 * CLASS_SAFE, CLASS_UNSAFE and CLASS_NONE.
 */
enum impl_class {
	CLASS_EXACT,    /* linearizable: refuses only if there is a conflicting owner */
	CLASS_SAFE,     /* keeps the family's contract */
	CLASS_CAUTIOUS, /* never two conflicting owners, but may refuse without one */
	CLASS_LEAKY,  /* never two conflicting owners, but may stay owned after the last release */
	CLASS_UNSAFE, /* allows two conflicting owners at once, or makes a thread wait forever */
	CLASS_NONE,   /* the ceiling, not a design: no synchronisation at all */
};

enum impl_progress {
	PROGRESS_BLOCKING,
	PROGRESS_OBSTRUCTION_FREE,
	PROGRESS_LOCK_FREE,
	PROGRESS_WAIT_FREE,
};

/* The class by C11's happens-before, if that differs from the class by real time. */
struct impl_c11 {
	bool differs;
	enum impl_class class;
};

/*
 * The members of struct impl_about. Each family's operations also embed them without a name, so
 * that a design sets .summary and not .about.summary.
 *
 * class: by real time, as an observer with a clock sees it on x86.
 * c11: the class by C11's happens-before, if it differs; see impl_class_by_c11().
 * setup: optional. Runs once in a process, before other threads exist. Returns 0 or a negative
 * errno.
 * thread_*: optional. Each thread calls `register` before its first operation, and `quiescent`
 * between operations from time to time. It calls `offline` and `online` around anything that may
 * block.
 */
#define IMPL_ABOUT_MEMBERS                                                         \
	const char *summary; /* the design in one line */                          \
	const char *source;  /* mail, paper or kernel function it is taken from */ \
	enum impl_class class;                                                     \
	struct impl_c11 c11;                                                       \
	enum impl_progress progress;                                               \
	int (*setup)(void);                                                        \
	int (*thread_register)(void);                                              \
	void (*thread_unregister)(void);                                           \
	void (*thread_quiescent)(void);                                            \
	void (*thread_offline)(void);                                              \
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
