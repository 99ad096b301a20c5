/* SPDX-License-Identifier: MIT */
#include "bench/claims/claims_run.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bench/options/options.h"
#include "bench/report/data_dir.h"
#include "bench/sweep/progress.h"
#include "bench/version/build_info.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/machine.h"
#include "harness/show/plot/plot.h"

/* Seconds that one claim may take. All claims then take a few minutes, or with --quick less than
 * one. */
static const double SECONDS = 16, SECONDS_QUICK = 2;

/* A claim and either its result or the error that prevented one. */
struct outcome {
	const struct claim *claim;
	struct claim_result result;
	struct error err;
	bool failed;
};

static bool is_chosen(const struct claims_request *request, const struct claim *claim)
{
	for (size_t i = 0; i < request->nr; i++) {
		if (request->only[i] == claim)
			return true;
	}
	return false;
}

static int add_claim(void *context, const char *id, struct error *err)
{
	struct claims_request *request = context;
	const struct claim *claim = claim_find(id);

	if (!claim)
		return error_set(err,
		    "--only=%s: no such claim; 'ownbench claims --list' shows claims %s to %s", id,
		    claims[0]->id, claims[nr_claims - 1]->id);
	if (!is_chosen(request, claim))
		request->only[request->nr++] = claim;
	return 0;
}

int claims_request_add(void *request, const char *ids, struct error *err)
{
	return option_each_item(ids, add_claim, request, err);
}

/* -- text -- */

void claims_list(FILE *out)
{
	for (size_t i = 0; i < nr_claims; i++)
		fprintf(out, "%-4s %s\n     said in: %s\n     rule: %s\n", claims[i]->id,
		    claims[i]->text, claims[i]->where, claims[i]->rule);
}

static const char *verdict_text(enum claim_verdict verdict)
{
	if (verdict == CLAIM_BOUNDARY)
		return "boundary";
	return verdict == CLAIM_UNDECIDED ? "undecided on this machine"
	                                  : claim_verdict_name(verdict);
}

static void print_report(const char *report)
{
	while (*report) {
		int len = (int)strcspn(report, "\n");

		printf("       %.*s\n", len, report);
		report += len + (report[len] == '\n');
	}
}

static void print_outcome(const struct outcome *o)
{
	const struct claim_result *r = &o->result;

	printf("%-4s %s\n     said in: %s\n", o->claim->id, o->claim->text, o->claim->where);
	if (o->failed) {
		printf("     NOT RUN: %s\n\n", o->err.text);
		return;
	}
	printf("     verdict: %s", verdict_text(r->verdict));
	if (r->boundary[0])
		printf(
		    "%s%s", r->verdict == CLAIM_UNDECIDED ? "; it would take " : ": ", r->boundary);
	printf("\n     figure:  %s\n", r->figure);
	printf("     rule:    %s\n", o->claim->rule);
	printf("     detail:  %s\n", o->claim->command);
	print_report(r->report);
	putchar('\n');
}

static void print_summary(const struct outcome *outcomes, size_t nr)
{
	size_t of[NR_CLAIM_VERDICTS] = {0}, failed = 0;

	for (size_t i = 0; i < nr; i++) {
		printf("%-4s %-25s %s\n", outcomes[i].claim->id,
		    outcomes[i].failed ? "NOT RUN" : verdict_text(outcomes[i].result.verdict),
		    outcomes[i].claim->text);
		if (outcomes[i].failed)
			failed++;
		else
			of[outcomes[i].result.verdict]++;
	}
	printf("\n%zu claims: %zu confirmed, %zu refuted, %zu with a boundary, %zu undecided on "
	       "this machine, %zu not run\n",
	    nr, of[CLAIM_CONFIRMED], of[CLAIM_REFUTED], of[CLAIM_BOUNDARY], of[CLAIM_UNDECIDED],
	    failed);
}

/* -- JSON -- */

static json_t *outcome_json(const struct outcome *o)
{
	const struct claim_result *r = &o->result;
	json_t *json =
	    json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", o->claim->id, "claim", o->claim->text,
		"where", o->claim->where, "rule", o->claim->rule, "command", o->claim->command);

	if (o->failed) {
		json_object_set_new(json, "verdict", json_null());
		json_object_set_new(json, "error", json_string(o->err.text));
		return json;
	}
	json_object_set_new(json, "verdict", json_string(claim_verdict_name(r->verdict)));
	json_object_set_new(
	    json, "boundary", r->boundary[0] ? json_string(r->boundary) : json_null());
	json_object_set_new(json, "figure", json_string(r->figure));
	json_object_set_new(json, "report", r->report[0] ? json_string(r->report) : json_null());
	json_object_set_new(json, "value", number_or_null(r->value));
	json_object_set_new(json, "low", number_or_null(r->low));
	json_object_set_new(json, "high", number_or_null(r->high));
	json_object_set_new(json, "unit", json_string(r->unit));
	if (r->curve.nr)
		json_object_set_new(json, "curve", claim_curve_json(&r->curve));
	return json;
}

static void print_json(const struct outcome *outcomes, size_t nr)
{
	json_t *list = json_array(), *env = env_collect(NULL, build_info()), *root;

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(list, outcome_json(&outcomes[i]));
	root = json_pack("{s:o?, s:o}", "environment", env, "claims", list);
	json_dumpf(root, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(root);
}

/* -- running -- */

/* Draws the curve of a claim that has one. Returns 0, or -1 with outcome->err set. */
static int draw(struct outcome *outcome, const char *dir)
{
	json_t *claim, *environment;
	char *machine;
	int ret;

	if (!outcome->result.curve.nr)
		return 0;
	claim = outcome_json(outcome);
	environment = env_collect(NULL, NULL);
	machine = machine_name(environment);
	ret = plot_claim(dir, data_path("plots").s, claim, machine, NULL, &outcome->err);
	free(machine);
	json_decref(claim);
	json_decref(environment);
	return ret;
}

static void run_all(const struct claims_request *request, struct outcome *outcomes, size_t nr)
{
	const struct claim_options options = {
	    .quick = request->quick, .seconds = request->quick ? SECONDS_QUICK : SECONDS};
	struct progress progress;

	progress_start(&progress, nr, options.seconds);
	for (size_t i = 0; i < nr; i++) {
		struct outcome *outcome = &outcomes[i];

		progress_show(&progress, outcome->claim->id);
		outcome->failed =
		    claim_run(outcome->claim, &options, &outcome->result, &outcome->err) != 0;
		progress_done(&progress);
		progress_clear(&progress);
		if (!outcome->failed && request->plots)
			outcome->failed = draw(outcome, request->plots) != 0;
		if (outcome->failed)
			command_error("claims", &outcome->err);
		if (!request->json)
			print_outcome(outcome);
		fflush(stdout);
	}
}

static bool any_failed(const struct outcome *outcomes, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (outcomes[i].failed)
			return true;
	}
	return false;
}

int claims_run(const struct claims_request *request)
{
	const size_t nr = request->nr ? request->nr : nr_claims;
	struct outcome *outcomes = allocate(nr, sizeof(*outcomes));
	bool failed;

	for (size_t i = 0; i < nr; i++)
		outcomes[i].claim = request->nr ? request->only[i] : claims[i];
	run_all(request, outcomes, nr);
	if (request->json)
		print_json(outcomes, nr);
	else
		print_summary(outcomes, nr);
	failed = any_failed(outcomes, nr);
	free(outcomes);
	return failed ? EXIT_CHECK_FAILED : EXIT_OK;
}
