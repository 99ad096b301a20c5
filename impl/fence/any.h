/* SPDX-License-Identifier: MIT */
/*
 * Store-load ordering between a frequent side (light) and a rare side (heavy). An implementation
 * that includes this header is built once for each adapter in this folder; OVER_FENCE names the
 * adapter. Built with the default below, the implementation keeps its plain name.
 *
 * The light side stores a word that it has read in its slot, and loads the word. The heavy side
 * stores the word, passes fence_heavy(), stores the word again, executes a full fence, and loads
 * the slots. At least one side sees the other's store.
 *
 * Each adapter defines:
 *	fence_setup()             runs once, before other threads exist; returns 0 or -errno
 *	fence_publish(slot, tag)  light side: stores the slot
 *	fence_look(word)          light side: loads the word after fence_publish(). Also acquires
 *	                          for the light side's load before fence_publish()
 *	fence_retract(slot)       light side: clears the slot; a release. On x86 the store is
 *	                          visible when this returns, or after a later fence_heavy()
 *	fence_guarded()           light side, if the heavy side may have passed fence_heavy()
 *	                          already: makes its last store to the slot visible, and orders it
 *	                          before later loads
 *	fence_heavy()             heavy side: a release; if fence_publish() executes no fence,
 *	                          makes the light sides execute one
 *	fence_look_at_slot(slot)  heavy side: loads a slot after fence_heavy(); an acquire
 */
#ifndef OVER_FENCE
#define OVER_FENCE "fence/membarrier.h"
#endif
#include OVER_FENCE
