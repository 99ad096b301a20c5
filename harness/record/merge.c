/* SPDX-License-Identifier: MIT */
#include "harness/record/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/record/sweep.h"
#include "harness/record/sweep_dir.h"

/* The files that are copied from each sweep. Output of `plot` and `report` is not copied. */
static const char *const files[] = {"sweep.json", "benchmark.json", "environment.json",
    "runs.jsonl", "command", "verify.json", "claims.json", "cost.json"};
enum { NR_FILES = sizeof(files) / sizeof(files[0]) };

/* The combined content of the sweeps. Settings, environments and contexts are objects whose keys
 * are the names of the machines. */
struct merged {
	json_t *settings;
	json_t *environments;
	json_t *contexts;    /* Google Benchmark's "context" of each machine */
	json_t *benchmarks;  /* Google Benchmark's entries of all machines, an array */
	json_int_t families; /* number of Google Benchmark family indexes used so far */
	json_t *seen;        /* maps each repetition to the directory that contains it */
	char *runs;          /* content of the merged runs.jsonl */
	size_t runs_size;
};

/* The name becomes part of run names and paths, so it must not contain '/' or start with a dot. */
static bool name_is_valid(const char *name)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "._-";

	return *name && *name != '.' && name[strspn(name, good)] == '\0';
}

static int check_pair(const struct merge_source *a, const struct merge_source *b, struct error *err)
{
	char path_a[PATH_MAX], path_b[PATH_MAX];

	if (realpath(a->dir, path_a) && realpath(b->dir, path_b) && !strcmp(path_a, path_b))
		return error_set(err, "%s is given twice", b->dir);
	if (!strcmp(a->name, b->name))
		return error_set(err, "%s and %s are both named %s: rename one, as in other=%s",
		    a->dir, b->dir, a->name, b->dir);
	return 0;
}

static int check_names(const struct merge_source *sources, size_t nr, struct error *err)
{
	for (size_t i = 0; i < nr; i++) {
		if (!name_is_valid(sources[i].name))
			return error_set(err,
			    "\"%s\" is not a valid machine name (letters, digits, '.', '_' and "
			    "'-'): "
			    "name it, as in one=%s",
			    sources[i].name, sources[i].dir);
		for (size_t j = 0; j < i; j++) {
			if (check_pair(&sources[j], &sources[i], err))
				return -1;
		}
	}
	return 0;
}

/* -- runs.jsonl -- */

/* Fails if two sweeps contain the same repetition, because one of them is then a copy. Two machines
 * never measure the same rate, to 17 digits, at the same time after their starts. */
static int note_repetition(struct merged *merged, const char *dir, const struct run_id *id,
    const struct sweep_round *round, struct error *err)
{
	char *name = run_id_name(id), *key;
	const char *other;
	int ret = 0;

	key = format_text(
	    "%s %u %.17g %.17g", name, round->round, round->items_per_second, round->at_seconds);
	other = json_string_value(json_object_get(merged->seen, key));
	if (other)
		ret = error_set(err, "%s and %s contain the same repetition: round %u of %s", other,
		    dir, round->round, name);
	else
		json_object_set_new(merged->seen, key, json_string(dir));
	free(name);
	free(key);
	return ret;
}

static int note_all(struct merged *merged, const struct sweep *sweep, struct error *err)
{
	for (size_t i = 0; i < sweep->nr_runs; i++) {
		const struct sweep_run *run = &sweep->runs[i];

		for (size_t r = 0; r < run->nr_rounds; r++) {
			if (note_repetition(merged, sweep->dir, &run->id, &run->rounds[r], err))
				return -1;
		}
	}
	return 0;
}

static void add_records(FILE *out, const struct sweep *sweep, const char *machine)
{
	json_t *record;
	size_t i;

	json_array_foreach (sweep->records, i, record) {
		json_object_set_new(
		    json_object_get(record, "run"), "machine", json_string(machine));
		json_dumpf(record, out, JSON_COMPACT);
		fputc('\n', out);
	}
}

/* -- benchmark.json -- */

static char *name_with_machine(const char *name, const char *machine, struct error *err)
{
	struct run_id id;
	char *named;

	if (run_id_parse(name, &id, err))
		return NULL;
	free(id.machine);
	id.machine = strdup(machine);
	named = run_id_name(&id);
	run_id_free(&id);
	return named;
}

