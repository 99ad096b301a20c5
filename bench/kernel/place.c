/* SPDX-License-Identifier: MIT */
#include "bench/kernel/place.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bench/report/data_dir.h"
#include "harness/process/child.h"

enum { ARGUMENTS_MAX = 4 };

/* Reads lines until end of file. Stores the last line in `out`, and prints the others on stderr. */
static void read_last_line(int fd, char *out, size_t size)
{
	FILE *file = fdopen(fd, "r");
	char line[PATH_MAX];

	*out = '\0';
	while (file && fgets(line, sizeof(line), file)) {
		if (*out)
			fprintf(stderr, "%s\n", out);
		line[strcspn(line, "\n")] = '\0';
		snprintf(out, size, "%.*s", (int)size - 1, line);
	}
	if (file)
		fclose(file);
	else
		close(fd);
}

int kernel_script(
    const char *name, const char *const *arguments, char *out, size_t size, struct error *err)
{
	char relative[64], last[sizeof(err->text)];
	const char *argv[ARGUMENTS_MAX + 3] = {"sh"};
	posix_spawn_file_actions_t actions;
	struct child child = {0};
	struct child_end end;
	struct data_path script;
	int pipes[2], ret;

	snprintf(relative, sizeof(relative), "harness/kernel/%s", name);
	script = data_path(relative);
	argv[1] = script.s;
	for (int i = 0; arguments[i]; i++)
		argv[i + 2] = arguments[i];
	if (pipe2(pipes, O_CLOEXEC))
		return error_errno(err, "cannot make a pipe");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDERR_FILENO);
	ret = child_spawn(&child, argv, &actions, NULL);
	posix_spawn_file_actions_destroy(&actions);
	close(pipes[1]);
	if (ret) {
		close(pipes[0]);
		return error_set(err, "cannot run %s: %s", script.s, strerror(ret));
	}
	read_last_line(pipes[0], last, sizeof(last));
	end = child_reap(&child);
	if (end.outcome != CHILD_EXITED || end.code)
		return *last ? error_set(err, "%.400s", last)
		             : error_set(err, "%.300s failed and printed nothing", script.s);
	if (out)
		snprintf(out, size, "%s", last);
	return 0;
}

/* Writes the path of the cache into `dir`. It has a directory for each kernel release, with its
 * modules and downloaded files. */
static int cache_dir(char *dir, size_t size, struct error *err)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && *cache == '/')
		snprintf(dir, size, "%s/ownbench", cache);
	else if (home && *home == '/')
		snprintf(dir, size, "%s/.cache/ownbench", home);
	else
		return error_set(err, "no directory for the module: set HOME or XDG_CACHE_HOME "
				      "to an absolute path");
	return 0;
}

int kernel_place_build(
    struct kernel_place *place, const char *release, bool running, struct error *err)
{
	char cache[PATH_MAX - 300];
	const char *const arguments[] = {place->release, place->module, NULL};
	const char *const release_arguments[] = {cache, NULL};
	struct utsname uts;

	if (cache_dir(cache, sizeof(cache), err))
		return -1;
	if (!release && !running) {
		if (kernel_script(
			"release", release_arguments, place->release, sizeof(place->release), err))
			return -1;
	} else {
		if (!release)
			uname(&uts);
		snprintf(place->release, sizeof(place->release), "%.100s",
		    release ? release : uts.release);
	}
	snprintf(place->module, sizeof(place->module), "%s/%s/ownbench.ko", cache, place->release);
	return kernel_script("build", arguments, NULL, 0, err);
}

int kernel_place_image(struct kernel_place *place, struct error *err)
{
	char cache[PATH_MAX - 300], dir[PATH_MAX];
	const char *const arguments[] = {place->release, dir, NULL};

	if (cache_dir(cache, sizeof(cache), err))
		return -1;
	snprintf(dir, sizeof(dir), "%s/%s", cache, place->release);
	return kernel_script("image", arguments, place->image, sizeof(place->image), err);
}

void kernel_place_describe(const struct kernel_place *place, char *text, size_t size)
{
	if (place->host)
		snprintf(text, size, "kernel %s, on this machine", place->release);
	else
		snprintf(text, size, "kernel %s %s QEMU", place->release,
		    place->kvm ? "with KVM in" : "emulated by");
}
