/* SPDX-License-Identifier: MIT */
/* The CPU limit that this process's control groups impose, in cgroup versions 1 and 2. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

struct limit {
	double cpus; /* 0: unknown; INFINITY: unlimited */
	char file[PATH_MAX];
};

/* Returns the limit of one version-2 group in CPUs: 1.5 for "150000 100000", INFINITY for "max
 * 100000", 0 if it is unknown. */
static double limit_v2(const struct env_root *root, const char *group)
{
	char *text = env_read(root, "%s/cpu.max", group);
	double cpus = 0;

	if (text && strncmp(text, "max", 3) == 0) {
		cpus = INFINITY;
	} else if (text) {
		char *rest;
		double quota = strtod(text, &rest);
		double period = strtod(rest, NULL);

		cpus = period > 0 ? quota / period : 0;
	}
	free(text);
	return cpus;
}

/* Returns the limit of one version-1 group in CPUs: quota divided by period, INFINITY for a quota
 * of -1, 0 if it is unknown. */
static double limit_v1(const struct env_root *root, const char *group)
{
	json_t *quota = env_read_integer(root, "%s/cpu.cfs_quota_us", group);
	json_t *period = env_read_integer(root, "%s/cpu.cfs_period_us", group);
	double cpus = 0;

	if (json_integer_value(quota) < 0)
		cpus = INFINITY;
	else if (json_integer_value(period) > 0)
		cpus = (double)json_integer_value(quota) / (double)json_integer_value(period);
	json_decref(quota);
	json_decref(period);
	return cpus;
}

static void keep_lowest(struct limit *limit, double cpus, const char *group, const char *file)
{
	if (cpus <= 0 || (limit->cpus > 0 && limit->cpus <= cpus))
		return;
	limit->cpus = cpus;
	if (snprintf(limit->file, sizeof(limit->file), "%s/%s", group, file) >= PATH_MAX)
		limit->file[0] = '\0';
}

/* Finds the lowest limit from the process's group up to the root, because each ancestor may impose
 * one. A missing file counts as no limit: in a container, /proc/self/cgroup may contain a path of
 * the host that does not exist here. */
static void find_limits(
    const struct env_root *root, const char *top, const char *path, struct limit *limit)
{
	char group[PATH_MAX];
	const size_t start = strlen(top);

	if (strcmp(path, "/") == 0)
		path = "";
	if (snprintf(group, sizeof(group), "%s%s", top, path) >= (int)sizeof(group))
		return;
	for (char *end = group + strlen(group); end; end = strrchr(group + start, '/')) {
		*end = '\0';
		keep_lowest(limit, limit_v2(root, group), group, "cpu.max");
		keep_lowest(limit, limit_v1(root, group), group, "cpu.cfs_quota_us");
	}
}

static int has_cpu(const char *controllers)
{
	char list[256];
	char *save, *name;

	snprintf(list, sizeof(list), "%s", controllers);
	for (name = strtok_r(list, ",", &save); name; name = strtok_r(NULL, ",", &save))
		if (strcmp(name, "cpu") == 0)
			return 1;
	return 0;
}

/* Parses a line of /proc/self/cgroup: "0::/path" in version 2, "4:cpu,cpuacct:/path" in version
 * 1. */
static void limit_of_line(const struct env_root *root, char *line, struct limit *limit)
{
	char *controllers = strchr(line, ':');
	char *path = controllers ? strchr(controllers + 1, ':') : NULL;
	char top[512];

	if (!path)
		return;
	*path++ = '\0';
	controllers++;
	if (!*controllers) {
		find_limits(root, "/sys/fs/cgroup", path, limit);
		find_limits(root, "/sys/fs/cgroup/unified", path, limit);
	} else if (has_cpu(controllers)) {
		snprintf(top, sizeof(top), "/sys/fs/cgroup/%s", controllers);
		find_limits(root, top, path, limit);
	}
}

json_t *env_cgroup(const struct env_root *root)
{
	char *text = env_read(root, "/proc/self/cgroup");
	struct limit limit = {0};
	json_t *cgroup;
	char *save, *line;

	if (!text)
		return NULL;
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		limit_of_line(root, line, &limit);
	free(text);
	cgroup = json_object();
	if (isinf(limit.cpus))
		env_put(cgroup, "cpu_limit", json_string("max"));
	else
		env_put(cgroup, "cpu_limit", limit.cpus > 0 ? json_real(limit.cpus) : NULL);
	env_put(cgroup, "file", limit.cpus > 0 ? json_string(limit.file) : NULL);
	return cgroup;
}
