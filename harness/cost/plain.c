/* SPDX-License-Identifier: MIT */
/*
 * What the compiler calls at plain accesses of the counted build, which is compiled for
 * ThreadSanitizer and linked without it (harness/explore/explored.cmake). The kernel's KCSAN does
 * the same. A sanitizer's build has these of its own, or none.
 */
#ifndef OWNBENCH_SANITIZED

#include <string.h>

#include "harness/cost/counter.h"

/* The compiler's names: there is no header for them. */
#define ACCESS(name, size, write)              \
	void __tsan_##name(void *p);           \
	void __tsan_##name(void *p)            \
	{                                      \
		counter_plain(p, size, write); \
	}

#define ACCESSES(prefix, size)                  \
	ACCESS(prefix##read##size, size, false) \
	ACCESS(prefix##write##size, size, true)

ACCESSES(, 1)
ACCESSES(, 2)
ACCESSES(, 4)
ACCESSES(, 8)
ACCESSES(, 16)
ACCESSES(unaligned_, 2)
ACCESSES(unaligned_, 4)
ACCESSES(unaligned_, 8)
ACCESSES(unaligned_, 16)
ACCESSES(volatile_, 1)
ACCESSES(volatile_, 2)
ACCESSES(volatile_, 4)
ACCESSES(volatile_, 8)
ACCESSES(volatile_, 16)

void __tsan_read_range(const void *p, size_t size);
void __tsan_write_range(void *p, size_t size);
void __tsan_init(void);
void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);
void *__tsan_memcpy(void *to, const void *from, size_t size);
void *__tsan_memmove(void *to, const void *from, size_t size);
void *__tsan_memset(void *p, int byte, size_t size);

void __tsan_read_range(const void *p, size_t size)
{
	counter_plain(p, size, false);
}

void __tsan_write_range(void *p, size_t size)
{
	counter_plain(p, size, true);
}

void __tsan_init(void)
{
}

void __tsan_func_entry(void *caller)
{
	(void)caller;
}

void __tsan_func_exit(void)
{
}

void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	return __tsan_memmove(to, from, size);
}

void *__tsan_memmove(void *to, const void *from, size_t size)
{
	counter_plain(from, size, false);
	counter_plain(to, size, true);
	return memmove(to, from, size);
}

void *__tsan_memset(void *p, int byte, size_t size)
{
	counter_plain(p, size, true);
	return memset(p, byte, size);
}

#endif
