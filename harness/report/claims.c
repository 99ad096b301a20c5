/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "harness/files/json_file.h"
#include "harness/report/claim_curve.h"
#include "harness/report/measure.h"
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

static json_t *claim_json(const json_t *claim)
{
	json_t *json = json_copy((json_t *)claim); /* it only reads it */
	struct claim_curve curve;

	json_object_set_new(json, "verdict", json_string(verdict_of(claim)));
	json_object_set_new(json, "value", value_json(claim));
	if (claim_curve_read(&curve, claim))
		json_object_set_new(json, "curve", json_null());
	json_object_del(json, "low");
	json_object_del(json, "high");
	return json;
}

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
