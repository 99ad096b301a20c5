/* SPDX-License-Identifier: MIT */
#include "bench/report/topologies.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report/data_dir.h"

static int compare_sizes(const void *a, const void *b)
{
	const size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Returns the sizes of all groups in ascending order, for the caller to free, or NULL if out of
 * memory. */
static size_t *sizes_of(const struct topology *each, size_t nr, size_t nr_groups)
{
	size_t *sizes = calloc(nr_groups + 1, sizeof(*sizes));
	size_t n = 0;

	for (size_t i = 0; sizes && i < nr; i++) {
		for (size_t g = 0; g < each[i].nr_groups; g++)
			sizes[n++] = each[i].groups[g].nr_devices;
	}
	if (sizes)
		qsort(sizes, n, sizeof(*sizes), compare_sizes);
	return sizes;
}

static int load_all(struct topologies *t, const glob_t *found, struct error *err)
{
	t->each = calloc(found->gl_pathc, sizeof(*t->each));
	t->paths = calloc(found->gl_pathc, sizeof(*t->paths));
	if (!t->each || !t->paths)
		return error_set(err, "not enough memory for the topologies");
	for (; t->nr < found->gl_pathc; t->nr++) {
		if (topology_load(found->gl_pathv[t->nr], &t->each[t->nr], err))
			return -1;
		t->paths[t->nr] = strdup(found->gl_pathv[t->nr]);
		t->nr_groups += t->each[t->nr].nr_groups;
	}
	t->sizes = sizes_of(t->each, t->nr, t->nr_groups);
	if (!t->sizes)
		return error_set(err, "not enough memory for the topologies");
	t->largest = t->sizes[t->nr_groups - 1];
	t->median = t->sizes[t->nr_groups / 2];
	return 0;
}

int topologies_load(struct topologies *t, struct error *err)
{
	const struct data_path listings = data_path("results/topologies/*.*.txt");
	glob_t found;
	int ret;

	*t = (struct topologies){0};
	if (glob(listings.s, 0, NULL, &found))
		return error_set(
		    err, "%s: contains no listing of a real machine's groups", listings.s);
	ret = load_all(t, &found, err);
	if (ret)
		topologies_free(t);
	globfree(&found);
	return ret;
}

void topologies_free(struct topologies *t)
{
	for (size_t i = 0; i < t->nr; i++) {
		topology_free(&t->each[i]);
		free(t->paths[i]);
	}
	free(t->each);
	free(t->paths);
	free(t->sizes);
}

size_t topologies_groups_of(const struct topologies *t, size_t devices)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nr_groups; i++)
		n += t->sizes[i] >= devices;
	return n;
}

/* -- output -- */

static json_t *size_distribution(const size_t *sizes, size_t nr)
{
	json_t *list = json_array();

	for (size_t i = 0, end; i < nr; i = end) {
		for (end = i; end < nr && sizes[end] == sizes[i]; end++)
			;
		json_array_append_new(
		    list, json_pack("[I, I]", (json_int_t)sizes[i], (json_int_t)(end - i)));
	}
	return list;
}

static json_t *topology_statistics(const struct topology *each, size_t nr)
{
	size_t groups = 0, devices = 0;
	size_t *sizes;
	json_t *json;

	for (size_t i = 0; i < nr; i++) {
		groups += each[i].nr_groups;
		devices += each[i].nr_devices;
	}
	sizes = sizes_of(each, nr, groups);
	if (!sizes)
		return NULL;
	json = json_pack("{s:I, s:I, s:I, s:I, s:o}", "groups", (json_int_t)groups, "devices",
	    (json_int_t)devices, "largest", (json_int_t)sizes[groups - 1], "median",
	    (json_int_t)sizes[groups / 2], "sizes", size_distribution(sizes, groups));
	free(sizes);
	return json;
}

json_t *topologies_json(const struct topologies *t)
{
	json_t *machines = json_array();

	for (size_t i = 0; i < t->nr; i++) {
		json_t *one = topology_statistics(&t->each[i], 1);

		json_object_set_new(one, "name", json_string(t->each[i].name));
		json_object_set_new(one, "file", json_string(strrchr(t->paths[i], '/') + 1));
		json_array_append_new(machines, one);
	}
	return json_pack(
	    "{s:o, s:o}", "machines", machines, "all", topology_statistics(t->each, t->nr));
}

static void print_line(FILE *out, const char *name, const struct topology *each, size_t nr)
{
	json_t *s = topology_statistics(each, nr), *size;
	size_t i;

	fprintf(out, "%-24s %6lld %7lld %7lld %6lld  ", name,
	    (long long)json_integer_value(json_object_get(s, "groups")),
	    (long long)json_integer_value(json_object_get(s, "devices")),
	    (long long)json_integer_value(json_object_get(s, "largest")),
	    (long long)json_integer_value(json_object_get(s, "median")));
	json_array_foreach (json_object_get(s, "sizes"), i, size)
		fprintf(out, " %lldx%lld", (long long)json_integer_value(json_array_get(size, 1)),
		    (long long)json_integer_value(json_array_get(size, 0)));
	fputc('\n', out);
	json_decref(s);
}

void topologies_print(FILE *out, const struct topologies *t)
{
	fprintf(out, "%-24s %6s %7s %7s %6s   groups x devices\n", "machine", "groups", "devices",
	    "largest", "median");
	for (size_t i = 0; i < t->nr; i++)
		print_line(out, t->each[i].name, &t->each[i], 1);
	print_line(out, "all", t->each, t->nr);
}

static json_t *members_json(const struct topology_group *group)
{
	json_t *devices = json_array();

	for (size_t d = 0; d < group->nr_devices; d++)
		json_array_append_new(devices, json_string(group->devices[d]));
	return json_pack("{s:I, s:o}", "group", (json_int_t)group->id, "devices", devices);
}

json_t *listing_json(const struct topology *t)
{
	json_t *json = topology_statistics(t, 1), *members = json_array();

	for (size_t g = 0; g < t->nr_groups; g++)
		json_array_append_new(members, members_json(&t->groups[g]));
	json_object_set_new(json, "name", json_string(t->name));
	json_object_set_new(json, "skipped", json_integer((json_int_t)t->skipped));
	json_object_set_new(json, "members", members);
	return json;
}

void listing_print(FILE *out, const struct topology *t)
{
	fprintf(out, "%s: %zu group%s, %zu device%s, largest group %zu\n\n%10s %7s   names\n",
	    t->name, t->nr_groups, t->nr_groups == 1 ? "" : "s", t->nr_devices,
	    t->nr_devices == 1 ? "" : "s", t->largest, "group", "devices");
	for (size_t g = 0; g < t->nr_groups; g++) {
		const struct topology_group *group = &t->groups[g];

		fprintf(out, "%10u %7zu  ", group->id, group->nr_devices);
		for (size_t d = 0; d < group->nr_devices; d++)
			fprintf(out, " %s", group->devices[d]);
		fputc('\n', out);
	}
}

void listing_say_skipped(const struct topology *t, const char *command)
{
	if (t->skipped == 1)
		fprintf(stderr,
		    "ownbench %s: %s: skipped 1 line that is not part of a listing: line %lu\n",
		    command, t->name, t->first_skipped);
	else if (t->skipped)
		fprintf(stderr,
		    "ownbench %s: %s: skipped %lu lines that are not part of a listing, the first "
		    "is line %lu\n",
		    command, t->name, t->skipped, t->first_skipped);
}
