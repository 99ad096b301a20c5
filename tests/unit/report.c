/* SPDX-License-Identifier: MIT */
/* The report document of made-up sweeps whose figures are known. */
#include <ftw.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "harness/files/file.h"
#include "harness/files/json_file.h"
#include "harness/report/number.h"
#include "harness/report/report.h"

/* -- made-up sweeps -- */

/* Two directories, each with a sweep of one machine. */
struct fixture {
	char root[64];
	char dirs[2][80];
};

static void write_text(const char *dir, const char *name, const char *text)
{
	struct error err;

	if (file_write_whole(file_path(dir, name).s, text, strlen(text), &err))
		fail_msg("%s", err.text);
}

static const char settings[] = "{\"format\": 2, \"written_by\": \"ownbench 0 (test)\", "
			       "\"arguments\": [\"run\"], \"seed\": 1, \"precision\": %s, "
			       "\"budget_seconds\": 60, \"repetitions\": null, "
			       "\"implementations\": [{\"name\": \"of_kernel\", "
			       "\"family\": \"ownership\", \"class\": \"exact\"}]}";

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	strcpy(f->root, "/tmp/report-XXXXXX");
	assert_non_null(mkdtemp(f->root));
	for (size_t i = 0; i < 2; i++) {
		char text[sizeof(settings) + 16];

		snprintf(f->dirs[i], sizeof(f->dirs[i]), "%s/%c", f->root, "ab"[i]);
		assert_int_equal(mkdir(f->dirs[i], 0777), 0);
		snprintf(text, sizeof(text), settings, "0.05");
		write_text(f->dirs[i], "sweep.json", text);
	}
	*state = f;
	return 0;
}

static int remove_file(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
	(void)status;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	nftw(f->root, remove_file, 8, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

/* A design with `rounds` rounds. Its rate in a round is the machine's speed times `speed`, times 1
 * plus or minus `noise`. */
struct design {
	const char *name;
	unsigned int rounds;
	double speed;
	double noise;
	const char *failure; /* failure of its last round, or NULL */
};

/* Returns the machine's speed in a round, which cancels out in ratios. */
static double machine_pace(unsigned int round)
{
	return 1e6 * (1 + 0.5 * sin(round));
}

/* A design that is fast in pairs grants few claims. */
static double claims_of(const struct design *d, unsigned int round)
{
	return machine_pace(round) / d->speed;
}

static void write_round(FILE *out, const struct design *d, const char *where, unsigned int round)
{
	const bool failed = d->failure && round + 1 == d->rounds;
	const double rate =
	    d->speed * machine_pace(round) * (1 + d->noise * ((int)(round * 7 % 5) - 2) / 2.0);

	fprintf(out,
	    "{\"run\": {\"family\": \"ownership\", \"implementation\": \"%s\", %s}, \"round\": %u, "
	    "\"order\": 0, \"at_seconds\": %u, \"unit\": \"pairs\", ",
	    d->name, where, round, round);
	if (failed)
		fprintf(out, "\"failure\": \"%s\"}\n", d->failure);
	else
		fprintf(out,
		    "\"metrics\": {\"items_per_second\": %.17g, \"fairness\": 1, "
		    "\"steal_percent\": 0, \"refused_per_second\": %.17g, "
		    "\"claims_per_second\": %.17g}, "
		    "\"slices\": {\"total\": 20, \"set_aside\": 5}}\n",
		    rate, rate / 3, strstr(where, "takeover") ? claims_of(d, round) : 0);
}

#define POINT(workload, devices, parameters)                                         \
	"\"workload\": \"" workload "\", \"threads\": 2, \"devices\": " devices ", " \
	"\"groups\": 1, \"path\": \"ops\", \"parameters\": {" parameters "}"
#define SHARE POINT("share", "8", "")

/* The designs at one point. A design without a name ends the list. */
struct made_point {
	const char *where;
	struct design designs[6];
};

static void write_designs(FILE *out, const char *where, const struct design *designs, size_t nr)
{
	for (size_t i = 0; i < nr && designs[i].name; i++) {
		for (unsigned int round = 0; round < designs[i].rounds; round++)
			write_round(out, &designs[i], where, round);
	}
}

static void write_points(const char *dir, const struct made_point *points, size_t nr)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (size_t i = 0; i < nr; i++)
		write_designs(out, points[i].where, points[i].designs, 6);
	fclose(out);
	write_text(dir, "runs.jsonl", text);
	free(text);
}

static void write_runs(const char *dir, const char *where, const struct design *designs, size_t nr)
{
	struct made_point point = {.where = where};

	memcpy(point.designs, designs, nr * sizeof(*designs));
	write_points(dir, &point, 1);
}

static json_t *implementations_json(void)
{
	static const char *const designs[][3] = {{"ceiling", "none", "ceiling"},
	    {"mutex_count", "exact", "design"}, {"quick", "exact", "design"},
	    {"twin", "exact", "design"}, {"wary", "cautious", "design"},
	    {"wild", "unsafe", "control"}};
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(designs) / sizeof(designs[0]); i++)
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s, s:s}", "name", designs[i][0], "family",
			      "ownership", "class", designs[i][1], "role", designs[i][2]));
	return json_pack("{s:o, s:[]}", "implementations", list, "workloads");
}

