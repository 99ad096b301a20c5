/* SPDX-License-Identifier: MIT */
/*
 * The readers' side of RCU, over a library. An implementation that includes this header is built
 * once for every adapter in this folder and listed as `name<adapter>`; OVER_RCU names the adapter.
 *
 * Each adapter gives:
 *	readers_setup()                 once, before any other thread; 0 or a negative errno
 *	readers_thread_register()       0 or a negative errno; ..._unregister() undoes it
 *	readers_quiescent()             this thread holds no reference now
 *	readers_offline(), _online()    around anything that may block
 *	reader_enter(), reader_leave()  a read-side section
 *	readers_wait()                  a grace period: every section that had begun has ended, and
 *	                                what came before it in its thread is seen after the wait;
 *	                                a section that begins later sees what came before it
 */
#include OVER_RCU
