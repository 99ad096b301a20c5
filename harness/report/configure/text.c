/* SPDX-License-Identifier: MIT */
/* The texts of a report about first-touch configuration. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"double_set_ups_per_million", "set up twice, per million"},
    {"reports_per_million", "lock reports, per million"},
    {"first_touch_p50_ns", "first touch p50"},
    {"first_touch_p99_ns", "first touch p99"},
    {"retouch_p50_ns", "touch p50"},
    {"retouch_p99_ns", "touch p99"},
    {0},
};

static const struct family_class classes[] = {
    {"safe", "a device has one state, which is complete for every thread that touches the device",
	true},
    {"unsafe", "a device can have two states, or an incomplete one", false},
    {0},
};

const struct family_text configure_text = {
    .name = "configure",
    .title = "Configure",
    .question = "Who sets up a device’s IOMMU state?",
    .baseline = "global_mutex",
    .headline = "touch",
    .columns_note =
	"Set up twice: two contexts set the device up at the same time; a safe design discards one "
	"of the states. Lock reports: failures of an assertion that the device’s lock "
	"is held.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"first_touch", "retouch", NULL},
};
