/* SPDX-License-Identifier: MIT */
/* Read-modify-writes split into a load and a store: they lose their atomicity, and nothing else.
 * This header is included in front of each mutant. The operator `split` calls these macros. */
#ifndef MUTANTS_SPLIT_H
#define MUTANTS_SPLIT_H

#define split_change(object, old, new)                                             \
	({                                                                         \
		__auto_type at_ = (object);                                        \
		__auto_type old = atomic_load_explicit(at_, memory_order_seq_cst); \
		atomic_store_explicit(at_, (new), memory_order_seq_cst);           \
		old;                                                               \
	})

#define split_atomic_fetch_add_explicit(object, n, order) split_change(object, old_, old_ + (n))
#define split_atomic_fetch_sub_explicit(object, n, order) split_change(object, old_, old_ - (n))
#define split_atomic_fetch_or_explicit(object, n, order) split_change(object, old_, old_ | (n))
#define split_atomic_fetch_and_explicit(object, n, order) split_change(object, old_, old_ &(n))
#define split_atomic_exchange_explicit(object, new, order) split_change(object, old_, (new))

#define split_atomic_compare_exchange_strong_explicit(object, expected, new, yes, no) \
	({                                                                            \
		__auto_type at_ = (object);                                           \
		__auto_type expected_ = (expected);                                   \
		__auto_type seen_ = atomic_load_explicit(at_, memory_order_seq_cst);  \
		const bool equal_ = seen_ == *expected_;                              \
		if (equal_)                                                           \
			atomic_store_explicit(at_, (new), memory_order_seq_cst);      \
		else                                                                  \
			*expected_ = seen_;                                           \
		equal_;                                                               \
	})
#define split_atomic_compare_exchange_weak_explicit split_atomic_compare_exchange_strong_explicit

#endif
