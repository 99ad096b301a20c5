/* SPDX-License-Identifier: MIT */
#include "harness/report/report_sweep.h"

#include <string.h>

#include "harness/files/json_file.h"

/* The family is compared too, because several families may have an implementation of the same
 * name. */
static const json_t *find_entry(
    const struct report_sweep *sweep, const json_t *holder, const char *implementation)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(holder, "implementations"), i, entry) {
		const char *family = member_text(entry, "family");

		if (!strcmp(member_text(entry, "name"), implementation) &&
		    (!*family || !strcmp(family, sweep->family->name)))
			return entry;
	}
	return NULL;
}

const json_t *report_sweep_entry(const struct report_sweep *sweep, const char *implementation)
{
	const json_t *entry = find_entry(sweep, sweep->implementations, implementation);

	return entry ? entry : find_entry(sweep, sweep->sweep.settings, implementation);
}
