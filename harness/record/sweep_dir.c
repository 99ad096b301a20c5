/* SPDX-License-Identifier: MIT */
#include "harness/record/sweep_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"

int sweep_dir_put_text(
    const struct sweep_dir *dir, const char *name, const char *text, size_t size, struct error *err)
{
	return file_write_whole(file_path(dir->path, name).s, text, size, err);
}

static int make_directory(const char *path, struct error *err)
{
	char *copy = strdup(path);
	int ret = 0;

	/* Creates missing parents, like mkdir -p. Their errors are ignored, because the mkdir() of
	 * the directory itself then fails too. */
	for (char *slash = copy; copy && (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		mkdir(copy, 0777);
		*slash = '/';
	}
	free(copy);
	if (mkdir(path, 0777) && errno != EEXIST)
		ret = error_errno(err, "cannot make directory %s", path);
	return ret;
}

/* Takes a POSIX lock. Unlike flock() and OFD locks, child processes do not inherit it, so a child
 * that briefly outlives this process does not hold it. The lock is dropped when this process closes
 * any descriptor of the file, so no other code may open runs.jsonl. */
static int lock_journal(struct sweep_dir *dir, struct error *err)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (!fcntl(dir->journal, F_SETLK, &lock))
		return 0;
	if (errno == EAGAIN || errno == EACCES)
		return error_set(err, "%s: another process is running this sweep", dir->path);
	return error_errno(err, "cannot lock %s/runs.jsonl", dir->path);
}

static int open_journal(struct sweep_dir *dir, struct error *err)
{
	const struct file_path path = file_path(dir->path, "runs.jsonl");

	dir->journal = open(path.s, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (dir->journal >= 0)
		return lock_journal(dir, err);
	if (errno != EEXIST)
		return error_errno(err, "cannot write %s", path.s);
	return error_set(
	    err, "%s already contains a sweep: name another directory, or --resume it", dir->path);
}

static bool has_journal(const struct sweep_dir *dir)
{
	return access(file_path(dir->path, "runs.jsonl").s, F_OK) == 0;
}

static int put_json(
    const struct sweep_dir *dir, const char *name, const json_t *json, struct error *err)
{
	return json_file_write(file_path(dir->path, name).s, json, err);
}

/* Writes the command line, quoted for a shell. */
static int write_command(const struct sweep_dir *dir, const json_t *arguments, struct error *err)
{
	char *text;
	size_t size, i;
	FILE *out = text_stream(&text, &size);
	json_t *argument;
	int ret;

	json_array_foreach (arguments, i, argument) {
		fputs(i ? " '" : "'", out);
		for (const char *c = json_string_value(argument); *c; c++)
			fputs(*c == '\'' ? "'\\''" : (char[]){*c, '\0'}, out);
		fputc('\'', out);
	}
	fputc('\n', out);
	fclose(out);
	ret = sweep_dir_put_text(dir, "command", text, size, err);
	free(text);
	return ret;
}

int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *settings,
    const json_t *environment, struct error *err)
{
	*dir = (struct sweep_dir){.path = copy_text(path), .journal = -1};
	/* The journal is created last: if it exists, so do all files that are written before the
	 * first run. */
	if (make_directory(path, err) || (has_journal(dir) && open_journal(dir, err)) ||
	    put_json(dir, "environment.json", environment, err) ||
	    write_command(dir, json_object_get(settings, "arguments"), err) ||
	    put_json(dir, "sweep.json", settings, err) || open_journal(dir, err)) {
		sweep_dir_close(dir);
		return -1;
	}
	return 0;
}

/* -- reading a directory that exists -- */

/* Returns -1 with the error set if the directory is a sweep of format 1, which had no
 * sweep.json. */
