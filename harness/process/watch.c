/* SPDX-License-Identifier: MIT */
/* Finds child processes in which every thread waits for another one. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/process/child.h"

/* A child is stuck if it looks the same LOOKS times, LOOK_SECONDS apart. Looks are counted, not
 * seconds: if the whole machine stops, this process does not look. */
enum { LOOKS = 10 };
static const double LOOK_SECONDS = 0.05;

/* What a process has done so far. */
struct activity {
	unsigned int threads;
	unsigned long switches; /* context switches of all threads */
	bool sleeps;            /* all threads sleep, and not for a device */
};

static void read_thread(const char *task, const char *thread, struct activity *activity)
{
	char path[400], line[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/status", task, thread);
	f = fopen(path, "r");
	activity->threads++;
	activity->sleeps &= f != NULL;
	while (f && fgets(line, sizeof(line), f)) {
		const char *value = strchr(line, ':');

		if (!strncmp(line, "State:", 6))
			activity->sleeps &= strchr(value, 'S') != NULL;
		else if (strstr(line, "voluntary_ctxt_switches:"))
			activity->switches += strtoul(value + 1, NULL, 10);
	}
	if (f)
		fclose(f);
}

static struct activity read_activity(pid_t pid)
{
	struct activity activity = {.sleeps = true};
	const struct dirent *entry;
	char task[64];
	DIR *dir;

	snprintf(task, sizeof(task), "/proc/%d/task", (int)pid);
	dir = opendir(task);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			read_thread(task, entry->d_name, &activity);
	if (dir)
		closedir(dir);
	return activity;
}

static bool is_still(const struct activity *before, const struct activity *now)
{
	return now->threads && now->sleeps && now->threads == before->threads &&
	       now->switches == before->switches;
}

bool child_watch(const struct child *child, double quiet, double timeout,
    const struct child_stop *stop, bool *stuck)
{
	struct activity before = {.threads = 0};
	double left = timeout, next = fmin(quiet, timeout);
	int still = 0;

	*stuck = false;
	while (!child_wait(child, next, stop)) {
		const struct activity now = read_activity(child->pid);

		left -= next;
		next = fmin(LOOK_SECONDS, left);
		still = is_still(&before, &now) ? still + 1 : 0;
		before = now;
		*stuck = still == LOOKS;
		if (*stuck || left <= 0 || (stop && *stop->flag))
			return false;
	}
	return true;
}
