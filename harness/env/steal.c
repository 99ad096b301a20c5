/* SPDX-License-Identifier: MIT */
#include "harness/env/steal.h"

#include <ctype.h>
#include <hwloc.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/env/read.h"

/* Columns of a CPU's line in /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal. The
 * guest columns after them are already included in user. */
enum { COLUMNS = 8, STEAL = 7 };

/* Returns the CPUs that this process may use, or NULL if they are unknown. The caller frees the
 * set. */
static hwloc_bitmap_t allowed_cpus(const struct env_root *root)
{
	char *status = env_read(root, "/proc/self/status");
	char *list = env_value(status, "Cpus_allowed_list");
	hwloc_bitmap_t cpus = hwloc_bitmap_alloc();

	if (cpus &&
	    (!list || !isdigit((unsigned char)*list) || hwloc_bitmap_list_sscanf(cpus, list) < 0)) {
		hwloc_bitmap_free(cpus);
		cpus = NULL;
	}
	free(list);
	free(status);
	return cpus;
}

/* Adds a line such as "cpu1 34340 166 5544 15658 295 0 57 49 0 0". Skips the total line, which has
 * no CPU number. */
static void add_line(const char *line, hwloc_const_bitmap_t cpus, double tick, struct steal *sum)
{
	char *at;
	unsigned long cpu;

	if (strncmp(line, "cpu", 3) != 0 || !isdigit((unsigned char)line[3]))
		return;
	cpu = strtoul(line + 3, &at, 10);
	if (!hwloc_bitmap_isset(cpus, (unsigned int)cpu))
		return;
	for (int column = 0; column < COLUMNS; column++) {
		double seconds = (double)strtoull(at, &at, 10) * tick;

		sum->all += seconds;
		if (column == STEAL)
			sum->stolen += seconds;
	}
}

int steal_read(const struct env_root *root, struct steal *steal)
{
	const struct env_root live = {.prefix = ""};
	const struct env_root *from = root ? root : &live;
	hwloc_bitmap_t cpus = allowed_cpus(from);
	char *text = cpus ? env_read(from, "/proc/stat") : NULL;
	char *save = NULL;

	*steal = (struct steal){0};
	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save))
		add_line(line, cpus, 1 / (double)sysconf(_SC_CLK_TCK), steal);
	free(text);
	hwloc_bitmap_free(cpus);
	return steal->all > 0 ? 0 : -1;
}

struct steal steal_between(const struct steal *before, const struct steal *after)
{
	/* The difference is clamped at 0, because on some kernels the counts sometimes decrease a
	 * little. */
	return (struct steal){
	    .stolen = fmax(after->stolen - before->stolen, 0),
	    .all = fmax(after->all - before->all, 0),
	};
}

double steal_percent(const struct steal *steal)
{
	return steal->all > 0 ? 100 * steal->stolen / steal->all : NAN;
}
