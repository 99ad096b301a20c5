/* SPDX-License-Identifier: MIT */
#include "harness/report/regret.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/memory.h"
#include "harness/report/classes.h"
#include "harness/report/number.h"

/* -- the regret at one point -- */

static bool is_rival(const struct report_sweep *sweep, const struct point_run *run)
{
	const char *implementation = run->run->id.implementation;

	return !isnan(run->median) && !class_why_unranked(sweep, implementation) &&
	       class_is_best(sweep, implementation);
}

static const struct regret no_regret = {
    {.value = NAN, .interval = {NAN, NAN, 0}, .simultaneous = {NAN, NAN, 0}}, NULL};

struct regret regret_at(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run)
{
	struct regret worst = no_regret;

	if (isnan(run->median))
		return worst;
	if (is_rival(sweep, run))
		worst = (struct regret){{1, no_interval, no_interval, 0, 0}, run};
	for (size_t i = 0; i < point->nr_passed; i++) {
		struct regret regret = {.rival = &point->runs[i]};

		if (regret.rival == run || !is_rival(sweep, regret.rival))
			continue;
		regret.ratio = point_ratio(point, regret.rival, run);
		if (isnan(worst.ratio.value) || regret.ratio.value > worst.ratio.value)
			worst = regret;
	}
	if (!isfinite(worst.ratio.value) || worst.ratio.value <= 0)
		worst.ratio.value = NAN;
	return worst;
}

static json_t *rival_json(const struct regret *regret)
{
	return string_or_null(
	    isnan(regret->ratio.value) ? NULL : regret->rival->run->id.implementation);
}

json_t *regret_of_result_json(
    const struct report_sweep *sweep, const struct point *point, const struct point_run *run)
{
	const struct regret regret = regret_at(sweep, point, run);

	return json_pack("{s:o, s:o}", "regret", measure_of_ratio(&regret.ratio), "regret_rival",
	    rival_json(&regret));
}

/* -- claims: the regret in another metric than the point's quantity -- */

static const char claims_metric[] = "claims_per_second";

/* Returns a copy of the point whose quantity is the granted claims per second. The runs stay in the
 * point's order. The caller frees the copy. */
static struct point claims_point(const struct point *point)
{
	static const struct point_quantity claims = {claims_metric, "throughput", NULL, false};
	struct point copy = *point;

	copy.quantity = &claims;
	copy.runs = allocate(point->nr, sizeof(*copy.runs));
	for (size_t i = 0; i < point->nr; i++) {
		copy.runs[i].run = point->runs[i].run;
		point_run_read(&copy.runs[i], claims_metric);
	}
	return copy;
}

static void free_claims_point(struct point *point)
{
	for (size_t i = 0; i < point->nr; i++) {
		free(point->runs[i].values);
		free(point->runs[i].rounds);
	}
	free(point->runs);
}

/* Returns copies of the points whose quantity is the granted claims per second. */
static struct points claims_points(const struct points *points)
{
	struct points copy = {allocate(points->nr, sizeof(*copy.list)), points->nr};

	for (size_t i = 0; i < points->nr; i++)
		copy.list[i] = claims_point(&points->list[i]);
	return copy;
}

static void free_claims_points(struct points *points)
{
	for (size_t i = 0; i < points->nr; i++)
		free_claims_point(&points->list[i]);
	free(points->list);
}

/* -- the regrets of a design over many points -- */

/* Groups with more devices are large, unless two threads per CPU need that many. */
enum { LARGE_DEVICES = 32 };

static unsigned int most_usual_devices(const struct report_sweep *sweep)
{
	const unsigned int threads = 2 * sweep->nr_cpus;

	return threads > LARGE_DEVICES ? threads : LARGE_DEVICES;
}

/* The points over which a design's regrets are combined. */
struct selection {
	const struct points *points;
	bool large; /* true: points with large groups; false: all others */
};

/* Returns whether the point belongs to the selection and a rival has a value there. */
static bool is_selected(
    const struct report_sweep *sweep, const struct selection *selection, const struct point *point)
{
	if ((point->where->devices > most_usual_devices(sweep)) != selection->large)
		return false;
	for (size_t i = 0; i < point->nr_passed; i++) {
		if (is_rival(sweep, &point->runs[i]) && point->runs[i].median > 0)
			return true;
	}
	return false;
}

struct sum {
	struct regret worst;
	const struct point *at; /* NULL: the design has a regret at no point */
	double logarithms;
	size_t nr;
	json_t *lacks; /* ids of the points at which the design has no regret */
};

static void add_point(struct sum *sum, const struct point *point, const struct regret *regret)
{
	if (isnan(regret->ratio.value)) {
		json_array_append_new(sum->lacks, json_string(point->id));
		return;
	}
	sum->logarithms += log(regret->ratio.value);
	sum->nr++;
	if (sum->at && regret->ratio.value <= sum->worst.ratio.value)
		return;
	sum->worst = *regret;
	sum->at = point;
}

static struct sum sum_of(
    const struct report_sweep *sweep, const struct selection *selection, const char *implementation)
{
	struct sum sum = {.worst = no_regret, .lacks = json_array()};

	for (size_t i = 0; i < selection->points->nr; i++) {
		const struct point *point = &selection->points->list[i];
		const struct point_run *run = point_find(point, implementation);
		struct regret regret = no_regret;

		if (!is_selected(sweep, selection, point))
			continue;
		if (run)
			regret = regret_at(sweep, point, run);
		add_point(&sum, point, &regret);
	}
	return sum;
}

