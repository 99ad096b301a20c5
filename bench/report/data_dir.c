/* SPDX-License-Identifier: MIT */
#include "bench/report/data_dir.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Returns the directory of the program, e.g. "PREFIX/bin", or "" if /proc does not show it. */
static struct data_path program_directory(void)
{
	struct data_path path;
	ssize_t len = readlink("/proc/self/exe", path.s, sizeof(path.s) - 1);
	char *slash;

	path.s[len > 0 ? len : 0] = '\0';
	slash = strrchr(path.s, '/');
	if (slash)
		*slash = '\0';
	return path;
}

struct data_path data_path(const char *name)
{
	struct data_path program = program_directory(), path;

	/* An installed tree is recognised by plots/style.gp, which no other directory has. */
	if (snprintf(path.s, sizeof(path.s), "%s/%s/plots/style.gp", program.s, INSTALLED_DATA) <
		(int)sizeof(path.s) &&
	    !access(path.s, R_OK))
		snprintf(path.s, sizeof(path.s), "%.2000s/%s%s%.1000s", program.s, INSTALLED_DATA,
		    *name ? "/" : "", name);
	else
		snprintf(path.s, sizeof(path.s), "%s%s%.1000s", DATA_DIR, *name ? "/" : "", name);
	return path;
}
