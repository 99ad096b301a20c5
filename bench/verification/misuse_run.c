/* SPDX-License-Identifier: MIT */
#include "bench/verification/misuse_run.h"

#include <jansson.h>

#include "bench/families/registry.h"
#include "bench/options/options.h"
#include "harness/check/misuse.h"
#include "harness/ownership/ownership.h"

static bool asked_for(const struct misuse_request *request, const struct instance *instance)
{
	if (instance_is_ceiling(instance) || instance_is_yardstick(instance))
		return false;
	if (!request->nr_impls)
		return !instance_is_control(instance) && !instance_is_variant(instance);
	return instance_matches_any(instance, request->impls, request->nr_impls);
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
	    o->late ? "  a correct call later returns an error" : "");
}

static json_t *one_json(const struct misuse *misuse, const struct misuse_outcome *o)
{
	return json_pack("{s:s, s:s, s:b, s:s*, s:b}", "misuse", misuse->name, "summary",
	    misuse->summary, "detected", o->detected, "state",
	    o->refused ? NULL : misuse_state_name(o->state), "right_call_reported", o->late);
}

/* Commits every misuse on an implementation. Appends the outcomes to `list`, or prints them if it
 * is NULL. If a misuse cannot be run, reports it and continues. Returns an exit status. */
static int commit_all(const struct instance *instance, json_t *list)
{
	int status = EXIT_OK;

	for (size_t m = 0; m < nr_misuses; m++) {
		struct misuse_outcome outcome;
		struct error err, where;

		if (misuse_commit_isolated(ownership_ops(instance), &misuses[m], &outcome, &err)) {
			error_set(
			    &where, "%s: %s: %.400s", instance->name, misuses[m].name, err.text);
			command_error("misuse", &where);
			status = EXIT_CHECK_FAILED;
		} else if (list) {
			json_array_append_new(list, one_json(&misuses[m], &outcome));
		} else {
			print_one(&misuses[m], &outcome);
		}
	}
	return status;
}

int misuse_run(const struct misuse_request *request)
{
	json_t *root = json_object();
	int ret = EXIT_OK;

	for (size_t i = 0; ownership_instances[i]; i++) {
		json_t *list = request->json ? json_array() : NULL;

		if (!asked_for(request, ownership_instances[i])) {
			json_decref(list);
			continue;
		}
		if (!request->json)
			printf("%s\n", ownership_instances[i]->name);
		fflush(stdout);
		ret |= commit_all(ownership_instances[i], list);
		if (list)
			json_object_set_new(root, ownership_instances[i]->name, list);
	}
	if (request->json) {
		json_dumpf(root, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(root);
	return ret;
}