/* Adds the machine to the names in an entry. The name of an aggregate ends with a suffix such as
 * "_median", which stays at the end. */
static int rename_entry(json_t *entry, const char *machine, struct error *err)
{
	const char *run = member_text(entry, "run_name"), *name = member_text(entry, "name");
	char *named = name_with_machine(run, machine, err);
	const size_t len = strlen(run);

	if (!named)
		return -1;
	if (!strncmp(name, run, len))
		json_object_set_new(entry, "name", json_sprintf("%s%s", named, name + len));
	json_object_set_new(entry, "run_name", json_string(named));
	free(named);
	return 0;
}

/* Makes Google Benchmark's family indexes unique across the merged sweeps. */
static void renumber_family(json_t *entry, json_int_t before, json_int_t *after)
{
	const json_t *index = json_object_get(entry, "family_index");
	json_int_t number = before + json_integer_value(index);

	if (!json_is_integer(index))
		return;
	json_object_set_new(entry, "family_index", json_integer(number));
	if (number >= *after)
		*after = number + 1;
}

static int add_benchmarks(
    struct merged *merged, const struct merge_source *source, struct error *err)
{
	const struct file_path path = file_path(source->dir, "benchmark.json");
	json_t *root = json_file_read(path.s, err);
	json_int_t families = merged->families;
	struct error wrong;
	json_t *entry;
	size_t i;
	int ret = root ? 0 : -1;

	json_object_set(merged->contexts, source->name, json_object_get(root, "context"));
	json_array_foreach (json_object_get(root, "benchmarks"), i, entry) {
		if (rename_entry(entry, source->name, &wrong)) {
			ret = error_set(err, "%s: %s", path.s, wrong.text);
			break;
		}
		renumber_family(entry, merged->families, &families);
		json_array_append(merged->benchmarks, entry);
	}
	merged->families = families;
	json_decref(root);
	return ret;
}

/* -- all sweeps -- */

static int add_loaded(struct merged *merged, FILE *out, const struct merge_source *source,
    const struct sweep *sweep, struct error *err)
{
	if (!sweep->nr_runs)
		return error_set(
		    err, "%s: nothing was measured, so there is nothing to merge", source->dir);
	json_object_set(merged->settings, source->name, sweep->settings);
	json_object_set(merged->environments, source->name,
	    sweep->environment ? sweep->environment : json_null());
	if (note_all(merged, sweep, err) || add_benchmarks(merged, source, err))
		return -1;
	add_records(out, sweep, source->name);
	return 0;
}

static int add_sweep(
    struct merged *merged, FILE *out, const struct merge_source *source, struct error *err)
{
	json_t *machines = merge_machines(source->dir);
	const bool is_merged = machines != NULL;
	struct sweep sweep;
	int ret;

	json_decref(machines);
	if (is_merged)
		return error_set(err,
		    "%s is a merged sweep: name the sweeps in its directory machines/ instead",
		    source->dir);
	if (sweep_load(source->dir, &sweep, err))
		return -1;
	ret = add_loaded(merged, out, source, &sweep, err);
	sweep_free(&sweep);
	return ret;
}

/* Loads all sweeps and adds the machine's name to the identity of each run. */
static int collect_sweeps(
    struct merged *merged, const struct merge_source *sources, size_t nr, struct error *err)
{
	FILE *out;
	int ret = 0;

	*merged = (struct merged){.settings = json_object(),
	    .environments = json_object(),
	    .contexts = json_object(),
	    .benchmarks = json_array(),
	    .seen = json_object()};
	out = text_stream(&merged->runs, &merged->runs_size);
	for (size_t i = 0; i < nr && !ret; i++)
		ret = add_sweep(merged, out, &sources[i], err);
	if (fclose(out) && !ret)
		ret = error_errno(err, "cannot merge runs");
	return ret;
}

static void free_merged(struct merged *merged)
{
	json_decref(merged->settings);
	json_decref(merged->environments);
	json_decref(merged->contexts);
	json_decref(merged->benchmarks);
	json_decref(merged->seen);
	free(merged->runs);
}

/* -- the merged directory -- */

static int copy_file(const char *from, const char *to, const char *name, struct error *err)
{
	const struct file_path source = file_path(from, name);
	size_t size;
	char *text;
	int ret;

	if (access(source.s, F_OK) && errno == ENOENT)
		return 0;
	text = file_read_whole(source.s, &size, err);
	ret = text ? file_write_whole(file_path(to, name).s, text, size, err) : -1;
	free(text);
	return ret;
}

