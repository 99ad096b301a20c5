/* SPDX-License-Identifier: MIT */
#include "bench/report/page.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench/report/data_dir.h"
#include "harness/files/file.h"
#include "harness/show/page.h"

int page_save(const char *path, const char *template, json_t *document, struct error *err)
{
	const struct data_path data = data_path("");
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int ret;

	if (!out) {
		json_decref(document);
		return error_errno(err, "cannot write %s", path);
	}
	ret = page_write(out, template, document, data.s, err);
	json_decref(document);
	if (fclose(out) && !ret)
		ret = error_errno(err, "cannot write %s", path);
	if (!ret)
		ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}
