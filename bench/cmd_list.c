/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bench/catalogue.h"
#include "bench/commands.h"
#include "bench/options.h"
#include "bench/registry.h"
#include "bench/topologies.h"
#include "bench/workloads/workload.h"
#include "harness/measure/events.h"

struct list_options {
	bool json;
	bool events;
	bool topologies;
};

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct list_options *)context)->json = true;
	return 0;
}

static int set_events(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct list_options *)context)->events = true;
	return 0;
}

static int set_topologies(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct list_options *)context)->topologies = true;
	return 0;
}

static const struct option_spec options[] = {
    {"events", NULL, "what 'run --events' can count on this machine, instead", set_events},
    {"topologies", NULL, "the groups of real machines instead, and how large they are",
	set_topologies},
    {"json", NULL, "as JSON", set_json},
    {0},
};

static const struct command command = {
    .name = "list",
    .synopsis = "[--events] [--json]",
    .summary =
	"Shows the implementations, with the class each declares and the bytes it adds to a\n"
	"group and to a device, and the workloads.",
    .example = "ownbench list --json | jq '.implementations[].name'",
    .options = options,
};

static void print_json(void)
{
	json_t *root = catalogue_json();

	json_dumpf(root, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(root);
}

static void print_text(void)
{
	int width = 0;

	for (size_t i = 0; i < nr_instances; i++) {
		int len = (int)strlen(instances[i]->name);

		width = len > width ? len : width;
	}
	printf("%-*s  %-8s  %-9s  %5s  %6s  summary\n", width, "implementation", "class",
	    "progress", "group", "device");
	for (size_t i = 0; i < nr_instances; i++) {
		const struct impl_ops *impl = instances[i]->impl;

		printf("%-*s  %-8s  %-9s  %3zu B  %4zu B  %s\n", width, instances[i]->name,
		    impl_class_name(impl->class), impl_progress_name(impl->progress),
		    impl->group_size, impl->device_size, impl->summary);
	}
	printf("\n%-*s  %-5s  summary\n", width, "workload", "path");
	for (size_t i = 0; i < nr_workloads; i++)
		printf("%-*s  %-5s  %s\n", width, workloads[i].name,
		    workloads[i].path == BUS_PATH_OPS ? "ops" : "probe", workloads[i].summary);
}

static int print_events(const struct list_options *list)
{
	struct error err;

	if (list->json) {
		error_set(&err, "--events and --json do not go together");
		command_error(&command, &err);
		return EXIT_USAGE;
	}
	if (events_print(stdout, &err)) {
		command_error(&command, &err);
		return EXIT_CHECK_FAILED;
	}
	return EXIT_OK;
}

static int list_topologies(bool json)
{
	struct topologies all;
	struct error err;
	json_t *root;

	if (topologies_load(&all, &err)) {
		command_error(&command, &err);
		return EXIT_CHECK_FAILED;
	}
	if (json) {
		root = topologies_json(&all);
		json_dumpf(root, stdout, JSON_INDENT(2));
		putchar('\n');
		json_decref(root);
	} else {
		topologies_print(stdout, &all);
	}
	topologies_free(&all);
	return EXIT_OK;
}

int cmd_list(int argc, char **argv)
{
	struct list_options list = {0};
	int first;
	int status = options_parse(&command, argc, argv, &list, &first);

	if (status != PARSED)
		return status;
	if (list.events)
		return print_events(&list);
	if (list.topologies)
		return list_topologies(list.json);
	if (list.json)
		print_json();
	else
		print_text();
	return EXIT_OK;
}
