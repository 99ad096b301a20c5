/* SPDX-License-Identifier: MIT */
#include "harness/source_location.h"

#include <string.h>

void source_location_print(FILE *out, const struct source_location *site)
{
	char line[256] = "";
	FILE *f = fopen(site->file, "re");
	const char *name = strrchr(site->file, '/');
	int at = 0;

	while (f && at < site->line && fgets(line, sizeof(line), f))
		at++;
	if (f)
		fclose(f);
	line[strcspn(line, "\n")] = '\0';
	fprintf(out, "%s:%d", name ? name + 1 : site->file, site->line);
	if (at == site->line)
		fprintf(out, "  %s", line + strspn(line, " \t"));
}