static json_t *make_report(const struct fixture *f, size_t nr, struct error *err)
{
	const char *dirs[] = {f->dirs[0], f->dirs[1]};
	json_t *known = implementations_json();
	json_t *report = report_json(dirs, nr,
	    &(struct report_maker){
		.implementations = known, .version = "0", .commit = "test", .time = "now"},
	    err);

	json_decref(known);
	return report;
}

static json_t *make_well(const struct fixture *f, size_t nr)
{
	struct error err;
	json_t *report = make_report(f, nr, &err);

	if (!report)
		fail_msg("%s", err.text);
	return report;
}

/* Returns the document of one point with these designs. */
static json_t *report_of(const struct fixture *f, const struct design *designs, size_t nr)
{
	write_runs(f->dirs[0], SHARE, designs, nr);
	return make_well(f, 1);
}

#define REPORT_OF(f, ...)                                  \
	report_of(f, (const struct design[]){__VA_ARGS__}, \
	    sizeof((const struct design[]){__VA_ARGS__}) / sizeof(struct design))

/* -- reading the document -- */

static const json_t *sweep_of(const json_t *report, size_t i)
{
	return json_array_get(json_object_get(report, "sweeps"), i);
}

static const json_t *point_of(const json_t *report)
{
	return json_array_get(json_object_get(sweep_of(report, 0), "points"), 0);
}

static const json_t *result_of(const json_t *report, const char *name)
{
	return member_entry(point_of(report), "results", "implementation", name);
}

static const json_t *measure_of(const json_t *report, const char *name, const char *measure)
{
	return json_object_get(result_of(report, name), measure);
}

static json_int_t rank_of(const json_t *report, const char *name)
{
	return json_integer_value(json_object_get(result_of(report, name), "rank"));
}

static void assert_near(double value, double wanted)
{
	if (!(fabs(value - wanted) <= 1e-6 * fabs(wanted)))
		fail_msg("%.17g is not %.17g", value, wanted);
}

/* -- figures -- */

static void numbers_have_three_digits(void **state)
{
	(void)state;
	assert_string_equal(number_si(39400000).s, "39.4 M");
	assert_string_equal(number_si(999.9e6).s, "1.00 G");
	assert_string_equal(number_si(0).s, "0");
	assert_string_equal(number_si(12).s, "12.0");
	assert_string_equal(number_plain(0.0123456).s, "0.0123");
	assert_string_equal(number_plain(99.96).s, "100");
	assert_string_equal(number_plain(-4567).s, "-4567");
	assert_string_equal(number_plain(1e-6).s, "1.00e-06");
	assert_string_equal(number_plain(NAN).s, "-");
	assert_string_equal(number_time(INFINITY).s, "-");
	assert_string_equal(number_time(430).s, "430 ns");
	assert_string_equal(number_time(2.01e3).s, "2.01 µs");
	assert_string_equal(number_ratio(67.42).s, "67.4×");
	assert_string_equal(number_percent(12.34).s, "12.3 %");
	assert_string_equal(number_bytes(512).s, "512 B");
	assert_string_equal(number_bytes(1504).s, "1.50 kB");
}

