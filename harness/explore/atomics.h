/* SPDX-License-Identifier: MIT */
/*
 * Replaces <stdatomic.h> in explored code. The names are the same, but each access is a scheduling
 * point.
 *
 * These macros may load a plain object if all stores to it are plain and happen under a lock.
 * Implicit accesses (`x = *atomic`) have their own hooks (hook_plain.c). Objects that are accessed
 * at different sizes are not supported. A weak compare-and-swap fails spuriously only under RC11.
 */
#ifndef EXPLORE_ATOMICS_H
#define EXPLORE_ATOMICS_H

#include <stdatomic.h>
#include <string.h>

#include "harness/explore/hook.h"

/* The object's type without _Atomic and qualifiers. */
#define EXPLORE_TYPE(p) __typeof__((void)0, *(p))

#define EXPLORE_FROM_BITS(type, bits)                                              \
	({                                                                         \
		uint64_t bits_ = (bits);                                           \
		type from_;                                                        \
		_Static_assert(sizeof(from_) <= sizeof(bits_), "at most 8 bytes"); \
		memcpy(&from_, &bits_, sizeof(from_));                             \
		from_;                                                             \
	})

#define EXPLORE_TO_BITS(type, value)                                             \
	({                                                                       \
		type to_ = (value);                                              \
		uint64_t word_ = 0;                                              \
		_Static_assert(sizeof(to_) <= sizeof(word_), "at most 8 bytes"); \
		memcpy(&word_, &to_, sizeof(to_));                               \
		word_;                                                           \
	})

#define EXPLORE_LOAD(p, order) \
	EXPLORE_FROM_BITS(     \
	    EXPLORE_TYPE(p), explore_load(SOURCE_LOCATION("load"), (p), sizeof(*(p)), (order)))

#define EXPLORE_STORE(p, value, order)                             \
	explore_store(SOURCE_LOCATION("store"), (p), sizeof(*(p)), \
	    EXPLORE_TO_BITS(EXPLORE_TYPE(p), value), (order))

#define EXPLORE_RMW(p, op, value, order, what)                                         \
	EXPLORE_FROM_BITS(                                                             \
	    EXPLORE_TYPE(p), explore_rmw(SOURCE_LOCATION(what), (p), sizeof(*(p)), op, \
				 EXPLORE_TO_BITS(EXPLORE_TYPE(p), value), (order)))

#define EXPLORE_CAS(p, expected, desired, success, failure, weak)                              \
	({                                                                                     \
		__typeof__(expected) want_ = (expected);                                       \
		struct cas_result cas_ = explore_cas(SOURCE_LOCATION("compare-and-swap"), (p), \
		    sizeof(*(p)), EXPLORE_TO_BITS(__typeof__(*want_), *want_),                 \
		    EXPLORE_TO_BITS(EXPLORE_TYPE(p), desired),                                 \
		    (struct cas_kind){(success), (failure), (weak)});                          \
		if (!cas_.done)                                                                \
			memcpy(want_, &cas_.seen, sizeof(*want_));                             \
		cas_.done;                                                                     \
	})

#undef atomic_load
#undef atomic_load_explicit
#undef atomic_store
#undef atomic_store_explicit
#undef atomic_exchange
#undef atomic_exchange_explicit
#undef atomic_compare_exchange_strong
#undef atomic_compare_exchange_strong_explicit
#undef atomic_compare_exchange_weak
#undef atomic_compare_exchange_weak_explicit
#undef atomic_fetch_add
#undef atomic_fetch_add_explicit
#undef atomic_fetch_sub
#undef atomic_fetch_sub_explicit
#undef atomic_fetch_or
#undef atomic_fetch_or_explicit
#undef atomic_fetch_and
#undef atomic_fetch_and_explicit
#undef atomic_fetch_xor
#undef atomic_fetch_xor_explicit
#undef atomic_thread_fence
#undef atomic_signal_fence

/* Under SC and x86-TSO, only memory_order_seq_cst changes results: it makes a store or fence drain
 * the store buffer. sync.h derives happens-before from every memory order. */
#define EXPLORE_SEQ_CST memory_order_seq_cst

#define atomic_load_explicit(p, order) EXPLORE_LOAD(p, order)
#define atomic_load(p) EXPLORE_LOAD(p, EXPLORE_SEQ_CST)
#define atomic_store_explicit(p, value, order) EXPLORE_STORE(p, value, order)
#define atomic_store(p, value) EXPLORE_STORE(p, value, EXPLORE_SEQ_CST)
#define atomic_exchange_explicit(p, value, order) \
	EXPLORE_RMW(p, RMW_EXCHANGE, value, order, "exchange")
#define atomic_exchange(p, value) EXPLORE_RMW(p, RMW_EXCHANGE, value, EXPLORE_SEQ_CST, "exchange")
#define atomic_fetch_add_explicit(p, value, order) \
	EXPLORE_RMW(p, RMW_ADD, value, order, "fetch-add")
#define atomic_fetch_add(p, value) EXPLORE_RMW(p, RMW_ADD, value, EXPLORE_SEQ_CST, "fetch-add")
#define atomic_fetch_sub_explicit(p, value, order) \
	EXPLORE_RMW(p, RMW_SUB, value, order, "fetch-sub")
#define atomic_fetch_sub(p, value) EXPLORE_RMW(p, RMW_SUB, value, EXPLORE_SEQ_CST, "fetch-sub")
#define atomic_fetch_or_explicit(p, value, order) EXPLORE_RMW(p, RMW_OR, value, order, "fetch-or")
#define atomic_fetch_or(p, value) EXPLORE_RMW(p, RMW_OR, value, EXPLORE_SEQ_CST, "fetch-or")
#define atomic_fetch_and_explicit(p, value, order) \
	EXPLORE_RMW(p, RMW_AND, value, order, "fetch-and")
#define atomic_fetch_and(p, value) EXPLORE_RMW(p, RMW_AND, value, EXPLORE_SEQ_CST, "fetch-and")
#define atomic_fetch_xor_explicit(p, value, order) \
	EXPLORE_RMW(p, RMW_XOR, value, order, "fetch-xor")
#define atomic_fetch_xor(p, value) EXPLORE_RMW(p, RMW_XOR, value, EXPLORE_SEQ_CST, "fetch-xor")
#define atomic_compare_exchange_strong_explicit(p, expected, desired, success, failure) \
	EXPLORE_CAS(p, expected, desired, success, failure, false)
#define atomic_compare_exchange_strong(p, expected, desired) \
	EXPLORE_CAS(p, expected, desired, EXPLORE_SEQ_CST, EXPLORE_SEQ_CST, false)
#define atomic_compare_exchange_weak_explicit(p, expected, desired, success, failure) \
	EXPLORE_CAS(p, expected, desired, success, failure, true)
#define atomic_compare_exchange_weak(p, expected, desired) \
	EXPLORE_CAS(p, expected, desired, EXPLORE_SEQ_CST, EXPLORE_SEQ_CST, true)
#define atomic_thread_fence(order) explore_fence(SOURCE_LOCATION("fence"), (order))
/* Only a compiler barrier. */
#define atomic_signal_fence(order)                 \
	({                                         \
		(void)(order);                     \
		__asm__ volatile("" ::: "memory"); \
	})

#define bounded_tries(n) explore_tries(n)
#define bounded_threshold(n) explore_threshold(n)

#include "harness/explore/builtins.h"

#endif
