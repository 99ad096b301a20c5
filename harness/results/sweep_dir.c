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

/* To be freed. */
static char *path_in(const struct sweep_dir *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir->path, name) < 0)
		abort();
	return path;
}

static int write_in(
    const struct sweep_dir *dir, const char *name, const char *text, size_t size, struct error *err)
{
	char *path = path_in(dir, name);
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

static int open_journal(struct sweep_dir *dir, struct error *err)
{
	char *path = path_in(dir, "runs.jsonl");
	int ret = 0;

	dir->journal = open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (dir->journal < 0 && errno == EEXIST)
		ret = error_set(err, "%s holds a sweep already: name another directory", dir->path);
	else if (dir->journal < 0)
		ret = error_errno(err, "cannot write %s", path);
	free(path);
	return ret;
}

static int write_environment(
    const struct sweep_dir *dir, const json_t *environment, struct error *err)
{
	char *text = json_dumps(environment, JSON_INDENT(2));
	int ret;

	if (!text)
		return error_set(err, "not enough memory for the environment");
	ret = write_in(dir, "environment.json", text, strlen(text), err);
	free(text);
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
	ret = write_in(dir, "command", text, size, err);
	free(text);
	return ret;
}

int sweep_dir_create(struct sweep_dir *dir, const char *path, const json_t *environment, int argc,
    char *const *argv, struct error *err)
{
	*dir = (struct sweep_dir){.path = strdup(path), .journal = -1};
	if (!dir->path)
		return error_set(err, "not enough memory");
	if (make_directory(path, err) || open_journal(dir, err) ||
	    write_environment(dir, environment, err) || write_command(dir, argc, argv, err)) {
		sweep_dir_close(dir);
		return -1;
	}
	return 0;
}

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
	return write_in(dir, "benchmark.json", json, size, err);
}

void sweep_dir_close(struct sweep_dir *dir)
{
	if (dir->journal >= 0)
		close(dir->journal);
	free(dir->path);
	*dir = (struct sweep_dir){.journal = -1};
}
