/* SPDX-License-Identifier: MIT */
/*
 * Store-load ordering between a frequent side (light) and a rare side (heavy). An implementation
 * that includes this header is built once for each adapter in this folder; OVER_FENCE names the
 * adapter. Built over the default below, the implementation keeps its plain name.
 *
 * The light side stores its slot and then loads a word. The heavy side stores the word, passes
 * fence_heavy(), and then loads the slots. At least one of them sees the other.
 *
 * Each adapter defines:
 *	fence_setup()             runs once, before other threads exist; returns 0 or -errno
 *	fence_publish(slot, tag)  light side: stores the slot
 *	fence_look(word)          light side: loads the word after fence_publish(); an acquire
 *	fence_retract(slot)       light side: clears the slot; a release. A load of the word that
 *	                          follows is ordered as fence_look() is after fence_publish()
 *	fence_guarded()           light side: makes its last store to the slot visible when no
 *	                          fence_heavy() will follow, and orders it before later loads
 *	fence_heavy()             heavy side: orders its store of the word before its later loads
 *	fence_look_at_slot(slot)  heavy side: loads a slot after fence_heavy(); an acquire
 */
#ifndef OVER_FENCE
#define OVER_FENCE "fence/membarrier.h"
#endif
#include OVER_FENCE
