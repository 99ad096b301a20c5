/* SPDX-License-Identifier: MIT */
/* Replaces the compiler's atomic builtins and <stdatomic.h>'s atomic_flag in explored code. Only
 * atomics.h includes this file. The memory orders of builtins have the same values as those of
 * C11. */
#ifndef EXPLORE_BUILTINS_H
#define EXPLORE_BUILTINS_H

/* -- atomic_flag -- */

_Static_assert(sizeof(atomic_flag) == 1, "a flag must be one byte");

static inline volatile unsigned char *explore_flag(const volatile void *flag)
{
	return (volatile unsigned char *)flag;
}

#undef atomic_flag_test_and_set
#undef atomic_flag_test_and_set_explicit
#undef atomic_flag_clear
#undef atomic_flag_clear_explicit
#define atomic_flag_test_and_set_explicit(flag, order) __atomic_test_and_set(flag, order)
#define atomic_flag_test_and_set(flag) __atomic_test_and_set(flag, EXPLORE_SEQ_CST)
#define atomic_flag_clear_explicit(flag, order) __atomic_clear(flag, order)
#define atomic_flag_clear(flag) __atomic_clear(flag, EXPLORE_SEQ_CST)

/* -- __atomic -- */

/* An atomic operation that returns the new value. `with` is the C operator that `op` stands for. */
#define EXPLORE_RMW_NEW(p, op, with, value, order, what)                          \
	({                                                                        \
		EXPLORE_TYPE(p) by_ = (value);                                    \
		(EXPLORE_TYPE(p))(EXPLORE_RMW(p, op, by_, order, what) with by_); \
	})

#define __atomic_load_n(p, order) EXPLORE_LOAD(p, order)
#define __atomic_load(p, value, order) ((void)(*(value) = EXPLORE_LOAD(p, order)))
#define __atomic_store_n(p, value, order) EXPLORE_STORE(p, value, order)
#define __atomic_store(p, value, order) EXPLORE_STORE(p, *(value), order)
#define __atomic_exchange_n(p, value, order) EXPLORE_RMW(p, RMW_EXCHANGE, value, order, "exchange")
#define __atomic_exchange(p, value, old, order) \
	((void)(*(old) = EXPLORE_RMW(p, RMW_EXCHANGE, *(value), order, "exchange")))
#define __atomic_compare_exchange_n(p, expected, desired, weak, success, failure) \
	EXPLORE_CAS(p, expected, desired, success, failure, weak)
#define __atomic_compare_exchange(p, expected, desired, weak, success, failure) \
	EXPLORE_CAS(p, expected, *(desired), success, failure, weak)
#define __atomic_fetch_add(p, value, order) EXPLORE_RMW(p, RMW_ADD, value, order, "fetch-add")
#define __atomic_fetch_sub(p, value, order) EXPLORE_RMW(p, RMW_SUB, value, order, "fetch-sub")
#define __atomic_fetch_or(p, value, order) EXPLORE_RMW(p, RMW_OR, value, order, "fetch-or")
#define __atomic_fetch_and(p, value, order) EXPLORE_RMW(p, RMW_AND, value, order, "fetch-and")
#define __atomic_fetch_xor(p, value, order) EXPLORE_RMW(p, RMW_XOR, value, order, "fetch-xor")
#define __atomic_add_fetch(p, value, order) \
	EXPLORE_RMW_NEW(p, RMW_ADD, +, value, order, "add-fetch")
#define __atomic_sub_fetch(p, value, order) \
	EXPLORE_RMW_NEW(p, RMW_SUB, -, value, order, "sub-fetch")
#define __atomic_or_fetch(p, value, order) EXPLORE_RMW_NEW(p, RMW_OR, |, value, order, "or-fetch")
#define __atomic_and_fetch(p, value, order) \
	EXPLORE_RMW_NEW(p, RMW_AND, &, value, order, "and-fetch")
#define __atomic_xor_fetch(p, value, order) \
	EXPLORE_RMW_NEW(p, RMW_XOR, ^, value, order, "xor-fetch")
#define __atomic_test_and_set(p, order) \
	((bool)EXPLORE_RMW(explore_flag(p), RMW_EXCHANGE, 1, order, "test-and-set"))
#define __atomic_clear(p, order) EXPLORE_STORE(explore_flag(p), 0, order)
#define __atomic_thread_fence(order) explore_fence(SOURCE_LOCATION("fence"), (order))
#define __atomic_signal_fence(order) ((void)(order))

/* -- __sync: full fences, except __sync_lock_* -- */

#define __sync_synchronize() __atomic_thread_fence(EXPLORE_SEQ_CST)
#define __sync_fetch_and_add(p, value, ...) __atomic_fetch_add(p, value, EXPLORE_SEQ_CST)
#define __sync_fetch_and_sub(p, value, ...) __atomic_fetch_sub(p, value, EXPLORE_SEQ_CST)
#define __sync_fetch_and_or(p, value, ...) __atomic_fetch_or(p, value, EXPLORE_SEQ_CST)
#define __sync_fetch_and_and(p, value, ...) __atomic_fetch_and(p, value, EXPLORE_SEQ_CST)
#define __sync_fetch_and_xor(p, value, ...) __atomic_fetch_xor(p, value, EXPLORE_SEQ_CST)
#define __sync_add_and_fetch(p, value, ...) __atomic_add_fetch(p, value, EXPLORE_SEQ_CST)
#define __sync_sub_and_fetch(p, value, ...) __atomic_sub_fetch(p, value, EXPLORE_SEQ_CST)
#define __sync_or_and_fetch(p, value, ...) __atomic_or_fetch(p, value, EXPLORE_SEQ_CST)
#define __sync_and_and_fetch(p, value, ...) __atomic_and_fetch(p, value, EXPLORE_SEQ_CST)
#define __sync_xor_and_fetch(p, value, ...) __atomic_xor_fetch(p, value, EXPLORE_SEQ_CST)
#define __sync_val_compare_and_swap(p, old, new, ...)                                \
	({                                                                           \
		EXPLORE_TYPE(p) old_ = (old);                                        \
		EXPLORE_CAS(p, &old_, new, EXPLORE_SEQ_CST, EXPLORE_SEQ_CST, false); \
		old_;                                                                \
	})
#define __sync_bool_compare_and_swap(p, old, new, ...)                               \
	({                                                                           \
		EXPLORE_TYPE(p) old_ = (old);                                        \
		EXPLORE_CAS(p, &old_, new, EXPLORE_SEQ_CST, EXPLORE_SEQ_CST, false); \
	})
#define __sync_lock_test_and_set(p, value, ...) \
	EXPLORE_RMW(p, RMW_EXCHANGE, value, memory_order_acquire, "exchange")
#define __sync_lock_release(p, ...) EXPLORE_STORE(p, 0, memory_order_release)

#endif