static void intervals_have_both_ends(void **state)
{
	(void)state;
	assert_string_equal(
	    number_interval((struct interval){42.6, 80.34, 0.95}, number_ratio).s, "42.6 to 80.3×");
	assert_string_equal(
	    number_interval((struct interval){1e6, 2e6, 0.95}, number_si).s, "1.00 M to 2.00 M");
	assert_string_equal(number_interval((struct interval){2, INFINITY, 0.95}, number_ratio).s,
	    "2.00× at least");
	assert_string_equal(number_interval((struct interval){NAN, NAN, 0}, number_si).s, "");
}

/* Ratios are taken within rounds, because the rates of all designs rise and fall together, by up to
 * half. */
static void ratios_are_of_rounds(void **state)
{
	json_t *report = REPORT_OF(*state, {"mutex_count", 20, 1, 0, NULL},
	    {"quick", 20, 3, 0, NULL}, {"ceiling", 20, 12, 0, NULL});
	const json_t *ratio = measure_of(report, "quick", "to_baseline");

	assert_near(member_number(ratio, "value"), 3);
	assert_near(member_number(ratio, "low"), 3);
	assert_near(member_number(ratio, "high"), 3);
	assert_true(member_number(ratio, "coverage") >= 0.95);
	assert_int_equal(json_integer_value(json_object_get(ratio, "rounds")), 20);
	assert_string_equal(member_text(ratio, "text"), "3.00×");
	assert_string_equal(member_text(ratio, "interval"), "3.00 to 3.00×");
	assert_near(member_number(measure_of(report, "quick", "to_ceiling"), "value"), 0.25);
	assert_string_equal(
	    member_text(measure_of(report, "mutex_count", "to_baseline"), "text"), "1.00×");
	ratio = measure_of(report, "quick", "value");
	assert_true(member_number(ratio, "high") > 1.5 * member_number(ratio, "low"));
	assert_near(member_number(
			json_object_get(measure_of(report, "quick", "metrics"), "refused_percent"),
			"value"),
	    25);
	assert_near(member_number(measure_of(report, "quick", "set_aside_percent"), "value"), 25);
	json_decref(report);
}

/* -- ranks -- */

/* The sweep describes a design that the program does not have. */
static void a_sweep_declares_classes(void **state)
{
	json_t *report = REPORT_OF(
	    *state, {"mutex_count", 20, 1, 0.01, NULL}, {"of_kernel", 20, 10, 0.01, NULL});

	assert_string_equal(member_text(result_of(report, "of_kernel"), "class"), "exact");
	assert_int_equal(rank_of(report, "of_kernel"), 1);
	json_decref(report);
}

static void the_fastest_passed_and_is_safe(void **state)
{
	json_t *report =
	    REPORT_OF(*state, {"mutex_count", 20, 1, 0.01, NULL}, {"quick", 20, 10, 0.01, NULL},
		{"wary", 20, 30, 0.01, NULL}, {"wild", 20, 90, 0.01, NULL},
		{"ceiling", 20, 100, 0, NULL}, {"stranger", 20, 200, 0, NULL});
	const json_t *fastest = json_object_get(point_of(report), "fastest");
	const json_t *best = json_object_get(fastest, "best_class");
	const json_t *headline = json_object_get(sweep_of(report, 0), "headline");

	assert_string_equal(member_text(best, "implementation"), "quick");
	assert_string_equal(member_text(best, "second"), "mutex_count");
	assert_true(json_is_true(json_object_get(best, "told_apart")));
	assert_string_equal(
	    member_text(json_object_get(fastest, "any_class"), "implementation"), "wary");
	assert_string_equal(member_text(headline, "point"), member_text(point_of(report), "id"));
	assert_int_equal(rank_of(report, "wary"), 1);
	assert_int_equal(rank_of(report, "quick"), 2);
	assert_int_equal(rank_of(report, "mutex_count"), 3);
	assert_string_equal(member_text(result_of(report, "wild"), "why_unranked"), "control");
	assert_string_equal(member_text(result_of(report, "ceiling"), "why_unranked"), "ceiling");
	assert_string_equal(
	    member_text(result_of(report, "stranger"), "why_unranked"), "class unknown");
	/* Three designs give three comparisons. */
	assert_int_equal(json_integer_value(json_object_get(point_of(report), "comparisons")), 3);
	json_decref(report);
}

