/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/results/machine.h"
#include "harness/results/merge.h"
#include "harness/results/report/report.h"

/* A file that a sweep's directory may hold, and what it must be made of. */
struct beside {
	const char *name;
	const char *list;         /* the list in it; NULL: any object will do */
	const char *const *texts; /* members that each entry of the list must have, up to a NULL */
};

static const struct beside environment = {"environment.json", NULL, NULL};
static const struct beside verify = {
    "verify.json", "implementations", (const char *const[]){"name", "declared", "found", NULL}};
static const struct beside claims = {
    "claims.json", "claims", (const char *const[]){"id", "claim", NULL}};
static const struct beside cost = {
    "cost.json", "implementations", (const char *const[]){"implementation", NULL}};

static int check(
    const char *path, const json_t *root, const struct beside *beside, struct error *err)
{
	const json_t *list = json_object_get(root, beside->list ? beside->list : "");
	const json_t *entry;
	size_t i;

	if (!json_is_object(root))
		return error_set(err, "%s: must be an object, {...}", path);
	if (!beside->list)
		return 0;
	if (!json_is_array(list))
		return error_set(err, "%s: no list \"%s\" in it", path, beside->list);
	json_array_foreach (list, i, entry) {
		for (const char *const *text = beside->texts; *text; text++) {
			if (!json_is_string(json_object_get(entry, *text)))
				return error_set(err, "%s: entry %zu of \"%s\" has no text \"%s\"",
				    path, i + 1, beside->list, *text);
		}
	}
	return 0;
}

/* *out stays NULL where there is no such file. */
static int read_beside(
    const char *dir, const struct beside *beside, json_t **out, struct error *err)
{
	char *path = file_path(dir, beside->name);
	int ret;

	if (access(path, F_OK) && errno == ENOENT) {
		free(path);
		return 0;
	}
	*out = json_file_read(path, err);
	ret = *out ? check(path, *out, beside, err) : -1;
	free(path);
	return ret;
}

static char *read_command(const char *dir)
{
	struct error ignored; /* an older sweep may have none */
	char *path = file_path(dir, "command");
	size_t size;
	char *text = file_read_whole(path, &size, &ignored);

	free(path);
	if (text)
		text[strcspn(text, "\n")] = '\0';
	return text;
}

/* What a merge calls it comes first. */
static void name_machine(struct report_machine *machine)
{
	char *name = machine_name(machine->environment);

	if (machine->name && name) {
		char *both;

		if (asprintf(&both, "%s: %s", machine->name, name) < 0)
			abort(); /* a line */
		free(machine->name);
		free(name);
		name = both;
	}
	machine->name = name;
}

/* The text `key` of the entry `name` of a list of the catalogue; NULL: it has none. */
static const char *catalogued(
    const json_t *catalogue, const char *list, const char *name, const char *key)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(catalogue, list), i, entry) {
		if (!strcmp(report_text(entry, "name"), name))
			return json_string_value(json_object_get(entry, key));
	}
	return NULL;
}

/* A sweep is of one family: that of its workload, or, of one that is not listed, of an
 * implementation; of ownership where nothing is known. */
static const struct report_family *family_of(const struct sweep *sweep, const json_t *catalogue)
{
	const struct report_family *family = NULL;

	for (size_t i = 0; i < sweep->nr_points && !family; i++) {
		const struct sweep_point *point = &sweep->points[i];
		const char *name = catalogued(catalogue, "workloads", point->workload, "family");

		if (!name && !sweep_is_ceiling(point))
			name = catalogued(catalogue, "implementations", point->impl, "family");
		family = name ? report_family_find(name) : NULL;
	}
	return family ? family : report_families[0];
}

static int load_machine(struct report_machine *machine, const json_t *catalogue, struct error *err)
{
	const char *dir = machine->dir;

	if (sweep_load(dir, &machine->sweep, err) ||
	    read_beside(dir, &environment, &machine->environment, err) ||
	    read_beside(dir, &verify, &machine->verify, err) ||
	    read_beside(dir, &claims, &machine->claims, err) ||
	    read_beside(dir, &cost, &machine->cost, err))
		return -1;
	if (!machine->sweep.nr_points)
		return error_set(
		    err, "%s: nothing was measured, so there is nothing to report", dir);
	machine->family = family_of(&machine->sweep, catalogue);
	machine->sets = sets_of(&machine->sweep, machine->family->baseline, catalogue);
	name_machine(machine);
	machine->cpus = machine_cpus(machine->environment);
	machine->command = read_command(dir);
	return 0;
}

