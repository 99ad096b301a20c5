/* SPDX-License-Identifier: MIT */
#include "harness/report/report_sweep_load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/classes.h"
#include "harness/report/machine.h"

/* An optional file in a sweep's directory, and the list that it must contain. */
struct side_file {
	const char *name;
	const char *list;
	const char *const *texts; /* string members of each entry of the list, up to a NULL */
};

static const struct side_file verify_file = {
    "verify.json", "implementations", (const char *const[]){"name", "declared", "found", NULL}};
static const struct side_file claims_file = {
    "claims.json", "claims", (const char *const[]){"id", "claim", NULL}};
static const struct side_file cost_file = {
    "cost.json", "implementations", (const char *const[]){"implementation", NULL}};

static int check_side_file(
    const char *path, const json_t *root, const struct side_file *file, struct error *err)
{
	const json_t *list = json_object_get(root, file->list);
	const json_t *entry;
	size_t i;

	if (!json_is_object(root))
		return error_set(err, "%s: expected a JSON object, {...}", path);
	if (!json_is_array(list))
		return error_set(err, "%s: \"%s\" is missing or not a list", path, file->list);
	json_array_foreach (list, i, entry) {
		for (const char *const *text = file->texts; *text; text++) {
			if (!json_is_string(json_object_get(entry, *text)))
				return error_set(err,
				    "%s: entry %zu of \"%s\" has no string \"%s\"", path, i + 1,
				    file->list, *text);
		}
	}
	return 0;
}

/* Reads and checks an optional file in the sweep's directory. Leaves *out unchanged if the file
 * does not exist. */
static int read_side_file(
    const char *dir, const struct side_file *file, json_t **out, struct error *err)
{
	const struct file_path path = file_path(dir, file->name);

	if (access(path.s, F_OK) && errno == ENOENT)
		return 0;
	*out = json_file_read(path.s, err);
	return *out ? check_side_file(path.s, *out, file, err) : -1;
}

static char *read_command(const char *dir)
{
	struct error ignored; /* the command is only displayed, so the file may be missing */
	size_t size;
	char *text = file_read_whole(file_path(dir, "command").s, &size, &ignored);

	if (text)
		text[strcspn(text, "\n")] = '\0';
	return text;
}

static const struct family_text *family_of(const struct sweep *sweep)
{
	const struct family_text *family = family_text_find(sweep->runs[0].id.family);

	return family ? family : family_texts[0];
}

/* In a merged sweep, the machine's label precedes its description. */
static void describe_machine(struct report_sweep *sweep)
{
	const json_t *environment = sweep->sweep.environment;
	char *name = machine_name(environment);

	sweep->cpus = machine_cpus(environment);
	sweep->nr_cpus = machine_nr_cpus(environment);
	sweep->machine_name =
	    sweep->label ? format_text("%s: %s", sweep->label, name) : copy_text(name);
	free(name);
}

static void count_comparisons(const struct report_sweep *sweep, struct point *point)
{
	size_t nr = 0;

	for (size_t i = 0; i < point->nr_passed; i++) {
		struct point_run *run = &point->runs[i];

		run->compared = run == point->baseline ||
		                !class_why_unranked(sweep, run->run->id.implementation);
		nr += run->compared;
	}
	point->comparisons = nr ? nr * (nr - 1) / 2 : 0;
}

void report_sweep_find_points(struct report_sweep *sweep)
{
	points_free(&sweep->points);
	sweep->points = points_of(&sweep->sweep, sweep->family->baseline);
	for (size_t i = 0; i < sweep->points.nr; i++)
		count_comparisons(sweep, &sweep->points.list[i]);
}

int report_sweep_load(struct report_sweep *sweep, const char *dir, const char *label,
    const json_t *implementations, struct error *err)
{
	*sweep = (struct report_sweep){
	    .dir = copy_text(dir), .label = copy_text(label), .implementations = implementations};
	if (sweep_load(dir, &sweep->sweep, err) ||
	    read_side_file(dir, &verify_file, &sweep->verify, err) ||
	    read_side_file(dir, &claims_file, &sweep->claims, err) ||
	    read_side_file(dir, &cost_file, &sweep->cost, err))
		return -1;
	if (!sweep->sweep.nr_runs)
		return error_set(
		    err, "%s: nothing was measured, so there is nothing to report", dir);
	sweep->family = family_of(&sweep->sweep);
	report_sweep_find_points(sweep);
	sweep->command = read_command(dir);
	describe_machine(sweep);
	return 0;
}

void report_sweep_free(struct report_sweep *sweep)
{
	points_free(&sweep->points);
	sweep_free(&sweep->sweep);
	json_decref(sweep->verify);
	json_decref(sweep->claims);
	json_decref(sweep->cost);
	free(sweep->dir);
	free(sweep->label);
	free(sweep->machine_name);
	free(sweep->cpus);
	free(sweep->command);
}
