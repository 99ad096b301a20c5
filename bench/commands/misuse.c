/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/families/registry.h"
#include "bench/options/options.h"
#include "harness/check/misuse.h"

struct misuse_options {
	char *impls; /* patterns with commas; NULL: all */
	bool json;
};

static int set_impl(void *context, const char *value, struct error *err)
{
	char *rest = strdup(value), *copy = rest, *pattern;
	int ret = 0;

	while (!ret && (pattern = strsep(&rest, ","))) {
		size_t i = 0;

		while (i < nr_instances && !instance_matches(instances[i], pattern))
			i++;
		if (i == nr_instances)
			ret = error_set(err,
			    "--impl=%s: no such implementation; 'ownbench list' shows them",
			    pattern);
	}
	free(copy);
	free(((struct misuse_options *)context)->impls);
	((struct misuse_options *)context)->impls = strdup(value);
	return ret;
}

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct misuse_options *)context)->json = true;
	return 0;
}

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: all but an\n"
	"implementation's variants and the negative controls)",
	set_impl},
    {"json", NULL, "as JSON", set_json},
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
    .examples = {"ownbench misuse --impl=mutex_count,list_walk",
	"ownbench misuse --json | jq -r '.mutex_count[] | select(.state != \"intact\") | .misuse'"},
    .options = options,
};

static bool asked_for(const struct misuse_options *o, const struct instance *instance)
{
	char *rest, *copy, *pattern;
	bool matches = false;

	if (instance_is_ceiling(instance) || instance_is_yardstick(instance))
		return false;
	if (!o->impls)
		return !instance_is_control(instance) && !instance_is_variant(instance);
	rest = copy = strdup(o->impls);
	while ((pattern = strsep(&rest, ",")))
		matches = matches || instance_matches(instance, pattern);
	free(copy);
	return matches;
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
			command_error(&command, &where);
			status = EXIT_CHECK_FAILED;
		} else if (list) {
			json_array_append_new(list, one_json(&misuses[m], &outcome));
		} else {
			print_one(&misuses[m], &outcome);
		}
	}
	return status;
}

int cmd_misuse(int argc, char **argv)
{
	struct misuse_options o = {0};
	json_t *root = json_object();
	int first, status = options_parse(&command, argc, argv, &o, &first), ret = EXIT_OK;

	if (status != PARSED)
		return status;
	for (size_t i = 0; i < nr_instances; i++) {
		json_t *list = o.json ? json_array() : NULL;

		if (!asked_for(&o, instances[i])) {
			json_decref(list);
			continue;
		}
		if (!o.json)
			printf("%s\n", instances[i]->name);
		fflush(stdout);
		ret |= commit_all(instances[i], list);
		if (list)
			json_object_set_new(root, instances[i]->name, list);
	}
	if (o.json) {
		json_dumpf(root, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(root);
	free(o.impls);
	return ret;
}
