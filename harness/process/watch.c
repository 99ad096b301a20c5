/* SPDX-License-Identifier: MIT */
/* Finds child processes in which a thread waits for an event that never comes. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "harness/process/child.h"

/*
 * A child is stuck if all its threads sleep at LOOKS consecutive checks, LOOK_SECONDS apart, and
 * none has run in between. Checks are counted rather than seconds: if the whole machine stops, so
 * does this process.
 *
 * If some threads run, they may be spinning until a sleeping thread wakes up. The child then counts
 * as stuck once these threads have used SPIN_SECONDS of CPU time each, which takes longer on a busy
 * machine. A thread that yields a busy CPU uses hardly any CPU time, so each time it is scheduled
 * counts as TURN_SECONDS; but a check adds no more than the time since the last one.
 */
enum { LOOKS = 10 };
static const double LOOK_SECONDS = 0.05, SPIN_SECONDS = 1, TURN_SECONDS = 0.001;

/* The state of a child's threads at one check. */
struct look {
	unsigned int threads, asleep;
	unsigned long switches; /* context switches of all threads */
	unsigned long turns;    /* those of threads that wanted to run on */
	double cpu;             /* CPU time of all threads, in seconds */
	/* The ID and the context switches of a sleeping thread: the one in `before` if that still
	 * sleeps. The main thread does not count, because it waits for the others. */
	long sleeper;
	unsigned long sleeper_switches;
};

/* The context switches of one thread. */
struct switches {
	unsigned long voluntary, involuntary; /* involuntary: it was preempted, or it yielded */
};

/* Reads a thread's context switches. Returns whether it is in interruptible sleep. A thread that
 * waits for a disk is not. */
static bool read_thread(const char *task, const char *thread, struct switches *switches)
{
	char path[400], line[128];
	bool sleeps = false;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/status", task, thread);
	f = fopen(path, "r");
	*switches = (struct switches){0};
	while (f && fgets(line, sizeof(line), f)) {
		const char *value = strchr(line, ':');

		if (!strncmp(line, "State:", 6))
			sleeps = strchr(value, 'S') != NULL;
		else if (!strncmp(line, "voluntary_ctxt_switches:", 24))
			switches->voluntary = strtoul(value + 1, NULL, 10);
		else if (!strncmp(line, "nonvoluntary_ctxt_switches:", 27))
			switches->involuntary = strtoul(value + 1, NULL, 10);
	}
	if (f)
		fclose(f);
	return sleeps;
}

static void add_thread(
    struct look *look, const struct look *before, const char *task, const char *thread, pid_t pid)
{
	const long number = strtol(thread, NULL, 10);
	struct switches of_thread;
	bool sleeps = read_thread(task, thread, &of_thread);
	const unsigned long switches = of_thread.voluntary + of_thread.involuntary;

	look->threads++;
	look->asleep += sleeps;
	look->switches += switches;
	look->turns += of_thread.involuntary;
	if (!sleeps || number == pid)
		return;
	if (look->sleeper && (number != before->sleeper || switches != before->sleeper_switches))
		return;
	look->sleeper = number;
	look->sleeper_switches = switches;
}

static double cpu_seconds(pid_t pid)
{
	struct timespec cpu = {0};
	clockid_t clock;

	if (!clock_getcpuclockid(pid, &clock))
		clock_gettime(clock, &cpu);
	return (double)cpu.tv_sec + 1e-9 * (double)cpu.tv_nsec;
}

static struct look look_at(pid_t pid, const struct look *before)
{
	struct look look = {.cpu = cpu_seconds(pid)};
	const struct dirent *entry;
	char task[64];
	DIR *dir;

	snprintf(task, sizeof(task), "/proc/%d/task", (int)pid);
	dir = opendir(task);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			add_thread(&look, before, task, entry->d_name, pid);
	if (dir)
		closedir(dir);
	return look;
}

static bool nothing_ran(const struct look *before, const struct look *now)
{
	return now->threads && now->asleep == now->threads && now->threads == before->threads &&
	       now->switches == before->switches;
}

static unsigned int running_threads(const struct look *look)
{
	return look->threads > look->asleep ? look->threads - look->asleep : 1;
}

static bool same_sleeper(const struct look *before, const struct look *now)
{
	return now->sleeper && now->sleeper == before->sleeper &&
	       now->sleeper_switches == before->sleeper_switches;
}

/* Returns how many seconds the running threads have spun since the last check. */
static double spun(const struct look *before, const struct look *now)
{
	const double turns = now->turns > before->turns ? (double)(now->turns - before->turns) : 0;

	return fmax(now->cpu - before->cpu,
	    fmin(turns * TURN_SECONDS, LOOK_SECONDS * running_threads(now)));
}

bool child_watch(const struct child *child, double quiet, double timeout,
    const struct child_stop *stop, bool *stuck)
{
	struct look before = {.threads = 0};
	double left = timeout, next = fmin(quiet, timeout), spinning = 0;
	int still = 0;

	*stuck = false;
	while (!child_wait(child, next, stop)) {
		const struct look now = look_at(child->pid, &before);

		left -= next;
		next = fmin(LOOK_SECONDS, left);
		still = nothing_ran(&before, &now) ? still + 1 : 0;
		spinning = same_sleeper(&before, &now) ? spinning + spun(&before, &now) : 0;
		before = now;
		*stuck = still == LOOKS || spinning > SPIN_SECONDS * running_threads(&now);
		if (*stuck || left <= 0 || (stop && *stop->flag))
			return false;
	}
	return true;
}
