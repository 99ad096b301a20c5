/* SPDX-License-Identifier: MIT */
#include "harness/show/page.h"

int show_page(
    FILE *out, const json_t *report, const char *data, const char *source_url, struct error *err)
{
	(void)out;
	(void)report;
	(void)data;
	(void)source_url;
	return error_set(err, "there is no page yet");
}