static int make_directory(const char *path, struct error *err)
{
	return mkdir(path, 0777) ? error_errno(err, "cannot make directory %s", path) : 0;
}

static int copy_sweep(const struct merge_source *source, const char *out, struct error *err)
{
	const struct file_path to = merge_machine_dir(out, source->name);
	int ret = make_directory(to.s, err);

	for (size_t i = 0; i < NR_FILES && !ret; i++)
		ret = copy_file(source->dir, to.s, files[i], err);
	return ret;
}

/* Steals the reference to `json`. */
static int write_json(const char *out, const char *name, json_t *json, struct error *err)
{
	int ret = json_file_write(file_path(out, name).s, json, err);

	json_decref(json);
	return ret;
}

static int write_merged(
    const struct merged *merged, const char *out, const char *first, struct error *err)
{
	const json_t *written_by =
	    json_object_get(json_object_get(merged->settings, first), "written_by");

	if (file_write_whole(
		file_path(out, "runs.jsonl").s, merged->runs, merged->runs_size, err) ||
	    write_json(out, "sweep.json",
		json_pack("{s:i, s:s, s:O}", "format", SWEEP_FORMAT, "written_by",
		    json_string_value(written_by), "machines", merged->settings),
		err) ||
	    write_json(
		out, "environment.json", json_pack("{s:O}", "machines", merged->environments), err))
		return -1;
	return write_json(out, "benchmark.json",
	    json_pack("{s:{s:O}, s:O}", "context", "machines", merged->contexts, "benchmarks",
		merged->benchmarks),
	    err);
}

static int fill_directory(const struct merged *merged, const char *out,
    const struct merge_source *sources, size_t nr, struct error *err)
{
	int ret = make_directory(file_path(out, "machines").s, err);

	for (size_t i = 0; i < nr && !ret; i++)
		ret = copy_sweep(&sources[i], out, err);
	return ret ? ret : write_merged(merged, out, sources[0].name, err);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Renames the directory unless one named `out` was created meanwhile. If the file system lacks
 * RENAME_NOREPLACE, rename() still refuses to replace a directory that is not empty. */
static int put_in_place(const char *made, const char *out, struct error *err)
{
	int ret = chmod(made, 0755);

	if (!ret) {
		ret = renameat2(AT_FDCWD, made, AT_FDCWD, out, RENAME_NOREPLACE);
		if (ret && (errno == EINVAL || errno == ENOSYS))
			ret = rename(made, out);
	}
	return ret ? error_errno(err, "cannot make directory %s", out) : 0;
}

static int write_all(const struct merged *merged, const char *out,
    const struct merge_source *sources, size_t nr, struct error *err)
{
	char *made = format_text("%s.XXXXXX", out);
	int ret;

	if (!mkdtemp(made)) {
		free(made);
		return error_errno(err, "cannot make directory %s", out);
	}
	ret =
	    fill_directory(merged, made, sources, nr, err) || put_in_place(made, out, err) ? -1 : 0;
	if (ret)
		nftw(made, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(made);
	return ret;
}

enum merge_result merge_sweeps(
    const char *out, const struct merge_source *sources, size_t nr, struct error *err)
{
	enum merge_result result = MERGE_REFUSED;
	struct merged merged;

	if (access(out, F_OK) == 0) {
		error_set(err, "%s already exists: name a new directory", out);
		return MERGE_UNWRITTEN;
	}
	if (check_names(sources, nr, err))
		return MERGE_REFUSED;
	if (!collect_sweeps(&merged, sources, nr, err))
		result = write_all(&merged, out, sources, nr, err) ? MERGE_UNWRITTEN : MERGED;
	free_merged(&merged);
	return result;
}

/* -- reading a merged sweep -- */

json_t *merge_machines(const char *dir)
{
	json_t *environment = json_load_file(file_path(dir, "environment.json").s, 0, NULL);
	json_t *machines = json_object_get(environment, "machines");

	machines = json_is_object(machines) ? json_incref(machines) : NULL;
	json_decref(environment);
	return machines;
}

struct file_path merge_machine_dir(const char *dir, const char *name)
{
	return file_path(file_path(dir, "machines").s, name);
}
