/* SPDX-License-Identifier: MIT */
#include "harness/results/report/family.h"

#include <math.h>
#include <string.h>

/* Refused of all that was tried, in percent. */
static double refused_percent(const struct sweep_point *point)
{
	double refused = sweep_counter(point, "refused_per_second");

	if (!strcmp(point->workload, "busy") || !(refused >= 0))
		return NAN; /* there the items are refusals */
	return 100 * refused / (refused + point->median);
}

static struct text percent(double value)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.20s %%", number_plain(value).s);
	return text;
}

static struct text bytes(double value)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.20s B", number_si(value).s);
	return text;
}

const struct report_column report_common_columns[] = {
    {.key = "fairness", .heading = "fairness", .counter = "fairness", .text = number_plain},
    {.key = "slowest",
	.heading = "slowest of fastest thread",
	.counter = "slowest_of_fastest",
	.text = number_plain},
    {0},
};

/* -- ownership -- */

static const struct report_column ownership_columns[] = {
    {.key = "refused", .heading = "probes refused", .value = refused_percent, .text = percent},
    {.key = "p50", .heading = "probe p50", .counter = "probe_p50_ns", .text = number_time},
    {.key = "p99", .heading = "probe p99", .counter = "probe_p99_ns", .text = number_time},
    {.key = "bytes",
	.heading = "bytes a group",
	.counter = "bytes_per_group",
	.text = number_plain},
    {0},
};

static const struct report_meaning ownership_meanings[] = {
    {"exact", "refuses only while a conflicting owner really holds"},
    {"cautious", "never two conflicting owners, but may refuse although nobody holds"},
    {"leaky", "never two conflicting owners, but can stay owned after all have let go"},
    {"unsafe", "conflicting owners can hold at once"},
    {NULL, NULL},
};

static const struct report_quantity no_quantities[] = {{0}};

static const struct report_family ownership = {
    .name = "ownership",
    .title = "Ownership",
    .prefix = "",
    .question = "Who owns the group’s DMA?",
    .baseline = "mutex_count",
    .headline = "share",
    .ranked = "exact, cautious or leaky",
    .runs = "Probes refused: because a user owned the group; a design that refuses much is quick.",
    .meanings = ownership_meanings,
    .columns = ownership_columns,
    .operations = (const char *const[]){"probe", "remove", "refused", "claim", "claim_success",
	"release", "query", NULL},
    .quantities = no_quantities,
};

/* -- lifetime -- */

static const struct report_column lifetime_columns[] = {
    {.key = "refused", .heading = "refused", .value = refused_percent, .text = percent},
    {.key = "unbinds",
	.heading = "unbinds a second",
	.counter = "unbinds_per_second",
	.text = number_si},
    {.key = "unbind-p50", .heading = "unbind p50", .counter = "unbind_p50_ns", .text = number_time},
    {.key = "unbind-p99", .heading = "unbind p99", .counter = "unbind_p99_ns", .text = number_time},
    {.key = "held", .heading = "held, mean", .counter = "held_bytes", .text = bytes},
    {.key = "held-max", .heading = "held, most", .counter = "held_bytes_max", .text = bytes},
    {.key = "p50", .heading = "use p50", .counter = "use_p50_ns", .text = number_time},
    {.key = "p99", .heading = "use p99", .counter = "use_p99_ns", .text = number_time},
    {0},
};

static const struct report_meaning lifetime_meanings[] = {
    {"safe", "once unbind has returned nothing is used, and nobody gets it any more"},
    {"unsafe", "a service can be used while or after it is freed"},
    {NULL, NULL},
};

static const struct report_quantity lifetime_quantities[] = {
    {"held_bytes",
	"memory of unbound services that is not freed yet: mean over the run, less is "
	"better",
	bytes},
    {0},
};

static const struct report_family lifetime = {
    .name = "lifetime",
    .title = "Lifetime",
    .prefix = "lifetime-",
    .question = "Who uses a device that is unbound?",
    .baseline = "mutex",
    .headline = "unbind",
    .ranked = "safe",
    .runs = "Refused: gets and uses, because nothing was bound. Held: the memory of services "
	    "that are unbound and not freed, because someone may use them or keeps them.",
    .meanings = lifetime_meanings,
    .columns = lifetime_columns,
    .operations = (const char *const[]){"use", "unbind", "refused", NULL},
    .quantities = lifetime_quantities,
};

/* -- configure -- */

static const struct report_column configure_columns[] = {
    {.key = "doubles",
	.heading = "set up twice, of a million",
	.counter = "double_set_ups_per_million",
	.text = number_plain},
    {.key = "reports",
	.heading = "lock reports, of a million",
	.counter = "reports_per_million",
	.text = number_plain},
    {.key = "first-p50",
	.heading = "first touch p50",
	.counter = "first_touch_p50_ns",
	.text = number_time},
    {.key = "first-p99",
	.heading = "first touch p99",
	.counter = "first_touch_p99_ns",
	.text = number_time},
    {.key = "p50", .heading = "touch p50", .counter = "retouch_p50_ns", .text = number_time},
    {.key = "p99", .heading = "touch p99", .counter = "retouch_p99_ns", .text = number_time},
    {0},
};

static const struct report_meaning configure_meanings[] = {
    {"safe", "a device has one state, complete for all who touched it"},
    {"unsafe", "a device can have two states, or one that is not complete"},
    {NULL, NULL},
};

static const struct report_family configure = {
    .name = "configure",
    .title = "Configure",
    .prefix = "configure-",
    .question = "Who sets up a device’s IOMMU state?",
    .baseline = "global_mutex",
    .headline = "touch",
    .ranked = "safe",
    .runs = "Set up twice: by two contexts at once; a safe design discards one of the states. Lock "
	    "reports: of an assertion that the device’s lock is held.",
    .meanings = configure_meanings,
    .columns = configure_columns,
    .operations = (const char *const[]){"first_touch", "retouch", NULL},
    .quantities = no_quantities,
};

/* -- all -- */

const struct report_family *const report_families[] = {&ownership, &lifetime, &configure, NULL};

const struct report_family *report_family_find(const char *name)
{
	for (size_t i = 0; report_families[i]; i++) {
		if (!strcmp(report_families[i]->name, name))
			return report_families[i];
	}
	return NULL;
}

double report_column_value(const struct report_column *column, const struct sweep_point *point)
{
	return column->value ? column->value(point) : sweep_counter(point, column->counter);
}
