/* SPDX-License-Identifier: MIT */
/*
 * Hooks that the compiler inserts at plain accesses. As the kernel does for KCSAN, the explored and
 * the counted builds are compiled for ThreadSanitizer, but not linked with it
 * (impl/instances.cmake). These hooks are missing in sanitizer builds: there the sanitizer defines
 * hooks itself, or the compiler inserts none.
 */
#ifndef OWNBENCH_SANITIZED

#include <string.h>

#include "harness/explore/data_race.h"
#include "harness/explore/hook.h"

static inline void plain_access(const void *pc, const void *p, size_t size, bool writes)
{
	struct machine *m = machine_running();
	struct watcher *watcher = hook_context.watcher;

	if (m)
		data_race_plain(m, pc, p, size, writes);
	else if (watcher)
		watcher->see_plain(watcher, p, size, writes);
}

/* No header declares these names, which the compiler defines. */
#define ACCESS(name, size, writes)                                          \
	void __tsan_##name(void *p);                                        \
	void __tsan_##name(void *p)                                         \
	{                                                                   \
		plain_access(__builtin_return_address(0), p, size, writes); \
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
	plain_access(__builtin_return_address(0), p, size, false);
}

void __tsan_write_range(void *p, size_t size)
{
	plain_access(__builtin_return_address(0), p, size, true);
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

void *__tsan_memmove(void *to, const void *from, size_t size)
{
	plain_access(__builtin_return_address(0), from, size, false);
	plain_access(__builtin_return_address(0), to, size, true);
	return memmove(to, from, size);
}

void *__tsan_memcpy(void *to, const void *from, size_t size)
{
	plain_access(__builtin_return_address(0), from, size, false);
	plain_access(__builtin_return_address(0), to, size, true);
	return memcpy(to, from, size);
}

void *__tsan_memset(void *p, int byte, size_t size)
{
	plain_access(__builtin_return_address(0), p, size, true);
	return memset(p, byte, size);
}

/* -- atomic operators, such as `x = *atomic`, which bypass the explorer's macros -- */

/* The source location of an operator. */
#define HERE(what) data_race_site(__builtin_return_address(0), what)

#define RMW(bits, name, op)                                                                     \
	uint##bits##_t __tsan_atomic##bits##_##name(volatile void *p, uint##bits##_t v, int o); \
	uint##bits##_t __tsan_atomic##bits##_##name(volatile void *p, uint##bits##_t v, int o)  \
	{                                                                                       \
		return (uint##bits##_t)explore_rmw(HERE(#name), p, bits / 8, op, v, o);         \
	}

#define CAS(bits, name)                                                                        \
	int __tsan_atomic##bits##_compare_exchange_##name(                                     \
	    volatile void *p, uint##bits##_t *expected, uint##bits##_t v, int o, int failure); \
	int __tsan_atomic##bits##_compare_exchange_##name(                                     \
	    volatile void *p, uint##bits##_t *expected, uint##bits##_t v, int o, int failure)  \
	{                                                                                      \
		const struct cas_result result =                                               \
		    explore_cas(HERE("compare-and-swap"), p, bits / 8, *expected, v,           \
			(struct cas_kind){(uint8_t)o, (uint8_t)failure, false});               \
                                                                                               \
		*expected = (uint##bits##_t)result.seen;                                       \
		return result.done;                                                            \
	}

#define ATOMICS(bits)                                                                         \
	uint##bits##_t __tsan_atomic##bits##_load(const volatile void *p, int o);             \
	uint##bits##_t __tsan_atomic##bits##_load(const volatile void *p, int o)              \
	{                                                                                     \
		return (uint##bits##_t)explore_load(HERE("load"), p, bits / 8, o);            \
	}                                                                                     \
	void __tsan_atomic##bits##_store(volatile void *p, uint##bits##_t v, int o);          \
	void __tsan_atomic##bits##_store(volatile void *p, uint##bits##_t v, int o)           \
	{                                                                                     \
		explore_store(HERE("store"), p, bits / 8, v, o);                              \
	}                                                                                     \
	uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                            \
	    volatile void *p, uint##bits##_t expected, uint##bits##_t v, int o, int failure); \
	uint##bits##_t __tsan_atomic##bits##_compare_exchange_val(                            \
	    volatile void *p, uint##bits##_t expected, uint##bits##_t v, int o, int failure)  \
	{                                                                                     \
		const struct cas_kind kind = {(uint8_t)o, (uint8_t)failure, false};           \
                                                                                              \
		return (uint##bits##_t)explore_cas(                                           \
		    HERE("compare-and-swap"), p, bits / 8, expected, v, kind)                 \
		    .seen;                                                                    \
	}                                                                                     \
	CAS(bits, strong)                                                                     \
	CAS(bits, weak)                                                                       \
	RMW(bits, exchange, RMW_EXCHANGE)                                                     \
	RMW(bits, fetch_add, RMW_ADD)                                                         \
	RMW(bits, fetch_sub, RMW_SUB)                                                         \
	RMW(bits, fetch_or, RMW_OR)                                                           \
	RMW(bits, fetch_and, RMW_AND)                                                         \
	RMW(bits, fetch_xor, RMW_XOR)

ATOMICS(8)
ATOMICS(16)
ATOMICS(32)
ATOMICS(64)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

void __tsan_atomic_thread_fence(int order)
{
	explore_fence(HERE("fence"), order);
}

void __tsan_atomic_signal_fence(int order)
{
	(void)order;
}

#endif
