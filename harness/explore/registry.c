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
