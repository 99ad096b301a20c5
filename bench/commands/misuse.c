/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "bench/commands/commands.h"
#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/options/options.h"
#include "harness/check/misuse.h"

struct misuse_options {
	char **impls; /* patterns */
	size_t nr_impls;
	bool json;
};

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants and the negative controls)",
	OPTION_TEXTS(struct misuse_options, impls, nr_impls)},
    {"json", NULL, "as JSON", OPTION_FLAG(struct misuse_options, json)},
    {0},
};

static const struct command command = {
    .name = "misuse",
    .synopsis = "[OPTION...]",
    .summary =
	"The workload of callers that break the rules: unpaired, double and wrong-kind releases,\n"
	"double claims, a device driven without being bound. For each implementation: was the "
	"call\n"
	"answered with an error (detected) or not (silent), and is the group then intact, open to\n"
	"a conflicting owner, or leaked. Exit status 1: something could not be run.",
    .example = "ownbench misuse --impl=mutex_count,list_walk",
    .options = options,
};

static bool asked_for(const struct misuse_options *o, const struct instance *instance)
{
	if (instance_is_ceiling(instance) || instance_is_yardstick(instance))
		return false;
	if (!o->nr_impls)
		return !instance_is_control(instance) && !instance_is_variant(instance);
	return instance_matches_any(instance, o->impls, o->nr_impls);
}

static const char *answer(const struct misuse *misuse, const struct misuse_outcome *o)
{
	if (o->refused)
		return "refused";
	if (misuse->by_rule && !o->detected)
		return "no call";
	return o->detected ? "detected" : "silent";
}

static void print_one(const struct misuse *misuse, const struct misuse_outcome *o)
{
	printf("  %-30s %-8s  %-7s%s\n", misuse->name, answer(misuse, o),
	    o->refused ? "" : misuse_state_name(o->state),
	    o->late ? "  a right call is then reported" : "");
}

static json_t *one_json(const struct misuse *misuse, const struct misuse_outcome *o)
{
	return json_pack("{s:s, s:s, s:b, s:s*, s:b}", "misuse", misuse->name, "summary",
	    misuse->summary, "detected", o->detected, "state",
	    o->refused ? NULL : misuse_state_name(o->state), "right_call_reported", o->late);
}

/* Tells what cannot be run, and goes on. */
static int commit_all(const struct instance *instance, json_t *list)
{
	int status = EXIT_OK;

	for (size_t m = 0; m < nr_misuses; m++) {
		struct misuse_outcome outcome;
		struct error err, where;

		if (misuse_commit_isolated(instance->impl, &misuses[m], &outcome, &err)) {
			error_set(
			    &where, "%s: %s: %.400s", instance->name, misuses[m].name, err.text);
			command_error(command.name, &where);
			status = EXIT_CHECK_FAILED;
		} else if (list) {
			json_array_append_new(list, one_json(&misuses[m], &outcome));
		} else {
			print_one(&misuses[m], &outcome);
		}
	}
	return status;
}

static int commit_chosen(const struct misuse_options *o)
{
	json_t *root = json_object();
	int ret = EXIT_OK;

	for (size_t i = 0; i < nr_instances; i++) {
		json_t *list = o->json ? json_array() : NULL;

		if (!asked_for(o, instances[i])) {
			json_decref(list);
			continue;
		}
		if (!o->json)
			printf("%s\n", instances[i]->name);
		fflush(stdout);
		ret |= commit_all(instances[i], list);
		if (list)
			json_object_set_new(root, instances[i]->name, list);
	}
	if (o->json) {
		json_dumpf(root, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(root);
	return ret;
}

int cmd_misuse(int argc, char **argv)
{
	struct misuse_options o = {0};
	int first, status = options_parse(&command, argc, argv, &o, &first);
	struct error err;

	if (status == PARSED && family_check_patterns(&families[0], o.impls, o.nr_impls, &err)) {
		command_error(command.name, &err);
		status = EXIT_USAGE;
	}
	if (status == PARSED)
		status = commit_chosen(&o);
	options_free(&command, &o);
	return status;
}
