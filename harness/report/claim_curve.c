/* SPDX-License-Identifier: MIT */
#include "harness/report/claim_curve.h"

#include "harness/files/json_file.h"

/* [[devices, ratio, lowest, highest], ..] */
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
