/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "bench/commands/commands.h"
#include "bench/families/families_print.h"
#include "bench/families/implementations_json.h"
#include "bench/options/options.h"
#include "bench/report/topologies.h"
#include "harness/measure/events.h"

struct list_options {
	const struct bench_family *family; /* NULL: all */
	bool json;
	bool events;
	const char *listing; /* value of --topologies; "": all listings; NULL: not given */
};

static const struct option_spec options[] = {
    {"family", "ownership|lifetime|configure", "List only this family (default: all)",
	OPTION_FUNCTION(struct list_options, family, family_option)},
    {"events", NULL, "List instead the events that 'run --events' can count on this machine",
	OPTION_FLAG(struct list_options, events)},
    {"topologies", "[FILE]",
	"List instead the groups of real machines and their sizes; with FILE,\n"
	"the groups and devices of that listing (-: standard input)",
	OPTION_TEXT(
	    struct list_options, listing, "--topologies= needs a file, or - for standard input")},
    {"json", NULL, "Print JSON", OPTION_FLAG(struct list_options, json)},
    {0},
};

static const struct command command = {
    .name = "list",
    .synopsis = "[--family=FAMILY] [--events] [--topologies[=FILE]] [--json]",
    .summary =
	"List the workloads and the implementations of each family, with the declared class of\n"
	"each implementation and the size of its state in bytes. With --json, all families are\n"
	"listed.",
    .examples = {"ownbench list --family=lifetime",
	"ownbench list --json | jq -r '.implementations[].name'"},
    .options = options,
};

static void print_json(json_t *root)
{
	json_dumpf(root, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(root);
}

static int print_events(const struct list_options *list)
{
	struct error err;

	if (list->json) {
		error_set(&err, "--events cannot be combined with --json");
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	if (events_print(stdout, &err)) {
		command_error(command.name, &err);
		return EXIT_CHECK_FAILED;
	}
	return EXIT_OK;
}

static int list_one(const struct list_options *list)
{
	struct topology listing;
	struct error err;

	if (topology_load(list->listing, &listing, &err)) {
		command_error(command.name, &err);
		return EXIT_USAGE;
	}
	listing_say_skipped(&listing, command.name);
	if (list->json)
		print_json(listing_json(&listing));
	else
		listing_print(stdout, &listing);
	topology_free(&listing);
	return EXIT_OK;
}

static int list_topologies(bool json)
{
	struct topologies all;
	struct error err;

	if (topologies_load(&all, &err)) {
		command_error(command.name, &err);
		return EXIT_CHECK_FAILED;
	}
	if (json)
		print_json(topologies_json(&all));
	else
		topologies_print(stdout, &all);
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
	if (list.listing)
		return *list.listing ? list_one(&list) : list_topologies(list.json);
	if (list.json)
		print_json(implementations_json());
	else
		families_print(list.family);
	return EXIT_OK;
}
