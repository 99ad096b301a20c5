/* SPDX-License-Identifier: MIT */
/* Undoes rename.h: the identifiers have the kernel's meaning again. */
#undef device
#undef percpu_ref
#undef percpu_ref_init
#undef percpu_ref_resurrect
#undef percpu_rwsem_release
#pragma pop_macro("BUS_NOTIFY_BOUND_DRIVER")
#pragma pop_macro("BUS_NOTIFY_DRIVER_NOT_BOUND")
#pragma pop_macro("BUS_NOTIFY_UNBOUND_DRIVER")
#pragma pop_macro("READ")
#pragma pop_macro("WRITE")
#pragma pop_macro("lock_acquire")
#pragma pop_macro("lock_release")
#pragma pop_macro("noinline")
#pragma pop_macro("rwlock_init")
