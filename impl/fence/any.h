/* SPDX-License-Identifier: MIT */
/*
 * The store-load order between a side that is often there and one that is not, in three ways. An
 * implementation that includes this header is built once for every adapter in this folder; over the
 * one named here it keeps its plain name.
 *
 * The light side publishes its slot and then looks at a word; the heavy side sets the word, passes
 * fence_heavy() and then looks at the slots. At least one of them sees the other.
 *
 * Each adapter gives:
 *	fence_setup()             once, before any other thread; 0 or a negative errno
 *	fence_publish(slot, tag)  the light side's store
 *	fence_look(word)          and its load behind it, an acquire
 *	fence_retract(slot)       takes the slot back, a release; when it returns, all can see it
 *	fence_heavy()             on the heavy side
 *	fence_look_at_slot(slot)  and its load behind it, an acquire
 */
#ifndef OVER_FENCE
#define OVER_FENCE "fence/membarrier.h"
#endif
#include OVER_FENCE