static const char *told_apart(const json_t *report, size_t row)
{
	return json_string_value(
	    json_array_get(json_object_get(point_of(report), "told_apart"), row));
}

static void one_rule_tells_designs_apart(void **state)
{
	json_t *report = REPORT_OF(*state, {"quick", 40, 3, 0.001, NULL},
	    {"twin", 40, 3, 0.002, NULL}, {"mutex_count", 40, 1, 0.9, NULL});
	const json_t *against;

	assert_string_equal(told_apart(report, 0), ".=+");
	assert_string_equal(told_apart(report, 1), "=.+");
	assert_string_equal(told_apart(report, 2), "--.");
	against = measure_of(report, "quick", "against_baseline");
	assert_string_equal(member_text(against, "told"), "faster");
	json_decref(report);
}

static void noise_hides_small_differences(void **state)
{
	json_t *report =
	    REPORT_OF(*state, {"quick", 20, 1.02, 0.3, NULL}, {"mutex_count", 20, 1, 0, NULL});
	const json_t *against = measure_of(report, "quick", "against_baseline");
	const json_t *fastest =
	    json_object_get(json_object_get(point_of(report), "fastest"), "best_class");

	assert_string_equal(told_apart(report, 0), ".?");
	assert_string_equal(member_text(against, "told"), "unresolved");
	assert_non_null(strstr(member_text(against, "text"), "cannot tell"));
	assert_false(json_is_true(json_object_get(fastest, "told_apart")));
	/* If a design's ratio is not known to within 5%, the design has no rank. */
	assert_true(json_is_false(json_object_get(result_of(report, "quick"), "reached")));
	assert_string_equal(
	    member_text(result_of(report, "quick"), "why_unranked"), "precision not reached");
	assert_int_equal(rank_of(report, "mutex_count"), 1);
	json_decref(report);
}

static void failed_designs_are_last_and_unranked(void **state)
{
	json_t *report =
	    REPORT_OF(*state, {"quick", 20, 10, 0, "leaked"}, {"mutex_count", 20, 1, 0, NULL});
	const json_t *results = json_object_get(point_of(report), "results");

	assert_string_equal(member_text(json_array_get(results, 1), "implementation"), "quick");
	assert_string_equal(member_text(result_of(report, "quick"), "failure"), "leaked");
	assert_string_equal(member_text(result_of(report, "quick"), "why_unranked"), "failed");
	assert_null(measure_of(report, "quick", "value"));
	assert_int_equal(rank_of(report, "mutex_count"), 1);
	json_decref(report);
}

static void without_ceiling_or_baseline_there_is_no_ratio(void **state)
{
	json_t *report = REPORT_OF(*state, {"quick", 20, 10, 0, NULL}, {"wary", 20, 5, 0, NULL});

	assert_true(json_is_null(json_object_get(point_of(report), "baseline")));
	assert_true(json_is_null(measure_of(report, "quick", "to_baseline")));
	assert_true(json_is_null(measure_of(report, "quick", "to_ceiling")));
	assert_true(json_is_null(measure_of(report, "quick", "against_baseline")));
	assert_int_equal(rank_of(report, "quick"), 1);
	json_decref(report);
}

static void one_round_has_no_interval(void **state)
{
	json_t *report =
	    REPORT_OF(*state, {"quick", 1, 10, 0, NULL}, {"mutex_count", 1, 1, 0, NULL});
	const json_t *ratio = measure_of(report, "quick", "to_baseline");

	assert_near(member_number(ratio, "value"), 10);
	assert_true(json_is_null(json_object_get(ratio, "low")));
	assert_true(json_is_null(json_object_get(ratio, "interval")));
	assert_string_equal(
	    member_text(measure_of(report, "quick", "against_baseline"), "told"), "too few");
	assert_string_equal(told_apart(report, 0), ".?");
	json_decref(report);
}

