/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/report/claim_curve.h"
#include "harness/report/number.h"
#include "harness/report/parts.h"
#include "harness/stats/interval.h"

static const char *verdict_of(const json_t *claim)
{
	const char *verdict = member_text(claim, "verdict");

	return *verdict ? verdict : "not run";
}

static json_t *value_json(const json_t *claim)
{
	const double low = member_number(claim, "low"), high = member_number(claim, "high");

	return measure_json(member_number(claim, "value"),
	    isnan(low) || isnan(high) ? no_interval : interval_between(low, high), 0, number_plain);
}

/* -- the curve of a claim -- */

/* Returns the ratios as rows, [[devices, ratio, low, high], ..]. */
static json_t *ratios_json(const struct claim_curve *curve, const struct claim_ratio *ratios)
{
	json_t *list = json_array();

	for (size_t i = 0; i < curve->nr; i++)
		json_array_append_new(
		    list, json_pack("[I,o,o,o]", (json_int_t)curve->devices[i],
			      number_or_null(ratios[i].value), number_or_null(ratios[i].low),
			      number_or_null(ratios[i].high)));
	return list;
}

json_t *claim_curve_json(const struct claim_curve *curve)
{
	json_t *real = json_array();

	for (size_t i = 0; i < curve->nr_real; i++)
		json_array_append_new(real, json_pack("[I,I]", (json_int_t)curve->real[i].devices,
						(json_int_t)curve->real[i].groups));
	return json_pack("{s:f, s:I, s:o, s:o, s:o, s:I}", "limit", curve->limit, "boundary",
	    (json_int_t)curve->boundary, "warm", ratios_json(curve, curve->warm), "cold",
	    ratios_json(curve, curve->cold), "real_groups", real, "real_machines",
	    (json_int_t)curve->nr_machines);
}

/* -- validation: claims.json may have been written by hand -- */

/* Returns whether the sizes in the rows ascend and every row satisfies `is_right`. */
static bool is_list_of_sizes(const json_t *list, size_t most, bool (*is_right)(const json_t *row))
{
	const size_t nr = json_array_size(list);
	json_int_t last = 0;
	const json_t *row;
	size_t i;

	json_array_foreach (list, i, row) {
		const json_int_t size = json_integer_value(json_array_get(row, 0));

		if (size <= last || !is_right(row))
			return false;
		last = size;
	}
	return nr > 0 && nr <= most;
}

/* Returns whether the row is [size, ratio, low, high], where null means unknown. */
static bool has_ratio(const json_t *row)
{
	for (size_t i = 1; i < 4; i++) {
		const json_t *number = json_array_get(row, i);

		if (!json_is_number(number) && !json_is_null(number))
			return false;
	}
	return json_array_size(row) == 4;
}

/* Returns whether the row is [size, groups]. */
static bool has_groups(const json_t *row)
{
	return json_integer_value(json_array_get(row, 1)) > 0;
}

static bool is_curve(json_t *curve)
{
	const json_t *warm = json_object_get(curve, "warm"), *cold = json_object_get(curve, "cold");
	json_int_t boundary, machines;
	double limit;

	return !json_unpack(curve, "{s:F, s:I, s:I}", "limit", &limit, "boundary", &boundary,
		   "real_machines", &machines) &&
	       limit > 0 && boundary >= 0 && machines > 0 &&
	       json_array_size(warm) == json_array_size(cold) &&
	       is_list_of_sizes(warm, CLAIM_CURVE_SIZES, has_ratio) &&
	       is_list_of_sizes(cold, CLAIM_CURVE_SIZES, has_ratio) &&
	       is_list_of_sizes(
		   json_object_get(curve, "real_groups"), CLAIM_CURVE_REAL, has_groups);
}

static json_t *claim_json(const json_t *claim)
{
	json_t *json = json_copy((json_t *)claim); /* json_copy() does not modify it */

	json_object_set_new(json, "verdict", json_string(verdict_of(claim)));
	json_object_set_new(json, "value", value_json(claim));
	if (!is_curve(json_object_get(claim, "curve")))
		json_object_set_new(json, "curve", json_null());
	json_object_del(json, "low");
	json_object_del(json, "high");
	return json;
}

/* -- all claims -- */

json_t *claims_json(const json_t *claims)
{
	json_t *list;
	const json_t *claim;
	size_t i;

	if (!claims)
		return json_null();
	list = json_array();
	json_array_foreach (json_object_get(claims, "claims"), i, claim)
		json_array_append_new(list, claim_json(claim));
	return list;
}

json_t *claim_counts_json(const json_t *claims)
{
	static const char *const verdicts[] = {
	    "confirmed", "refuted", "boundary", "undecided", "not run"};
	json_t *counts;

	if (!claims)
		return json_null();
	counts = json_array();
	for (size_t v = 0; v < sizeof(verdicts) / sizeof(verdicts[0]); v++) {
		json_int_t nr = 0;
		const json_t *claim;
		size_t i;

		json_array_foreach (json_object_get(claims, "claims"), i, claim)
			nr += !strcmp(verdict_of(claim), verdicts[v]);
		if (nr)
			json_array_append_new(counts, json_pack("[s,I]", verdicts[v], nr));
	}
	return counts;
}
