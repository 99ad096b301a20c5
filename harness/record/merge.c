/* SPDX-License-Identifier: MIT */
#include "harness/record/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/record/merge_runs.h"
#include "harness/record/sweep.h"
#include "harness/record/sweep_dir.h"

/* Of a sweep's directory. What plot and report make of it is left. */
static const char *const files[] = {"sweep.json", "benchmark.json", "environment.json",
    "runs.jsonl", "command", "verify.json", "claims.json", "cost.json"};
enum { NR_FILES = sizeof(files) / sizeof(files[0]) };

bool merge_name_is_valid(const char *name)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				   "._-";

	return *name && *name != '.' && name[strspn(name, good)] == '\0';
}

/* -- what is refused -- */

static int check_pair(const struct merge_source *a, const struct merge_source *b, struct error *err)
{
	char path_a[PATH_MAX], path_b[PATH_MAX];

	if (realpath(a->dir, path_a) && realpath(b->dir, path_b) && !strcmp(path_a, path_b))
		return error_set(err, "%s is given twice", b->dir);
	if (!strcmp(a->name, b->name))
		return error_set(err,
		    "%s and %s are both named %s: give one another name, as in other=%s", a->dir,
		    b->dir, a->name, b->dir);
	return 0;
}

static int check_sweep(const char *dir, struct error *err)
{
	json_t *machines = merge_machines(dir);
	struct sweep sweep;
	bool empty;

	if (machines) {
		json_decref(machines);
		return error_set(
		    err, "%s is merged already: name the sweeps that are in its machines/", dir);
	}
	if (sweep_load(dir, &sweep, err))
		return -1;
	empty = !sweep.nr_runs;
	sweep_free(&sweep);
	return empty ? error_set(err, "%s: nothing was measured, so there is nothing to merge", dir)
	             : 0;
}

static int check(const struct merge_source *sources, size_t nr, struct error *err)
{
	for (size_t i = 0; i < nr; i++) {
		if (!merge_name_is_valid(sources[i].name))
			return error_set(err,
			    "\"%s\" is no name for a machine (letters, digits, '.', '_' and '-'): "
			    "name it, as in one=%s",
			    sources[i].name, sources[i].dir);
		for (size_t j = 0; j < i; j++) {
			if (check_pair(&sources[j], &sources[i], err))
				return -1;
		}
		if (check_sweep(sources[i].dir, err))
			return -1;
	}
	return 0;
}

/* -- the directory -- */

static int copy_file(const char *from, const char *to, const char *name, struct error *err)
{
	char *source = file_path(from, name), *target = file_path(to, name);
	char *text = NULL;
	size_t size;
	int ret = 0;

	if (access(source, F_OK) == 0 || errno != ENOENT) {
		text = file_read_whole(source, &size, err);
		ret = text ? file_write_whole(target, text, size, err) : -1;
	}
	free(text);
	free(source);
	free(target);
	return ret;
}

static int copy_sweep(const struct merge_source *source, const char *out, struct error *err)
{
	char *to = merge_machine_dir(out, source->name);
	int ret = 0;

	if (mkdir(to, 0777))
		ret = error_errno(err, "cannot make directory %s", to);
	for (size_t i = 0; i < NR_FILES && !ret; i++)
		ret = copy_file(source->dir, to, files[i], err);
	free(to);
	return ret;
}

static int write_json(const char *out, const char *name, json_t *json, struct error *err)
{
	char *path = file_path(out, name);
	int ret = json_file_write(path, json, err);

	free(path);
	json_decref(json);
	return ret;
}

static int write_runs(const struct merged *merged, const char *out, struct error *err)
{
	char *path = file_path(out, "runs.jsonl");
	int ret = file_write_whole(path, merged->runs, merged->runs_size, err);

	free(path);
	return ret;
}

static int fill(const struct merged *merged, const char *out, const struct merge_source *sources,
    size_t nr, struct error *err)
{
	char *machines = file_path(out, "machines");
	int ret = 0;

	if (mkdir(machines, 0777))
		ret = error_errno(err, "cannot make directory %s", machines);
	free(machines);
	for (size_t i = 0; i < nr && !ret; i++)
		ret = copy_sweep(&sources[i], out, err);
	if (ret)
		return -1;
	return write_runs(merged, out, err) ||
	               write_json(out, "sweep.json",
			   json_pack("{s:i, s:s, s:O}", "format", SWEEP_FORMAT, "written_by",
			       json_string_value(json_object_get(
				   json_object_get(merged->settings, sources[0].name),
				   "written_by")),
			       "machines", merged->settings),
			   err) ||
	               write_json(out, "environment.json",
			   json_pack("{s:O}", "machines", merged->environments), err) ||
	               write_json(out, "benchmark.json",
			   json_pack("{s:{s:O}, s:O}", "context", "machines", merged->contexts,
			       "benchmarks", merged->benchmarks),
			   err)
	           ? -1
	           : 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Not over a directory that came to be meanwhile, where the file system can tell. */
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
	char *made;
	int ret;

	made = format_text("%s.XXXXXX", out);
	if (!mkdtemp(made)) {
		free(made);
		return error_errno(err, "cannot make directory %s", out);
	}
	ret = fill(merged, made, sources, nr, err) || put_in_place(made, out, err) ? -1 : 0;
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
		error_set(err, "%s is there already: name a directory that is not", out);
		return MERGE_UNWRITTEN;
	}
	if (check(sources, nr, err))
		return MERGE_REFUSED;
	if (!merged_collect(&merged, sources, nr, err))
		result = write_all(&merged, out, sources, nr, err) ? MERGE_UNWRITTEN : MERGED;
	merged_free(&merged);
	return result;
}

/* -- what is merged -- */

json_t *merge_machines(const char *dir)
{
	char *path = file_path(dir, "environment.json");
	json_t *environment = json_load_file(path, 0, NULL);
	json_t *machines = json_object_get(environment, "machines");

	free(path);
	machines = json_is_object(machines) ? json_incref(machines) : NULL;
	json_decref(environment);
	return machines;
}

char *merge_machine_dir(const char *dir, const char *name)
{
	char *path;

	path = format_text("%s/machines/%s", dir, name);
	return path;
}
