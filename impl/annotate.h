/* SPDX-License-Identifier: MIT */
/*
 * Tells ThreadSanitizer of an order that it cannot see, because a library makes it in assembly or
 * was not compiled for it. Nothing in any other build.
 *
 * Only an adapter over such a library uses this, and only for the order which that library
 * promises: what comes before annotate_release() happens before what comes after a later
 * annotate_acquire() of the same address. What such a library would inline, it then has to call:
 * ThreadSanitizer would take the inlined half of a protocol for a race, having not seen the other
 * half.
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

/* Of its runtime, and in none of its headers. */
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);

/* Around a call that reads, for the library, what others are given before it returns; and around
 * the holder's read of its own node just before annotate_release(), which clang 14's runtime takes
 * for a race with the next holder's write although the annotations stand between the two. */
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
