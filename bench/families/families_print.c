/* SPDX-License-Identifier: MIT */
#include "bench/families/families_print.h"

#include <stdio.h>
#include <string.h>

#include "bench/families/registry.h"

static int name_width(const struct bench_family *family)
{
	int width = (int)strlen("implementation");

	for (size_t i = 0; family->instances[i]; i++) {
		int len = (int)strlen(family->instances[i]->name);

		width = len > width ? len : width;
	}
	return width;
}

static void print_impl(
    const struct bench_family *family, const struct instance *instance, int width)
{
	const struct impl_about *about = instance->about;

	printf("%-*s  %-8s  %-9s", width, instance->name, impl_class_name(about->class),
	    impl_progress_name(about->progress));
	for (const struct state_part *part = family->state; part->of; part++)
		printf("  %*zu B", (int)strlen(part->of) - 2, family_state_bytes(instance, part));
	printf("  %s\n", about->summary);
}

static void print_family(const struct bench_family *family)
{
	const int width = name_width(family);

	printf("family %s: %s\n\n", family->family->name, family->family->summary);
	printf("%-*s  %-8s  %-9s", width, "implementation", "class", "progress");
	for (const struct state_part *part = family->state; part->of; part++)
		printf("  %s", part->of);
	printf("  summary\n");
	for (size_t i = 0; family->instances[i]; i++)
		print_impl(family, family->instances[i], width);
	printf("\n%-*s  %-5s  summary\n", width, "workload", "path");
	for (const struct workload *w = family->workloads; w->name; w++)
		printf("%-*s  %-5s  %s\n", width, w->name,
		    w->path == BUS_PATH_OPS ? "ops" : "probe", w->summary);
}

void families_print(const struct bench_family *only)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (only && only != families[i])
			continue;
		if (i && !only)
			putchar('\n');
		print_family(families[i]);
	}
}
