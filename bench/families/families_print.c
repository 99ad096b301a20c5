/* SPDX-License-Identifier: MIT */
#include "bench/families/families_print.h"

#include <stdio.h>
#include <string.h>

#include "bench/families/registry.h"
#include "bench/workloads/workload.h"

static int name_width(const struct bench_family *family)
{
	int width = (int)strlen("implementation");

	for (size_t i = 0; i < *family->nr_instances; i++) {
		int len = (int)strlen(family->instances[i]->name);

		width = len > width ? len : width;
	}
	return width;
}

static void print_impl(
    const struct bench_family *family, const struct instance *instance, int width)
{
	const struct impl_ops *impl = instance->impl;
	size_t bytes[FAMILY_SIZES];

	family->sizes(instance, bytes);
	printf("%-*s  %-8s  %-9s", width, instance->name, impl_class_name(impl->class),
	    impl_progress_name(impl->progress));
	for (int i = 0; i < FAMILY_SIZES && family->sized[i]; i++)
		printf("  %*zu B", (int)strlen(family->sized[i]) - 2, bytes[i]);
	printf("  %s\n", impl->summary);
}

static void print_family(const struct bench_family *family)
{
	const int width = name_width(family);

	printf("family %s: %s\n\n", family->family->name, family->family->summary);
	printf("%-*s  %-8s  %-9s", width, "implementation", "class", "progress");
	for (int i = 0; i < FAMILY_SIZES && family->sized[i]; i++)
		printf("  %s", family->sized[i]);
	printf("  summary\n");
	for (size_t i = 0; i < *family->nr_instances; i++)
		print_impl(family, family->instances[i], width);
	printf("\n%-*s  %-5s  summary\n", width, "workload", "path");
	for (size_t i = 0; i < nr_workloads; i++) {
		if (workloads[i].family == family->family)
			printf("%-*s  %-5s  %s\n", width, workloads[i].name,
			    workloads[i].path == BUS_PATH_OPS ? "ops" : "probe",
			    workloads[i].summary);
	}
}

void families_print(const struct bench_family *only)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (only && only != &families[i])
			continue;
		if (i && !only)
			putchar('\n');
		print_family(&families[i]);
	}
}