static void free_machine(struct report_machine *machine)
{
	free(machine->dir);
	sets_free(&machine->sets);
	sweep_free(&machine->sweep);
	json_decref(machine->environment);
	json_decref(machine->verify);
	json_decref(machine->claims);
	json_decref(machine->cost);
	free(machine->name);
	free(machine->cpus);
	free(machine->command);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorted, each once, the ceiling first. */
static void name_impls(struct report *report)
{
	size_t room = 1, kept = 1;

	for (size_t m = 0; m < report->nr_machines; m++)
		room += report->machines[m].sweep.nr_points;
	report->impls = calloc(room, sizeof(*report->impls));
	if (!report->impls)
		abort();
	report->nr_impls = 0;
	report->impls[report->nr_impls++] = "ceiling";
	for (size_t m = 0; m < report->nr_machines; m++) {
		const struct sweep *sweep = &report->machines[m].sweep;

		for (size_t i = 0; i < sweep->nr_points; i++) {
			if (!sweep_is_ceiling(&sweep->points[i]))
				report->impls[report->nr_impls++] = sweep->points[i].impl;
		}
	}
	qsort(report->impls + 1, report->nr_impls - 1, sizeof(*report->impls), by_name);
	for (size_t i = 1; i < report->nr_impls; i++) {
		if (strcmp(report->impls[i], report->impls[kept - 1]) != 0)
			report->impls[kept++] = report->impls[i];
	}
	report->nr_impls = kept;
}

static void add_machine(struct report *report, char *dir, const char *name)
{
	struct report_machine *machine = &report->machines[report->nr_machines++];

	machine->dir = dir;
	machine->name = name ? strdup(name) : NULL;
	if (!dir)
		abort(); /* a line */
}

/* A sweep, or each machine of a merged one. */
static void add_sweep(struct report *report, const char *dir)
{
	json_t *machines = merge_machines(dir);
	size_t nr = machines ? json_object_size(machines) : 1;
	json_t *ignored;
	const char *name;

	report->machines =
	    realloc(report->machines, (report->nr_machines + nr) * sizeof(*report->machines));
	if (!report->machines)
		abort(); /* some kilobytes */
	memset(&report->machines[report->nr_machines], 0, nr * sizeof(*report->machines));
	if (!machines)
		add_machine(report, strdup(dir), NULL);
	json_object_foreach (machines, name, ignored)
		add_machine(report, merge_machine_dir(dir, name), name);
	json_decref(machines);
}

/* Sweeps of several families are of one machine where its name is the same: the first of each
 * family, then the second of each, and so on. */
static void number_machine(struct report *report, size_t i)
{
	const struct report_machine *all = report->machines;
	unsigned int last = 0;

	for (size_t j = 0; j < i; j++) {
		bool taken = false;

		for (size_t k = 0; k < i; k++)
			taken |= all[k].id == all[j].id && all[k].family == all[i].family;
		if (!taken && !strcmp(all[j].name, all[i].name)) {
			report->machines[i].id = all[j].id;
			return;
		}
		last = all[j].id > last ? all[j].id : last;
	}
	report->machines[i].id = last + 1;
}

/* In the order of the command line within a family. */
static void sort_by_family(struct report *report)
{
	struct report_machine *sorted = calloc(report->nr_machines + 1, sizeof(*sorted));
	size_t nr = 0;

	if (!sorted)
		abort(); /* some kilobytes */
	for (size_t f = 0; report_families[f]; f++) {
		for (size_t i = 0; i < report->nr_machines; i++) {
			if (report->machines[i].family == report_families[f])
				sorted[nr++] = report->machines[i];
		}
	}
	free(report->machines);
	report->machines = sorted;
}

static void divide(struct report *report)
{
	size_t nr = 1;

	for (size_t f = 0; report_families[f]; f++)
		nr++;
	report->families = calloc(nr, sizeof(*report->families));
	if (!report->families)
		abort(); /* some hundred bytes */
	for (size_t i = 0; i < report->nr_machines;
	     i += report->families[report->nr_families - 1].nr_machines) {
		struct report *part = &report->families[report->nr_families++];

		*part = *report;
		part->family = report->machines[i].family;
		part->machines = &report->machines[i];
		part->nr_machines = 0;
		part->families = NULL;
		part->nr_families = 0;
		while (i + part->nr_machines < report->nr_machines &&
		       part->machines[part->nr_machines].family == part->family)
			part->nr_machines++;
		name_impls(part);
	}
	report->families[0].alone = report->nr_families == 1;
}

int report_load(struct report *report, const char *const *dirs, size_t nr, struct error *err)
{
	for (size_t i = 0; i < nr; i++)
		add_sweep(report, dirs[i]);
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (load_machine(&report->machines[i], report->catalogue, err)) {
			report_free(report);
			return -1;
		}
		number_machine(report, i);
	}
	sort_by_family(report);
	name_impls(report);
	divide(report);
	return 0;
}

bool report_is_of_several(const struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++) {
		if (report->machines[i].id != report->machines[0].id)
			return true;
	}
	return false;
}

bool report_is_first_of_machine(const struct report *report, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (report->machines[j].id == report->machines[i].id)
			return false;
	}
	return true;
}

void report_free(struct report *report)
{
	for (size_t i = 0; i < report->nr_machines; i++)
		free_machine(&report->machines[i]);
	for (size_t i = 0; i < report->nr_families; i++)
		free(report->families[i].impls);
	free(report->families);
	free(report->machines);
	free(report->impls);
	report->machines = NULL;
	report->nr_machines = 0;
	report->families = NULL;
	report->nr_families = 0;
	report->impls = NULL;
}