static void precision_is_counted(void **state)
{
	json_t *report = REPORT_OF(*state, {"quick", 20, 10, 0, NULL}, {"wary", 20, 10, 0.9, NULL},
	    {"mutex_count", 20, 1, 0, NULL});
	const json_t *precision = json_object_get(sweep_of(report, 0), "precision");

	assert_near(member_number(precision, "goal"), 0.05);
	assert_int_equal(json_integer_value(json_object_get(precision, "runs")), 2);
	assert_int_equal(json_integer_value(json_object_get(precision, "reached")), 1);
	assert_non_null(strstr(member_text(precision, "limited_by"), "60 s"));
	json_decref(report);
}

/* -- regrets -- */

/* Returns the document of several points. */
#define REPORT_OF_POINTS(f, ...)                                      \
	report_of_points(f, (const struct made_point[]){__VA_ARGS__}, \
	    sizeof((const struct made_point[]){__VA_ARGS__}) / sizeof(struct made_point))

static json_t *report_of_points(const struct fixture *f, const struct made_point *points, size_t nr)
{
	write_points(f->dirs[0], points, nr);
	return make_well(f, 1);
}

static const json_t *regret_of(const json_t *report, const char *name)
{
	return member_entry(
	    json_object_get(sweep_of(report, 0), "regret"), "designs", "implementation", name);
}

/* Returns the name of the i-th design in the order of regrets. */
static const char *regret_at(const json_t *report, size_t i)
{
	return member_text(
	    json_array_get(
		json_object_get(json_object_get(sweep_of(report, 0), "regret"), "designs"), i),
	    "implementation");
}

static void assert_worst(const json_t *regrets, double value, double low)
{
	const json_t *worst = json_object_get(regrets, "worst");

	assert_near(member_number(worst, "value"), value);
	if (isnan(low))
		assert_true(json_is_null(json_object_get(worst, "low")));
	else
		assert_near(member_number(worst, "low"), low);
}

static void assert_mean(const json_t *regrets, double mean)
{
	assert_near(member_number(json_object_get(regrets, "mean"), "value"), mean);
}

static void assert_rank(const json_t *regrets, json_int_t rank)
{
	const json_t *has = json_object_get(regrets, "rank");

	assert_true(rank ? json_integer_value(has) == rank : json_is_null(has));
}

static void assert_lacks(const json_t *regrets, size_t nr)
{
	assert_int_equal(json_array_size(json_object_get(regrets, "lacks")), nr);
}

/* Each design is best somewhere. The machine's speed, which halves and doubles, cancels out. */
static void the_worst_regret_ranks(void **state)
{
	json_t *report = REPORT_OF_POINTS(*state,
	    {SHARE, {{"mutex_count", 20, 1, 0, NULL}, {"quick", 20, 8, 0, NULL}}},
	    {POINT("takeover", "8", ""),
		{{"mutex_count", 20, 4, 0, NULL}, {"quick", 20, 2, 0, NULL}}});
	const json_t *quick = regret_of(report, "quick"), *mutex = regret_of(report, "mutex_count");

	assert_worst(quick, 2, 2);
	assert_mean(quick, sqrt(2));
	assert_rank(quick, 1);
	assert_string_equal(member_text(quick, "rival"), "mutex_count");
	assert_string_equal(member_text(quick, "point"), "takeover-threads2-devices8-groups1-ops");
	assert_string_equal(member_text(quick, "place"), "takeover, 2 threads, 8 devices");
	assert_worst(mutex, 8, 8);
	assert_mean(mutex, sqrt(8));
	assert_rank(mutex, 2);
	assert_string_equal(regret_at(report, 0), "quick");
	/* takeover also grants claims, by which the order is reversed. */
	assert_worst(json_object_get(quick, "claims"), 1, NAN);
	assert_worst(json_object_get(mutex, "claims"), 2, 2);
	json_decref(report);
}

