/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/model/topology.h"
#include "harness/model/topology_list.h"

/* Returns the next name. Returns NULL at the end, with errno 0, and on failure, with errno set. */
static char *next_name(DIR *dir)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(dir);
	} while (entry && entry->d_name[0] == '.');
	return entry ? entry->d_name : NULL;
}

static int add_devices(
    struct topology_list *list, const char *path, unsigned int group, struct error *err)
{
	DIR *dir = opendir(path);
	struct topology_entry entry = {.group = group};
	int ret = 0;

	if (!dir)
		return error_errno(err, "cannot read %s", path);
	while (!ret && (entry.device = next_name(dir)))
		ret = topology_list_add(list, &entry, err);
	if (!ret && errno)
		ret = error_errno(err, "cannot read %s", path);
	closedir(dir);
	return ret;
}

static int add_group(struct topology_list *list, const char *name, struct error *err)
{
	struct topology_entry entry = {0};
	char path[PATH_MAX], *end;
	unsigned long number = strtoul(name, &end, 10);

	if (!isdigit((unsigned char)*name) || *end || number > INT_MAX)
		return error_set(err, "%s/%s: a group's number must be from 0 to 2147483647",
		    list->source, name);
	if (snprintf(path, sizeof(path), "%s/%s/devices", list->source, name) >= (int)sizeof(path))
		return error_set(err, "%s: the path is too long", list->source);
	entry.group = (unsigned int)number;
	if (topology_list_add(list, &entry, err))
		return -1;
	return add_devices(list, path, entry.group, err);
}

static int add_groups(struct topology_list *list, struct error *err)
{
	DIR *dir = opendir(list->source);
	const char *name;
	int ret = 0;

	if (!dir && errno == ENOENT)
		return 0; /* the kernel has no IOMMU support */
	if (!dir)
		return error_errno(err, "cannot read %s", list->source);
	while (!ret && (name = next_name(dir)))
		ret = add_group(list, name, err);
	if (!ret && errno)
		ret = error_errno(err, "cannot read %s", list->source);
	closedir(dir);
	return ret;
}

int topology_from_sysfs(const char *root, struct topology *t, struct error *err)
{
	struct topology_list list = {.source = root};
	int ret;

	*t = (struct topology){0};
	ret = add_groups(&list, err);
	if (ret == 0 && list.nr == 0)
		ret = error_set(err,
		    "no IOMMU groups in %s: boot with intel_iommu=on or amd_iommu=on, or give "
		    "--topology=FILE",
		    root);
	if (ret == 0)
		ret = topology_list_finish(&list, t, err);
	topology_list_free(&list);
	if (ret == 0 && !(t->name = strdup("sysfs"))) {
		topology_free(t);
		ret = error_set(err, "%s: not enough memory", root);
	}
	return ret;
}
