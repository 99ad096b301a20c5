/* SPDX-License-Identifier: MIT */
#include "harness/report/claim_curve.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "harness/files/json_file.h"

/* -- to JSON -- */

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

/* -- from JSON, which anyone may have written -- */

static size_t limited_size(const json_t *array, size_t most)
{
	size_t nr = json_array_size(array);

	return nr < most ? nr : most + 1;
}

/* NAN: it is null. */
static bool read_number(const json_t *json, double *out)
{
	*out = json_is_number(json) ? json_number_value(json) : NAN;
	return json_is_number(json) || json_is_null(json);
}

static bool read_ratio(json_t *json, json_int_t *devices, struct claim_ratio *out)
{
	json_t *value, *low, *high;

	return !json_unpack(json, "[I,o,o,o]", devices, &value, &low, &high) &&
	       read_number(value, &out->value) && read_number(low, &out->low) &&
	       read_number(high, &out->high);
}

static bool read_ratios(struct claim_curve *curve, json_t *list, struct claim_ratio *out)
{
	size_t nr = limited_size(list, CLAIM_CURVE_SIZES), last = 0;

	if (!nr || nr > CLAIM_CURVE_SIZES || (curve->nr && nr != curve->nr))
		return false;
	for (size_t i = 0; i < nr; i++) {
		json_int_t devices;

		if (!read_ratio(json_array_get(list, i), &devices, &out[i]) ||
		    devices <= (json_int_t)last)
			return false;
		curve->devices[i] = last = (size_t)devices;
	}
	curve->nr = nr;
	return true;
}

static bool read_real(struct claim_curve *curve, json_t *list)
{
	size_t nr = limited_size(list, CLAIM_CURVE_REAL), last = 0;

	if (!nr || nr > CLAIM_CURVE_REAL)
		return false;
	for (size_t i = 0; i < nr; i++) {
		json_int_t devices, groups;

		if (json_unpack(json_array_get(list, i), "[I,I]", &devices, &groups) ||
		    devices <= (json_int_t)last || groups <= 0)
			return false;
		curve->real[i].devices = last = (size_t)devices;
		curve->real[i].groups = (size_t)groups;
	}
	curve->nr_real = nr;
	return true;
}

int claim_curve_read(struct claim_curve *curve, const json_t *claim)
{
	json_t *json = json_object_get(claim, "curve"), *warm, *cold, *real;
	json_int_t boundary, machines;

	memset(curve, 0, sizeof(*curve));
	if (json &&
	    !json_unpack(json, "{s:F, s:I, s:o, s:o, s:o, s:I}", "limit", &curve->limit, "boundary",
		&boundary, "warm", &warm, "cold", &cold, "real_groups", &real, "real_machines",
		&machines) &&
	    curve->limit > 0 && isfinite(curve->limit) && boundary >= 0 && machines > 0 &&
	    read_ratios(curve, warm, curve->warm) && read_ratios(curve, cold, curve->cold) &&
	    read_real(curve, real)) {
		curve->boundary = (size_t)boundary;
		curve->nr_machines = (size_t)machines;
		return 0;
	}
	memset(curve, 0, sizeof(*curve));
	return -1;
}

/* -- along an axis -- */

static bool is_known(double ratio)
{
	return isfinite(ratio) && ratio > 0;
}

bool claim_ratio_is_known(const struct claim_ratio *ratio)
{
	return is_known(ratio->value);
}

struct interval claim_ratio_within(const struct claim_ratio *ratio, double min, double max)
{
	return interval_between(is_known(ratio->low) ? fmin(fmax(ratio->low, min), max) : min,
	    is_known(ratio->high) ? fmax(fmin(ratio->high, max), min) : max);
}
