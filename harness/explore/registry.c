/* SPDX-License-Identifier: MIT */
#include "harness/explore/registry.h"

#include <stddef.h>
#include <string.h>

const struct explored *explored_find(const struct explored *const *list, const char *name)
{
	for (; *list; list++)
		if (!strcmp((*list)->name, name))
			return *list;
	return NULL;
}

const char *explored_unseen(const struct unseen *list, const char *name)
{
	const size_t len = strcspn(name, "<");

	while (list->name && (strlen(list->name) != len || strncmp(list->name, name, len)))
		list++;
	return list->why;
}
