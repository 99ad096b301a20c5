/* SPDX-License-Identifier: MIT */
/*
 * Renames identifiers of impl/ that the kernel uses for something else, until restore.h is
 * included. Include no kernel header between the two. This header has no include guard, because a
 * file may include it several times.
 */
#pragma push_macro("BUS_NOTIFY_BOUND_DRIVER")
#pragma push_macro("BUS_NOTIFY_DRIVER_NOT_BOUND")
#pragma push_macro("BUS_NOTIFY_UNBOUND_DRIVER")
#pragma push_macro("READ")
#pragma push_macro("WRITE")
#pragma push_macro("lock_acquire")
#pragma push_macro("lock_release")
#pragma push_macro("noinline")
#pragma push_macro("rwlock_init")

#undef BUS_NOTIFY_BOUND_DRIVER
#undef BUS_NOTIFY_DRIVER_NOT_BOUND
#undef BUS_NOTIFY_UNBOUND_DRIVER
#undef READ
#undef WRITE
#undef lock_acquire
#undef lock_release
#undef noinline
#undef rwlock_init

#define BUS_NOTIFY_BOUND_DRIVER IMPL_BOUND_DRIVER
#define BUS_NOTIFY_DRIVER_NOT_BOUND IMPL_DRIVER_NOT_BOUND
#define BUS_NOTIFY_UNBOUND_DRIVER IMPL_UNBOUND_DRIVER
#define device impl_device
#define lock_acquire impl_lock_acquire
#define lock_release impl_lock_release
#define noinline __noinline__
#define percpu_ref impl_percpu_ref
#define percpu_ref_init impl_percpu_ref_init
#define percpu_ref_resurrect impl_percpu_ref_resurrect
#define percpu_rwsem_release impl_percpu_rwsem_release
#define rwlock_init impl_rwlock_init
