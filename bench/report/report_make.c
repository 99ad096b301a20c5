/* SPDX-License-Identifier: MIT */
#include "bench/report/report_make.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/families/implementations_json.h"
#include "bench/version/build_info.h"
#include "harness/files/file.h"
#include "harness/memory.h"
#include "harness/report/report.h"
#include "harness/show/report_document.h"

json_t *report_make(const char *const *dirs, size_t nr, struct error *err)
{
	json_t *implementations = implementations_json(), *report;
	const time_t now = time(NULL);
	char date[32];
	struct tm tm;

	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	report = report_json(dirs, nr,
	    &(struct report_maker){.implementations = implementations,
		.version = build_info()->version,
		.commit = build_info()->commit,
		.time = date},
	    err);
	json_decref(implementations);
	return report;
}

static bool is_file(const char *path)
{
	struct stat status;

	return !stat(path, &status) && !S_ISDIR(status.st_mode);
}

static bool directory_has(const char *dir, const char *name)
{
	return !access(file_path(dir, name).s, F_OK);
}

/* Returns the path of the report.json that `path` names, for the caller to free, or NULL if `path`
 * is a sweep. */
static char *document_path(const char *path)
{
	if (is_file(path))
		return copy_text(path);
	if (directory_has(path, "report.json") && !directory_has(path, "runs.jsonl"))
		return copy_text(file_path(path, "report.json").s);
	return NULL;
}

static json_t *read_document(const char *path, size_t nr, struct error *err)
{
	if (nr > 1) {
		error_set(err,
		    "%s is a report: give it as the only argument, or give its sweeps instead",
		    path);
		return NULL;
	}
	return report_read(path, err);
}

json_t *report_load(const char *const *paths, size_t nr, struct error *err)
{
	json_t *report = NULL;
	char *document = NULL;

	for (size_t i = 0; i < nr && !document; i++)
		document = document_path(paths[i]);
	report = document ? read_document(document, nr, err) : report_make(paths, nr, err);
	free(document);
	if (report && document_check(report, err)) {
		json_decref(report);
		report = NULL;
	}
	return report;
}