static double mean_of(const struct sum *sum)
{
	return sum->nr ? exp(sum->logarithms / (double)sum->nr) : NAN;
}

static json_t *sum_json(const struct sum *sum)
{
	return json_pack("{s:o, s:s?, s:o, s:o, s:o, s:O}", "worst",
	    measure_of_ratio(&sum->worst.ratio), "point", sum->at ? sum->at->id : NULL, "place",
	    sum->at ? json_string(point_brief(sum->at).s) : json_null(), "rival",
	    rival_json(&sum->worst), "mean", measure_of_constant(mean_of(sum), number_ratio),
	    "lacks", sum->lacks);
}

/* Returns the combined regret over a selection, or null if the design has no regret at any of its
 * points. */
static json_t *further_sum_json(
    const struct report_sweep *sweep, const struct selection *selection, const char *implementation)
{
	const struct sum sum = sum_of(sweep, selection, implementation);
	json_t *json = sum.at ? sum_json(&sum) : json_null();

	json_decref(sum.lacks);
	return json;
}

/* -- all designs -- */

struct row {
	const char *implementation;
	bool ranked;
	struct sum sum;
};

/* A design without a regret at some point is not ranked, because it might be the worst there. */
static struct row row_of(
    const struct report_sweep *sweep, const struct selection *usual, const char *implementation)
{
	struct row row = {
	    .implementation = implementation, .sum = sum_of(sweep, usual, implementation)};

	row.ranked =
	    row.sum.at && !json_array_size(row.sum.lacks) && class_is_best(sweep, implementation);
	return row;
}

/* Sorts ranked designs first, then by ascending regret. Designs without a regret are last. Equal
 * designs are sorted by name. */
static int by_regret(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	const double worst_a = a->sum.worst.ratio.value, worst_b = b->sum.worst.ratio.value;
	const double mean_a = mean_of(&a->sum), mean_b = mean_of(&b->sum);

	if (a->ranked != b->ranked)
		return b->ranked - a->ranked;
	if (isnan(worst_a) || isnan(worst_b))
		return isnan(worst_a) - isnan(worst_b);
	if (worst_a != worst_b)
		return worst_a < worst_b ? -1 : 1;
	if (mean_a != mean_b)
		return mean_a < mean_b ? -1 : 1;
	return strcmp(a->implementation, b->implementation);
}

/* Returns a row for each implementation that may be ranked. The caller frees the rows. */
static struct row *rows_of(
    const struct report_sweep *sweep, const struct selection *usual, size_t *nr)
{
	json_t *names = json_object();
	struct row *rows = allocate(sweep->sweep.nr_runs, sizeof(*rows));

	*nr = 0;
	for (size_t i = 0; i < sweep->sweep.nr_runs; i++) {
		const char *name = sweep->sweep.runs[i].id.implementation;

		if (class_why_unranked(sweep, name) || json_object_get(names, name))
			continue;
		json_object_set_new(names, name, json_true());
		rows[(*nr)++] = row_of(sweep, usual, name);
	}
	json_decref(names);
	qsort(rows, *nr, sizeof(*rows), by_regret);
	return rows;
}

static json_t *row_json(const struct report_sweep *sweep, const struct row *row, json_int_t rank,
    const struct points *claims)
{
	const struct selection large = {&sweep->points, true}, of_claims = {claims, false};
	json_t *json = json_pack("{s:s, s:s, s:o}", "implementation", row->implementation, "class",
	    class_of(sweep, row->implementation), "rank",
	    row->ranked ? json_integer(rank) : json_null());

	json_object_update_new(json, sum_json(&row->sum));
	json_object_set_new(json, "large", further_sum_json(sweep, &large, row->implementation));
	json_object_set_new(
	    json, "claims", further_sum_json(sweep, &of_claims, row->implementation));
	return json;
}

/* Returns the ids of the selected points. */
static json_t *ids_json(const struct report_sweep *sweep, const struct selection *selection)
{
	json_t *ids = json_array();

	for (size_t i = 0; i < selection->points->nr; i++) {
		if (is_selected(sweep, selection, &selection->points->list[i]))
			json_array_append_new(ids, json_string(selection->points->list[i].id));
	}
	return ids;
}

json_t *regret_json(const struct report_sweep *sweep)
{
	const struct selection usual = {&sweep->points, false}, large = {&sweep->points, true};
	struct points claims = claims_points(&sweep->points);
	json_t *designs = json_array();
	size_t nr;
	struct row *rows = rows_of(sweep, &usual, &nr);

	for (size_t i = 0; i < nr; i++) {
		json_array_append_new(
		    designs, row_json(sweep, &rows[i], (json_int_t)i + 1, &claims));
		json_decref(rows[i].sum.lacks);
	}
	free(rows);
	free_claims_points(&claims);
	return json_pack("{s:s, s:i, s:o, s:o, s:o}", "class", sweep->family->classes[0].class,
	    "most_devices", (int)most_usual_devices(sweep), "points", ids_json(sweep, &usual),
	    "large_points", ids_json(sweep, &large), "designs", designs);
}
