/* SPDX-License-Identifier: MIT */
#include "harness/explore/parallel.h"

#include <string.h>

#include "harness/explore/parts.h"

/* Explores the parts. Returns 0, or -1 with the error of the first part that failed, and where it
 * hung. */
static int explore_all(struct part *parts, int n, unsigned int processes,
    void (*show)(uint64_t executions), char hung[HANG_TRACES_MAX], struct error *err)
{
	hung[0] = '\0';
	if (parts_explore(parts, n, processes, 0, show, err))
		return -1;
	for (int i = 0; i < n; i++) {
		if (!parts[i].failed)
			continue;
		*err = parts[i].err;
		memcpy(hung, parts[i].found.all.hung, HANG_TRACES_MAX);
		return -1;
	}
	return 0;
}

/* Part i explores the executions in which thread i moves first. Threads below i are asleep at the
 * start, because lower parts explore their executions. */
static void split(struct part *parts, int n)
{
	for (int i = 1; i < n; i++)
		parts[i] = parts[0];
	for (int i = 0; i < n && n > 1; i++) {
		parts[i].options.first = (uint8_t)(1u << i);
		parts[i].options.asleep = (uint8_t)((1u << i) - 1);
	}
}

int explore_parallel(const struct explored *impl, const struct scenario *scenario,
    const struct explore_options *options, unsigned int processes,
    void (*show)(uint64_t executions), struct explore_result *result, struct error *err)
{
	struct script script;
	struct part *parts;
	int n, ret;

	if (scenario_parse(impl->family, scenario, &script, err))
		return -1;
	n = processes > 1 ? script.n_threads : 1;
	parts = parts_map(n);
	if (!parts)
		return error_errno(err, "cannot explore");
	parts[0].impl = impl;
	parts[0].scenario = scenario;
	parts[0].options = *options;
	split(parts, n);
	ret = explore_all(parts, n, processes, show, result->hung, err);
	if (!ret)
		*result = parts[0].found.all;
	for (int i = 1; i < n && !ret; i++)
		explore_merge(impl, result, &parts[i].found.all);
	parts_unmap(parts, n);
	return ret;
}

int explore_programs_in_child(const struct explored *impl, const struct program_bounds *bounds,
    const struct explore_options *options, void (*show)(uint64_t executions),
    struct programs_result *result, struct error *err)
{
	struct part *part = parts_map(1);
	int ret;

	if (!part)
		return error_errno(err, "cannot explore");
	part->impl = impl;
	part->bounds = *bounds;
	part->options = *options;
	ret = explore_all(part, 1, 1, show, result->all.hung, err);
	if (!ret)
		*result = part->found;
	parts_unmap(part, 1);
	return ret;
}