static int refuse_format_1(const char *path, struct error *err)
{
	const char *version = "an unknown version", *commit = "unknown";
	struct error ignored;
	json_t *environment = sweep_dir_environment(path, &ignored);
	const bool sweep = environment && access(file_path(path, "benchmark.json").s, F_OK) == 0;

	json_unpack(environment, "{s:{s:s, s:s}}", "build", "version", &version, "commit", &commit);
	if (sweep)
		error_set(err,
		    "%s is a sweep of format 1, written by ownbench %s (commit %s): this version "
		    "reads format %d; measure again, or use that version",
		    path, version, commit, SWEEP_FORMAT);
	json_decref(environment);
	return sweep ? -1 : 0;
}

static int check_format(const char *path, const json_t *settings, struct error *err)
{
	const json_t *format = json_object_get(settings, "format");
	const char *by = json_string_value(json_object_get(settings, "written_by"));

	if (!json_is_integer(format))
		return error_set(
		    err, "%s/sweep.json: \"format\" is missing or not an integer", path);
	if (json_integer_value(format) != SWEEP_FORMAT)
		return error_set(err,
		    "%s is a sweep of format %" JSON_INTEGER_FORMAT ", written by %s: this "
		    "version reads format %d",
		    path, json_integer_value(format), by ? by : "an unknown version", SWEEP_FORMAT);
	return 0;
}

json_t *sweep_dir_settings(const char *path, struct error *err)
{
	const struct file_path file = file_path(path, "sweep.json");
	const bool missing = access(file.s, F_OK) != 0 && errno == ENOENT;
	json_t *settings = NULL;

	if (!missing || !refuse_format_1(path, err))
		settings = json_file_read(file.s, err);
	if (settings && check_format(path, settings, err)) {
		json_decref(settings);
		return NULL;
	}
	return settings;
}

json_t *sweep_dir_environment(const char *path, struct error *err)
{
	return json_file_read(file_path(path, "environment.json").s, err);
}

/* Returns the length of the complete lines of the journal in bytes, or -1 with the error set. */
static ssize_t whole_lines(int journal, const char *path, size_t *size, struct error *err)
{
	char *text = file_read_open(journal, path, size, err);
	const char *last = text ? memrchr(text, '\n', *size) : NULL;
	const ssize_t whole = last ? last + 1 - text : 0;

	free(text);
	return text ? whole : -1;
}

static int remove_torn_line(struct sweep_dir *dir, const char *path, bool *torn, struct error *err)
{
	size_t size;
	ssize_t whole = whole_lines(dir->journal, path, &size, err);

	if (whole < 0)
		return -1;
	*torn = (size_t)whole < size;
	if (*torn && (ftruncate(dir->journal, whole) || fsync(dir->journal)))
		return error_errno(err, "cannot remove the incomplete last line of %s", path);
	return 0;
}

int sweep_dir_reopen(struct sweep_dir *dir, const char *path, bool *torn, struct error *err)
{
	const struct file_path journal = file_path(path, "runs.jsonl");
	int ret = -1;

	*dir = (struct sweep_dir){.path = copy_text(path),
	    .journal = open(journal.s, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666)};
	if (dir->journal < 0)
		error_errno(err, "cannot write %s", journal.s);
	else if (!lock_journal(dir, err))
		ret = remove_torn_line(dir, journal.s, torn, err);
	if (ret)
		sweep_dir_close(dir);
	return ret;
}

/* -- adding results -- */

int sweep_dir_append(struct sweep_dir *dir, const json_t *record, struct error *err)
{
	char *text = json_dumps(record, JSON_COMPACT);
	char *line;
	int len = text ? asprintf(&line, "%s\n", text) : -1;
	ssize_t written;

	free(text);
	if (len < 0)
		return error_set(err, "not enough memory for the result of a run");
	errno = ENOSPC; /* a short write does not set errno */
	written = write(dir->journal, line, (size_t)len);
	free(line);
	if (written != len || fsync(dir->journal))
		return error_errno(err, "cannot write %s/runs.jsonl", dir->path);
	return 0;
}

void sweep_dir_close(struct sweep_dir *dir)
{
	if (dir->journal >= 0)
		close(dir->journal);
	free(dir->path);
	*dir = (struct sweep_dir){.journal = -1};
}