/* However fast they are, a cautious design, a control and the ceiling are no rivals. */
static void only_exact_designs_are_rivals(void **state)
{
	json_t *report = REPORT_OF(*state, {"mutex_count", 20, 1, 0, NULL},
	    {"quick", 20, 3, 0, NULL}, {"wary", 20, 30, 0, NULL}, {"wild", 20, 90, 0, NULL},
	    {"ceiling", 20, 100, 0, NULL});

	assert_worst(regret_of(report, "mutex_count"), 3, 3);
	assert_worst(regret_of(report, "quick"), 1, NAN);
	assert_worst(regret_of(report, "wary"), 0.1, 0.1);
	assert_rank(regret_of(report, "wary"), 0);
	assert_null(regret_of(report, "wild"));
	assert_null(regret_of(report, "ceiling"));
	assert_near(member_number(measure_of(report, "mutex_count", "regret"), "value"), 3);
	assert_string_equal(member_text(result_of(report, "mutex_count"), "regret_rival"), "quick");
	json_decref(report);
}

static void equals_regret_nothing(void **state)
{
	json_t *report = REPORT_OF(*state, {"twin", 20, 3, 0, NULL}, {"quick", 20, 3, 0, NULL});

	assert_worst(regret_of(report, "quick"), 1, NAN);
	assert_worst(regret_of(report, "twin"), 1, NAN);
	assert_string_equal(member_text(regret_of(report, "twin"), "rival"), "twin");
	assert_string_equal(regret_at(report, 0), "quick");
	json_decref(report);
}

static void one_design_regrets_nothing(void **state)
{
	json_t *report = REPORT_OF(*state, {"quick", 20, 3, 0, NULL});

	assert_worst(regret_of(report, "quick"), 1, NAN);
	assert_mean(regret_of(report, "quick"), 1);
	assert_rank(regret_of(report, "quick"), 1);
	json_decref(report);
}

/* A design that failed, or that was not measured everywhere, is not ranked. As a rival, it counts
 * at the points where it passed. */
static void a_design_that_lacks_a_point_is_not_ranked(void **state)
{
	json_t *report = REPORT_OF_POINTS(*state,
	    {SHARE, {{"mutex_count", 20, 1, 0, NULL}, {"quick", 20, 8, 0, NULL},
			{"twin", 20, 4, 0, NULL}}},
	    {POINT("takeover", "8", ""),
		{{"mutex_count", 20, 1, 0, NULL}, {"quick", 20, 9, 0, "leaked"}}});

	assert_string_equal(regret_at(report, 0), "mutex_count");
	assert_rank(regret_of(report, "mutex_count"), 1);
	assert_lacks(regret_of(report, "mutex_count"), 0);
	assert_worst(regret_of(report, "mutex_count"), 8, 8);
	for (size_t i = 0; i < 2; i++) {
		const json_t *lacking = regret_of(report, i ? "quick" : "twin");

		assert_rank(lacking, 0);
		assert_lacks(lacking, 1);
		assert_worst(lacking, i ? 1 : 2, i ? NAN : 2);
	}
	json_decref(report);
}

static void large_groups_are_apart(void **state)
{
	json_t *report = REPORT_OF_POINTS(*state,
	    {SHARE, {{"mutex_count", 20, 1, 0, NULL}, {"quick", 20, 2, 0, NULL}}},
	    {POINT("takeover", "64", ""),
		{{"mutex_count", 20, 5, 0, NULL}, {"quick", 20, 1, 0, NULL}}});
	const json_t *regret = json_object_get(sweep_of(report, 0), "regret");

	assert_worst(regret_of(report, "quick"), 1, NAN);
	assert_worst(json_object_get(regret_of(report, "quick"), "large"), 5, 5);
	assert_worst(regret_of(report, "mutex_count"), 2, 2);
	assert_int_equal(json_array_size(json_object_get(regret, "points")), 1);
	assert_int_equal(json_array_size(json_object_get(regret, "large_points")), 1);
	json_decref(report);
}

/* If no design of the best class passed, there is no regret. */
static void a_point_without_rivals_does_not_count(void **state)
{
	json_t *report = REPORT_OF_POINTS(*state,
	    {SHARE, {{"mutex_count", 20, 1, 0, NULL}, {"wary", 20, 2, 0, NULL}}},
	    {POINT("takeover", "8", ""), {{"wary", 20, 5, 0, NULL}}});

	assert_lacks(regret_of(report, "mutex_count"), 0);
	assert_worst(regret_of(report, "wary"), 0.5, 0.5);
	assert_true(json_is_null(json_object_get(regret_of(report, "wary"), "claims")));
	json_decref(report);
}

