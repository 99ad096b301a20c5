/* SPDX-License-Identifier: MIT */
/* The parts of BSD's doubly linked list (<sys/queue.h>) that impl/ uses. */
#ifndef HARNESS_KERNEL_SYS_QUEUE_H
#define HARNESS_KERNEL_SYS_QUEUE_H

#undef LIST_HEAD /* the kernel has another macro of this name */
#define LIST_HEAD(name, type)            \
	struct name {                    \
		struct type *list_first; \
	}

#define LIST_ENTRY(type)                  \
	struct {                          \
		struct type *list_next;   \
		struct type **list_place; \
	}

#define LIST_INIT(head) ((head)->list_first = NULL)

#define LIST_INSERT_HEAD(head, item, field)                                              \
	do {                                                                             \
		(item)->field.list_next = (head)->list_first;                            \
		(item)->field.list_place = &(head)->list_first;                          \
		if ((head)->list_first)                                                  \
			(head)->list_first->field.list_place = &(item)->field.list_next; \
		(head)->list_first = (item);                                             \
	} while (0)

#define LIST_REMOVE(item, field)                                                              \
	do {                                                                                  \
		if ((item)->field.list_next)                                                  \
			(item)->field.list_next->field.list_place = (item)->field.list_place; \
		*(item)->field.list_place = (item)->field.list_next;                          \
	} while (0)

#define LIST_FOREACH(item, head, field) \
	for ((item) = (head)->list_first; (item); (item) = (item)->field.list_next)

#endif
