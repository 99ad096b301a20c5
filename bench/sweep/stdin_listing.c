/* SPDX-License-Identifier: MIT */
#include "bench/sweep/stdin_listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"

static const char file_name[] = "stdin.find.txt";

bool stdin_listing_asked_for(const struct plan_request *request)
{
	return request->topology && strcmp(request->topology, "-") == 0;
}

int stdin_listing_keep(const struct sweep_dir *dir, const struct plan *plan, struct error *err)
{
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);
	int ret = 0;

	if (!out)
		return error_errno(err, "not enough memory for the listing");
	for (size_t i = 0; !ret && i < plan->nr_topologies; i++) {
		if (strcmp(plan->topologies[i]->name, "stdin") == 0)
			ret = topology_write(out, plan->topologies[i]);
	}
	if (fclose(out) || ret)
		ret = error_errno(err, "not enough memory for the listing");
	else
		ret = sweep_dir_put_text(dir, file_name, text, size, err);
	free(text);
	return ret;
}

char *stdin_listing_path(const char *dir)
{
	return format_text("%s/%s", dir, file_name);
}