static void a_regret_of_one_round_has_no_interval(void **state)
{
	json_t *report =
	    REPORT_OF(*state, {"quick", 1, 10, 0, NULL}, {"mutex_count", 1, 1, 0, NULL});

	assert_worst(regret_of(report, "mutex_count"), 10, NAN);
	json_decref(report);
}

/* -- files beside a sweep -- */

static void classes_are_as_found(void **state)
{
	const struct fixture *f = *state;
	json_t *report;

	write_text(f->dirs[0], "verify.json",
	    "{\"implementations\": [{\"name\": \"quick\", \"declared\": \"exact\", \"found\": "
	    "\"unsafe\", \"contradiction\": true, \"checkers\": [{\"ran\": true}]}], "
	    "\"controls\": [{\"name\": \"wild\", \"checkers\": [{\"caught_after_seconds\": 1}]}, "
	    "{\"name\": \"sly\", \"checkers\": [{}]}]}");
	report = REPORT_OF(f, {"quick", 20, 10, 0, NULL}, {"mutex_count", 20, 1, 0, NULL});
	assert_string_equal(member_text(result_of(report, "quick"), "class"), "unsafe");
	assert_string_equal(member_text(result_of(report, "quick"), "class_is"), "found");
	assert_true(json_is_true(json_object_get(result_of(report, "quick"), "contradicts")));
	assert_string_equal(member_text(result_of(report, "quick"), "why_unranked"), "unsafe");
	assert_string_equal(member_text(result_of(report, "mutex_count"), "class_is"), "declared");
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(json_object_get(json_object_get(sweep_of(report, 0),
								    "classes_evidence"),
						    "controls"),
				    "escaped"),
				0)),
	    "sly");
	json_decref(report);
}

static void claims_have_a_verdict_and_a_measure(void **state)
{
	const struct fixture *f = *state;
	const json_t *claim;
	json_t *report;

	write_text(f->dirs[0], "claims.json",
	    "{\"claims\": [{\"id\": \"C1\", \"claim\": \"it is so\", \"verdict\": null}, {\"id\": "
	    "\"C2\", \"claim\": \"and so\", \"verdict\": \"confirmed\", \"value\": 2, \"low\": "
	    "1.5, "
	    "\"high\": 3, \"unit\": \"times\"}]}");
	report = REPORT_OF(f, {"mutex_count", 20, 1, 0, NULL});
	claim = member_entry(sweep_of(report, 0), "claims", "id", "C1");
	assert_string_equal(member_text(claim, "verdict"), "not run");
	assert_true(json_is_null(json_object_get(claim, "value")));
	claim = json_object_get(member_entry(sweep_of(report, 0), "claims", "id", "C2"), "value");
	assert_string_equal(member_text(claim, "text"), "2.00");
	assert_string_equal(member_text(claim, "interval"), "1.50 to 3.00");
	json_decref(report);
}

static void a_malformed_file_is_named_with_its_entry(void **state)
{
	static const struct {
		const char *name, *text, *wrong;
	} files[] = {
	    {"verify.json", "[]", "verify.json: expected a JSON object, {...}"},
	    {"verify.json", "{\"implementations\": [{\"name\": \"a\", \"declared\": \"exact\"}]}",
		"verify.json: entry 1 of \"implementations\" has no string \"found\""},
	    {"claims.json", "{\"claims\": [{\"id\": \"C1\", \"claim\": \"a\"}, {\"id\": 2}]}",
		"claims.json: entry 2 of \"claims\" has no string \"id\""},
	    {"cost.json", "{}", "cost.json: \"implementations\" is missing or not a list"},
	    {"cost.json", "{", "cost.json:1"},
	};
	const struct fixture *f = *state;

	write_runs(f->dirs[0], SHARE, (const struct design[]){{"mutex_count", 20, 1, 0, NULL}}, 1);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct error err;

		write_text(f->dirs[0], files[i].name, files[i].text);
		assert_null(make_report(f, 1, &err));
		if (!strstr(err.text, files[i].wrong))
			fail_msg("\"%s\" does not say \"%s\"", err.text, files[i].wrong);
		remove(file_path(f->dirs[0], files[i].name).s);
	}
}

