/* SPDX-License-Identifier: MIT */
#include "harness/show/plot/plot.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/show/document.h"
#include "harness/show/plot/picture.h"

static const struct {
	const char *kind;
	int (*draw)(const struct album *album, const json_t *chart, struct error *err);
} kinds[] = {{"curves", plot_curves}, {"bars", plot_bars}, {"latency", plot_latency}};

static int draw_chart(const struct album *album, const json_t *chart, struct error *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!strcmp(member_text(chart, "kind"), kinds[i].kind))
			return kinds[i].draw(album, chart, err);
	}
	return 0;
}

static int draw_claims(const struct album *album, struct error *err)
{
	const json_t *machine = document_machine(album->report, album->sweep);
	const json_t *claim;
	size_t i;

	json_array_foreach (json_object_get(album->sweep, "claims"), i, claim) {
		if (plot_claim(album->dir, album->scripts, claim, member_text(machine, "name"),
			album->log, err))
			return -1;
	}
	return 0;
}

static int draw_sweep(const struct album *album, struct error *err)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(album->sweep, "charts"), i, entry) {
		if (draw_chart(album, entry, err))
			return -1;
	}
	json_array_foreach (json_object_get(album->sweep, "scaling"), i, entry) {
		if (plot_scaling(album, entry, err))
			return -1;
	}
	return draw_claims(album, err);
}

int plot_report(
    const json_t *report, const char *dir, const char *scripts, FILE *log, struct error *err)
{
	struct album album = {dir, scripts, log, report, NULL};
	size_t i;

	if (mkdir(dir, 0777) && errno != EEXIST)
		return error_errno(err, "cannot make directory %s", dir);
	json_array_foreach (json_object_get(report, "sweeps"), i, album.sweep) {
		if (draw_sweep(&album, err))
			return -1;
	}
	return 0;
}
