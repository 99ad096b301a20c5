/* SPDX-License-Identifier: MIT */
#include "harness/model/topology.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SYSFS_GROUPS "/sys/kernel/iommu_groups"

static int is_directory(FILE *f)
{
	struct stat st;

	return fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode);
}

int topology_load(const char *path, struct topology *t, struct error *err)
{
	FILE *listing;
	int ret;

	*t = (struct topology){0};
	if (strcmp(path, "sysfs") == 0)
		return topology_from_sysfs(SYSFS_GROUPS, t, err);
	if (strcmp(path, "-") == 0)
		return topology_parse("stdin", stdin, t, err);
	listing = fopen(path, "re");
	if (!listing)
		return error_errno(err, "cannot read %s", path);
	if (is_directory(listing))
		ret = error_set(err,
		    "%s is a directory: give a file with a listing, or sysfs for this machine's "
		    "groups",
		    path);
	else
		ret = topology_parse(path, listing, t, err);
	fclose(listing);
	return ret;
}

int topology_uniform(size_t groups, size_t devices, struct topology *t, struct error *err)
{
	*t = (struct topology){0};
	if (groups == 0 || devices == 0)
		return error_set(err,
		    "%zu groups of %zu devices: at least one group and one device are needed",
		    groups, devices);
	if (groups > INT_MAX || devices > SIZE_MAX / groups)
		return error_set(err, "%zu groups of %zu devices: too many", groups, devices);
	t->name = strdup("uniform");
	t->groups = calloc(groups, sizeof(*t->groups));
	if (!t->name || !t->groups) {
		free(t->name);
		free(t->groups);
		*t = (struct topology){0};
		return error_set(err, "not enough memory for %zu groups", groups);
	}
	for (size_t g = 0; g < groups; g++) {
		t->groups[g].id = (unsigned int)g;
		t->groups[g].nr_devices = devices;
	}
	t->nr_groups = groups;
	t->nr_devices = groups * devices;
	t->largest = devices;
	return 0;
}

int topology_write(FILE *out, const struct topology *t)
{
	for (size_t g = 0; g < t->nr_groups; g++) {
		for (size_t d = 0; d < t->groups[g].nr_devices; d++)
			fprintf(out, SYSFS_GROUPS "/%u/devices/%s\n", t->groups[g].id,
			    t->groups[g].devices[d]);
	}
	return fflush(out) || ferror(out) ? -1 : 0;
}

static void free_devices(struct topology_group *group)
{
	if (!group->devices)
		return;
	for (size_t d = 0; d < group->nr_devices; d++)
		free(group->devices[d]);
	free(group->devices);
}

void topology_free(struct topology *t)
{
	for (size_t g = 0; g < t->nr_groups; g++)
		free_devices(&t->groups[g]);
	free(t->groups);
	free(t->name);
	*t = (struct topology){0};
}
