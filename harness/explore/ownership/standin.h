/* SPDX-License-Identifier: MIT */
/* What implementations of ownership get from the harness, in the explorer: changes of a group's
 * list are ordered with all looks, and the device lock is looked at. */
#ifndef EXPLORE_OWNERSHIP_STANDIN_H
#define EXPLORE_OWNERSHIP_STANDIN_H

#include "harness/explore/standin.h"

#define device_lock_assert(dev) \
	explore_device_lock_assert(SOURCE_LOCATION("device_lock_assert"), (dev))

/* sys/queue.h's, for the group's list of devices. */
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
