/* SPDX-License-Identifier: MIT */
#include "harness/show/plot/gnuplot.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/process/child.h"

enum { GNUPLOT_ARGUMENTS = 9 };

int gnuplot_draw(
    const char *scripts, const char *script, const char *const *arguments, struct error *err)
{
	char path[PATH_MAX];
	const char *argv[GNUPLOT_ARGUMENTS + 4] = {"gnuplot", "-c", path};
	struct child child = {0};
	struct child_end end;
	int ret;

	snprintf(path, sizeof(path), "%s/%s", scripts, script);
	for (int i = 0; i < GNUPLOT_ARGUMENTS && arguments[i]; i++)
		argv[i + 3] = arguments[i];
	if (access(path, R_OK))
		return error_errno(err, "cannot read %s", path);
	ret = child_spawn(&child, argv, NULL, NULL);
	if (ret == ENOENT)
		return error_set(err, "there is no gnuplot: apt-get install gnuplot-nox");
	if (ret)
		return error_set(err, "cannot run gnuplot: %s", strerror(ret));
	end = child_reap(&child);
	if (end.outcome != CHILD_EXITED || end.code)
		return error_set(err, "gnuplot failed on %s, see above", path);
	return 0;
}
