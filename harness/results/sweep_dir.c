/* SPDX-License-Identifier: MIT */
#include "harness/results/sweep_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/results/file.h"
#include "harness/results/json_file.h"

int sweep_dir_write(
    const struct sweep_dir *dir, const char *name, const char *text, size_t size, struct error *err)
{
	char *path = file_path(dir->path, name);
	int ret = file_write_whole(path, text, size, err);

	free(path);
	return ret;
}

static int make_directory(const char *path, struct error *err)
{
	char *copy = strdup(path);
	int ret = 0;

	/* As mkdir -p: each parent, then the directory itself. */
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

/* A POSIX lock: unlike the others it is not handed on to a run's process, which may outlive us by a
 * moment. It goes with the first close of the file in this process, so nothing else opens it. */
static int lock_journal(struct sweep_dir *dir, struct error *err)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (!fcntl(dir->journal, F_SETLK, &lock))
		return 0;
	if (errno == EAGAIN || errno == EACCES)
		return error_set(err, "%s: another process is at work on this sweep", dir->path);
	return error_errno(err, "cannot lock %s/runs.jsonl", dir->path);
}

static int open_journal(struct sweep_dir *dir, struct error *err)
{
	char *path = file_path(dir->path, "runs.jsonl");
	int ret = 0;

	dir->journal = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (dir->journal < 0 && errno == EEXIST)
		ret = error_set(err,
		    "%s holds a sweep already: name another directory, or --resume it", dir->path);
	else if (dir->journal < 0)
		ret = error_errno(err, "cannot write %s", path);
	else
		ret = lock_journal(dir, err);
	free(path);
	return ret;
}

static bool has_journal(const struct sweep_dir *dir)
{
	char *path = file_path(dir->path, "runs.jsonl");
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

int sweep_dir_put(
    const struct sweep_dir *dir, const char *name, const json_t *json, struct error *err)
{
	char *path = file_path(dir->path, name);
	int ret = json_file_write(path, json, err);

	free(path);
	return ret;
}

static int write_arguments(
    const struct sweep_dir *dir, int argc, char *const *argv, struct error *err)
{
	json_t *all = json_array();
	int ret;

	for (int i = 0; i < argc; i++)
		json_array_append_new(all, json_string(argv[i]));
	ret = json_array_size(all) == (size_t)argc
	          ? sweep_dir_put(dir, "arguments.json", all, err)
	          : error_set(err, "the command line is not UTF-8: it could not be resumed");
	json_decref(all);
	return ret;
}

/* As a shell would take it again. */
static int write_command(
    const struct sweep_dir *dir, int argc, char *const *argv, struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int ret;

	if (!out)
		return error_errno(err, "cannot write down the command line");
	for (int i = 0; i < argc; i++) {
		fputs(i ? " '" : "'", out);
		for (const char *c = argv[i]; *c; c++)
			fputs(*c == '\'' ? "'\\''" : (char[]){*c, '\0'}, out);
		fputc('\'', out);
	}
	fputc('\n', out);
	fclose(out);
	ret = sweep_dir_write(dir, "command", text, size, err);
	free(text);
	return ret;
}

int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *environment, int argc,
    char *const *argv, struct error *err)
{
	*dir = (struct sweep_dir){.path = strdup(path), .journal = -1};
	if (!dir->path)
		return error_set(err, "not enough memory");
	/* The journal comes last: where it is, all that goes before the first run is. */
	if (make_directory(path, err) || (has_journal(dir) && open_journal(dir, err)) ||
	    sweep_dir_put(dir, "environment.json", environment, err) ||
	    write_command(dir, argc, argv, err) || write_arguments(dir, argc, argv, err) ||
	    open_journal(dir, err)) {
		sweep_dir_close(dir);
		return -1;
	}
	return 0;
}

/* -- what is there already -- */

static json_t *read_json(const char *path, const char *name, struct error *err)
{
	char *file = file_path(path, name);
	json_t *json = json_file_read(file, err);

	free(file);
	return json;
}

json_t *sweep_dir_arguments(const char *path, struct error *err)
{
	json_t *all = read_json(path, "arguments.json", err);
	json_t *argument;
	size_t i;

	if (!all)
		return NULL;
	json_array_foreach (all, i, argument) {
		if (!json_is_string(argument))
			break;
	}
	if (i > 0 && i == json_array_size(all))
		return all;
	json_decref(all);
	error_set(err, "%s/arguments.json: not a list of arguments", path);
	return NULL;
}

