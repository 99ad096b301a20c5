/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/claims/claim.h"
#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/report/data_dir.h"
#include "bench/sweep/progress.h"
#include "bench/version/build_info.h"
#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/machine.h"
#include "harness/show/plot/plot.h"

/* Of one claim; all of them then last a few minutes, or most of a minute. */
static const double SECONDS = 16, SECONDS_QUICK = 2;

struct claims_options {
	const struct claim *only[64];
	size_t nr;
	bool json, quick, list;
	const char *plots;
};

/* What came of a claim. */
struct outcome {
	const struct claim *claim;
	struct claim_result result;
	struct error err;
	bool failed;
};

static bool is_chosen(const struct claims_options *o, const struct claim *claim)
{
	for (size_t i = 0; i < o->nr; i++) {
		if (o->only[i] == claim)
			return true;
	}
	return false;
}

static int set_only(void *context, const char *value, struct error *err)
{
	struct claims_options *o = context;
	char *rest = strdup(value), *copy = rest, *id;
	int ret = 0;

	while (!ret && (id = strsep(&rest, ","))) {
		const struct claim *claim = claim_find(id);

		if (!claim)
			ret = error_set(err,
			    "--only=%s: no such claim here; 'ownbench claims --list' shows those "
			    "from %s to %s",
			    id, claims[0]->id, claims[nr_claims - 1]->id);
		else if (!is_chosen(o, claim))
			o->only[o->nr++] = claim;
	}
	free(copy);
	return ret;
}

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct claims_options *)context)->json = true;
	return 0;
}

static int set_quick(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct claims_options *)context)->quick = true;
	return 0;
}

static int set_plots(void *context, const char *value, struct error *err)
{
	if (mkdir(value, 0777) && errno != EEXIST)
		return error_errno(err, "--plots: cannot make %s", value);
	((struct claims_options *)context)->plots = value;
	return 0;
}

static int set_list(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct claims_options *)context)->list = true;
	return 0;
}

static const struct option_spec options[] = {
    {"only", "C1,C3,..", "these (default: all)", set_only},
    {"quick", NULL, "fewer repetitions: less than a minute for all", set_quick},
    {"json", NULL, "as JSON", set_json},
    {"plots", "DIR", "draws C2's answer into it, beside the sizes of real groups", set_plots},
    {"list", NULL, "lists the claims and their rules, and runs nothing", set_list},
    {0},
};

static const struct command command = {
    .name = "claims",
    .synopsis = "[OPTION...]",
    .summary =
	"Runs the experiment of each claim of the debate and says what came of it: confirmed,\n"
	"refuted, the boundary at which it turns, or undecided on this machine. The verdict\n"
	"follows from this run's figures by the rule that is printed with it.\n"
	"Exit status 1: an experiment could not be run.",
    .examples = {"ownbench claims --list", "ownbench claims --only=C3,C8 --quick"},
    .options = options,
};

/* -- text -- */

static void print_list(void)
{
	for (size_t i = 0; i < nr_claims; i++)
		printf("%-4s %s\n     said in: %s\n     rule: %s\n", claims[i]->id, claims[i]->text,
		    claims[i]->where, claims[i]->rule);
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

/* Of the claims with a curve. 0, or -1: then that is the outcome. */
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

static void run_all(const struct claims_options *o, struct outcome *outcomes)
{
	const struct claim_options options = {
	    .quick = o->quick, .seconds = o->quick ? SECONDS_QUICK : SECONDS};
	struct progress progress;

	progress_start(&progress, o->nr, options.seconds);
	for (size_t i = 0; i < o->nr; i++) {
		struct outcome *outcome = &outcomes[i];

		progress_show(&progress, outcome->claim->id);
		outcome->failed =
		    claim_run(outcome->claim, &options, &outcome->result, &outcome->err) != 0;
		progress_done(&progress);
		progress_clear(&progress);
		if (!outcome->failed && o->plots)
			outcome->failed = draw(outcome, o->plots) != 0;
		if (outcome->failed)
			command_error(&command, &outcome->err);
		if (!o->json)
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

int cmd_claims(int argc, char **argv)
{
	struct claims_options o = {0};
	struct outcome *outcomes;
	int first, status = options_parse(&command, argc, argv, &o, &first);

	if (status != PARSED)
		return status;
	if (o.list) {
		print_list();
		return EXIT_OK; /* main() looks whether it could be written */
	}
	for (size_t i = 0; !o.nr && i < nr_claims; i++)
		o.only[i] = claims[i];
	if (!o.nr)
		o.nr = nr_claims;
	outcomes = allocate(nr_claims + 1, sizeof(*outcomes));
	for (size_t i = 0; i < o.nr; i++)
		outcomes[i].claim = o.only[i];
	run_all(&o, outcomes);
	if (o.json)
		print_json(outcomes, o.nr);
	else
		print_summary(outcomes, o.nr);
	status = any_failed(outcomes, o.nr) ? EXIT_CHECK_FAILED : EXIT_OK;
	free(outcomes);
	return status;
}
