/* SPDX-License-Identifier: MIT */
/*
 * RCU read-side sections, provided by a library. An implementation that includes this header is
 * built once for each adapter in this folder and listed as `name<adapter>`; OVER_RCU names the
 * adapter.
 *
 * Each adapter defines:
 *	readers_setup()                 runs once, before other threads exist; returns 0 or -errno
 *	readers_thread_register()       returns 0 or -errno
 *	readers_thread_unregister()
 *	readers_quiescent()             reports that this thread holds no reference
 *	readers_offline(), _online()    enclose anything that may block
 *	reader_enter(), reader_leave()  enclose a read-side section
 *	readers_wait()                  waits for a grace period. Each section that began before the
 *	                                call has then ended, and happens before the return. A
 *	                                section that begins later sees what precedes the call
 */
#include OVER_RCU