static void an_empty_sweep_is_refused(void **state)
{
	struct error err;

	write_text(((struct fixture *)*state)->dirs[0], "runs.jsonl", "");
	assert_null(make_report(*state, 1, &err));
	assert_non_null(strstr(err.text, "nothing was measured"));
}

/* -- several sweeps -- */

static void machines_are_numbered_by_name(void **state)
{
	const struct fixture *f = *state;
	const struct design one = {"mutex_count", 20, 1, 0, NULL};
	json_t *report;

	write_runs(f->dirs[0], SHARE, &one, 1);
	write_runs(f->dirs[1], SHARE, &one, 1);
	write_text(f->dirs[1], "environment.json",
	    "{\"cpus\": {\"allowed\": 4}, \"virtualization\": {\"guest\": true}, \"cpu\": "
	    "{\"model_name\": \"Model\"}}");
	report = make_well(f, 2);
	assert_int_equal(json_array_size(json_object_get(report, "machines")), 2);
	assert_string_equal(
	    member_text(json_array_get(json_object_get(report, "machines"), 1), "name"),
	    "4 virtual CPUs, Model");
	assert_int_equal(json_integer_value(json_object_get(sweep_of(report, 1), "machine")), 2);
	assert_int_equal(json_array_size(json_object_get(report, "families")), 1);
	json_decref(report);
}

/* -- the document's file -- */

static void a_document_of_another_format_is_refused(void **state)
{
	const struct fixture *f = *state;
	const struct file_path path = file_path(f->dirs[0], "report.json");
	struct error err;

	write_text(f->dirs[0], "report.json", "{\"format\": 99, \"sweeps\": []}");
	assert_null(report_read(path.s, &err));
	assert_non_null(strstr(err.text, "is a report of format 99: this version reads format 1"));
	write_text(f->dirs[0], "report.json", "{\"benchmarks\": []}");
	assert_null(report_read(path.s, &err));
	assert_non_null(strstr(err.text, "is not a report"));
}

static void a_document_is_the_same_after_it_is_read(void **state)
{
	const struct fixture *f = *state;
	json_t *report =
	    REPORT_OF(f, {"quick", 20, 1 / 3.0, 0.1, NULL}, {"mutex_count", 20, 1, 0.1, NULL});
	char *text = json_dumps(report, JSON_REAL_PRECISION(REPORT_DIGITS));
	json_t *again = json_loads(text, 0, NULL);

	assert_true(json_equal(report, again));
	free(text);
	json_decref(again);
	json_decref(report);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_have_three_digits),
	    cmocka_unit_test(intervals_have_both_ends),
	    TEST(ratios_are_of_rounds),
	    TEST(a_sweep_declares_classes),
	    TEST(the_fastest_passed_and_is_safe),
	    TEST(one_rule_tells_designs_apart),
	    TEST(noise_hides_small_differences),
	    TEST(failed_designs_are_last_and_unranked),
	    TEST(without_ceiling_or_baseline_there_is_no_ratio),
	    TEST(one_round_has_no_interval),
	    TEST(precision_is_counted),
	    TEST(the_worst_regret_ranks),
	    TEST(only_exact_designs_are_rivals),
	    TEST(equals_regret_nothing),
	    TEST(one_design_regrets_nothing),
	    TEST(a_design_that_lacks_a_point_is_not_ranked),
	    TEST(large_groups_are_apart),
	    TEST(a_point_without_rivals_does_not_count),
	    TEST(a_regret_of_one_round_has_no_interval),
	    TEST(classes_are_as_found),
	    TEST(claims_have_a_verdict_and_a_measure),
	    TEST(a_malformed_file_is_named_with_its_entry),
	    TEST(an_empty_sweep_is_refused),
	    TEST(machines_are_numbered_by_name),
	    TEST(a_document_of_another_format_is_refused),
	    TEST(a_document_is_the_same_after_it_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
