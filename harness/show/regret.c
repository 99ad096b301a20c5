/* SPDX-License-Identifier: MIT */
#include "harness/show/regret.h"

#include <stdarg.h>
#include <stdio.h>

#include "harness/show/report_document.h"

const struct regret_column regret_columns[REGRET_COLUMNS] = {
    [REGRET_RANK] = {"", ALIGN_RIGHT, COLUMN_STAYS},
    [REGRET_DESIGN] = {"design", ALIGN_LEFT, COLUMN_STAYS},
    [REGRET_WORST] = {"worst", ALIGN_RIGHT, COLUMN_STAYS},
    [REGRET_INTERVAL] = {"95% interval", ALIGN_LEFT, COLUMN_STAYS},
    [REGRET_MEAN] = {"mean", ALIGN_RIGHT, COLUMN_STAYS},
    [REGRET_LARGE] = {"worst in large groups", ALIGN_RIGHT, 3},
    [REGRET_CLAIMS] = {"worst in claims", ALIGN_RIGHT, 2},
    [REGRET_CLASS] = {"class", ALIGN_LEFT, 6},
    [REGRET_LACKS] = {"lacks", ALIGN_LEFT, 1},
    [REGRET_RIVAL] = {"against", ALIGN_LEFT, 5},
    [REGRET_PLACE] = {"at", ALIGN_LEFT, 4},
};

static size_t count_points(const json_t *regret, const char *which)
{
	return json_array_size(json_object_get(regret, which));
}

const json_t *regret_designs(const json_t *sweep)
{
	const json_t *regret = json_object_get(sweep, "regret");

	if (count_points(regret, "points") + count_points(regret, "large_points") < 2)
		return NULL;
	return json_object_get(regret, "designs");
}

struct regret_title regret_title(const json_t *sweep)
{
	const json_t *regret = json_object_get(sweep, "regret");
	struct regret_title title;
	char large[80] = "";

	if (count_points(regret, "large_points"))
		snprintf(large, sizeof(large),
		    " with groups of up to %" JSON_INTEGER_FORMAT " devices",
		    json_integer_value(json_object_get(regret, "most_devices")));
	snprintf(title.s, sizeof(title.s),
	    "Regret: how many times faster the best %.20s design is than each design, over %zu "
	    "points%s",
	    member_text(regret, "class"), count_points(regret, "points"), large);
	return title;
}

static struct regret_cell cell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static struct regret_cell cell(const char *format, ...)
{
	struct regret_cell cell;
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(cell.s, sizeof(cell.s), format, arguments);
	va_end(arguments);
	return cell;
}

static struct regret_cell rank_cell(const json_t *rank)
{
	return json_is_integer(rank) ? cell("%" JSON_INTEGER_FORMAT, json_integer_value(rank))
	                             : cell("-");
}

/* Returns the worst regret over additional points, "1.20×", or "1.20×, lacks 1" if the design has
 * no regret at one of them. */
static struct regret_cell further_cell(const json_t *regrets)
{
	const char *worst = measure_text(json_object_get(regrets, "worst"));
	const size_t lacks = json_array_size(json_object_get(regrets, "lacks"));

	return lacks ? cell("%s, lacks %zu", worst, lacks) : cell("%s", worst);
}

static struct regret_cell lacks_cell(const json_t *regret, const json_t *design)
{
	const size_t lacks = json_array_size(json_object_get(design, "lacks"));

	return lacks ? cell("%zu of %zu points", lacks, count_points(regret, "points"))
	             : cell("%s", "");
}

struct regret_row regret_row(const json_t *sweep, const json_t *design)
{
	const json_t *worst = json_object_get(design, "worst");

	return (struct regret_row){{
	    [REGRET_RANK] = rank_cell(json_object_get(design, "rank")),
	    [REGRET_DESIGN] = cell("%s", member_text(design, "implementation")),
	    [REGRET_WORST] = cell("%s", measure_text(worst)),
	    [REGRET_INTERVAL] = cell("%s", measure_interval(worst)),
	    [REGRET_MEAN] = cell("%s", measure_text(json_object_get(design, "mean"))),
	    [REGRET_LARGE] = further_cell(json_object_get(design, "large")),
	    [REGRET_CLAIMS] = further_cell(json_object_get(design, "claims")),
	    [REGRET_CLASS] = cell("%s", member_text(design, "class")),
	    [REGRET_LACKS] = lacks_cell(json_object_get(sweep, "regret"), design),
	    [REGRET_RIVAL] = cell("%s", member_text(design, "rival")),
	    [REGRET_PLACE] = cell("%s", member_text(design, "place")),
	}};
}
