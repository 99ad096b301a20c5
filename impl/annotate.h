/* SPDX-License-Identifier: MIT */
/*
 * Reports to ThreadSanitizer a happens-before order that it cannot see, because a library creates
 * the order in assembly or was not compiled for ThreadSanitizer. Other builds get empty functions.
 *
 * Only the adapters of such libraries use this, and only for orders that the library guarantees.
 * Everything before annotate_release() happens before everything after a later annotate_acquire()
 * of the same address. The adapter must call such a library out of line. If half of the library's
 * protocol were inlined, ThreadSanitizer would report a data race, because it does not see the
 * other half.
 */
#ifndef ANNOTATE_H
#define ANNOTATE_H

#if defined(__has_feature) /* clang */
#if __has_feature(thread_sanitizer)
#define ANNOTATE_THREAD_SANITIZER 1
#endif
#elif defined(__SANITIZE_THREAD__) /* gcc */
#define ANNOTATE_THREAD_SANITIZER 1
#endif

#ifdef ANNOTATE_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>

static inline void annotate_acquire(void *address)
{
	__tsan_acquire(address);
}

static inline void annotate_release(void *address)
{
	__tsan_release(address);
}

/* ThreadSanitizer's runtime exports these functions, but none of its headers declares them. */
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);

/* ThreadSanitizer ignores reads between these two calls. Two kinds of read need this: library calls
 * that read memory which other threads write, and the holder's read of its queue node just before
 * annotate_release(), for which clang 14's runtime reports a false data race with the next holder's
 * write. */
static inline void annotate_unseen_begin(void)
{
	AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
}

static inline void annotate_unseen_end(void)
{
	AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}
#else
static inline void annotate_acquire(void *address)
{
	(void)address;
}

static inline void annotate_release(void *address)
{
	(void)address;
}

static inline void annotate_unseen_begin(void)
{
}

static inline void annotate_unseen_end(void)
{
}
#endif

#endif