json_t *sweep_dir_environment(const char *path, struct error *err)
{
	return read_json(path, "environment.json", err);
}

/* Bytes of `text` in whole lines, each of which is now in *runs; -1 with the error set. */
static ssize_t read_lines(const char *path, const char *text, json_t *runs, struct error *err)
{
	const char *line = text;
	const char *end;

	for (int number = 1; (end = strchr(line, '\n')); number++, line = end + 1) {
		json_error_t wrong;
		json_t *run = json_loadb(line, (size_t)(end - line), 0, &wrong);

		if (!run)
			return error_set(err, "%s:%d: not JSON: %s", path, number, wrong.text);
		json_array_append_new(runs, run);
	}
	return line - text;
}

/* With a NUL behind it; to be freed, NULL with errno. */
static char *read_open_file(int fd, size_t *size)
{
	struct stat st;
	char *text;
	ssize_t n;

	if (fstat(fd, &st))
		return NULL;
	text = calloc(1, (size_t)st.st_size + 1);
	*size = 0;
	while (text && *size < (size_t)st.st_size) {
		n = pread(fd, text + *size, (size_t)st.st_size - *size, (off_t)*size);
		if (n <= 0 && errno != EINTR) {
			free(text);
			return NULL;
		}
		*size += n > 0 ? (size_t)n : 0;
	}
	return text;
}

static enum sweep_dir_opened read_journal(
    struct sweep_dir *dir, const char *path, json_t *runs, bool *torn, struct error *err)
{
	size_t size;
	char *text = read_open_file(dir->journal, &size);
	ssize_t whole;

	if (!text) {
		error_errno(err, "cannot read %s", path);
		return SWEEP_DIR_UNWRITABLE;
	}
	whole = read_lines(path, text, runs, err);
	free(text);
	if (whole < 0)
		return SWEEP_DIR_MALFORMED;
	*torn = (size_t)whole < size;
	if (*torn && (ftruncate(dir->journal, whole) || fsync(dir->journal))) {
		error_errno(err, "cannot take the torn line out of %s", path);
		return SWEEP_DIR_UNWRITABLE;
	}
	return SWEEP_DIR_OPEN;
}

enum sweep_dir_opened sweep_dir_reopen(
    struct sweep_dir *dir, const char *path, json_t **runs, bool *torn, struct error *err)
{
	enum sweep_dir_opened opened = SWEEP_DIR_UNWRITABLE;
	char *journal;

	*dir = (struct sweep_dir){.path = strdup(path), .journal = -1};
	*runs = json_array();
	journal = file_path(dir->path, "runs.jsonl");
	dir->journal = open(journal, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (dir->journal < 0)
		error_errno(err, "cannot write %s", journal);
	else if (!lock_journal(dir, err))
		opened = read_journal(dir, journal, *runs, torn, err);
	free(journal);
	if (opened != SWEEP_DIR_OPEN) {
		sweep_dir_close(dir);
		json_decref(*runs);
	}
	return opened;
}

/* -- what comes to it -- */

int sweep_dir_append(struct sweep_dir *dir, const json_t *run, struct error *err)
{
	char *text = json_dumps(run, JSON_COMPACT);
	char *line;
	int len = text ? asprintf(&line, "%s\n", text) : -1;
	ssize_t written;

	free(text);
	if (len < 0)
		return error_set(err, "not enough memory for the result of a run");
	errno = ENOSPC; /* what a short write means */
	written = write(dir->journal, line, (size_t)len);
	free(line);
	if (written != len || fsync(dir->journal))
		return error_errno(err, "cannot write %s/runs.jsonl", dir->path);
	return 0;
}

int sweep_dir_save(const struct sweep_dir *dir, const char *json, size_t size, struct error *err)
{
	return sweep_dir_write(dir, "benchmark.json", json, size, err);
}

void sweep_dir_close(struct sweep_dir *dir)
{
	if (dir->journal >= 0)
		close(dir->journal);
	free(dir->path);
	*dir = (struct sweep_dir){.journal = -1};
}
