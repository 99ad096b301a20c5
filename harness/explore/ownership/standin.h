/* SPDX-License-Identifier: MIT */
/*
 * Replaces functions that ownership implementations use, to check two things: that happens-before
 * orders a change of a group's device list with all other accesses to the list, and that
 * device_lock is held where required.
 */
#ifndef EXPLORE_OWNERSHIP_STANDIN_H
#define EXPLORE_OWNERSHIP_STANDIN_H

#include "harness/explore/standin.h"

#define device_lock_assert(dev) \
	explore_device_lock_assert(SOURCE_LOCATION("device_lock_assert"), (dev))

/* In the cost model, this remains a plain read, which is counted. */
struct driver;
bool explore_driver_manages(const struct source_location *site, const struct driver *drv);
#ifdef OWNBENCH_EXPLORED
#define driver_manages_dma(drv) explore_driver_manages(SOURCE_LOCATION("read driver"), (drv))
#endif

/* The macros of <sys/queue.h>. For a list of devices, they also report the access. */
#define explore_list_of(elm, changes)                                                    \
	_Generic((elm), struct device *                                                  \
		 : explore_list(SOURCE_LOCATION("the group's list"), (changes)), default \
		 : (void)0)

#undef LIST_FOREACH
#define LIST_FOREACH(var, head, field)                                     \
	for (explore_list_of(var, false), (var) = LIST_FIRST(head); (var); \
	     (var) = LIST_NEXT(var, field))

#undef LIST_INSERT_HEAD
#define LIST_INSERT_HEAD(head, elm, field)                                        \
	do {                                                                      \
		explore_list_of(elm, true);                                       \
		(elm)->field.le_next = LIST_FIRST(head);                          \
		if (LIST_FIRST(head))                                             \
			LIST_FIRST(head)->field.le_prev = &LIST_NEXT(elm, field); \
		LIST_FIRST(head) = (elm);                                         \
		(elm)->field.le_prev = &LIST_FIRST(head);                         \
	} while (0)

#undef LIST_REMOVE
#define LIST_REMOVE(elm, field)                                                      \
	do {                                                                         \
		explore_list_of(elm, true);                                          \
		if (LIST_NEXT(elm, field))                                           \
			LIST_NEXT(elm, field)->field.le_prev = (elm)->field.le_prev; \
		*(elm)->field.le_prev = LIST_NEXT(elm, field);                       \
	} while (0)

#endif
