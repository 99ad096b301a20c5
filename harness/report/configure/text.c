/* SPDX-License-Identifier: MIT */
/* What a report says of first-touch configuration. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"double_set_ups_per_million", "set up twice, of a million"},
    {"reports_per_million", "lock reports, of a million"},
    {"first_touch_p50_ns", "first touch p50"},
    {"first_touch_p99_ns", "first touch p99"},
    {"retouch_p50_ns", "touch p50"},
    {"retouch_p99_ns", "touch p99"},
    {0},
};

static const struct family_class classes[] = {
    {"safe", "a device has one state, complete for all who touched it", true},
    {"unsafe", "a device can have two states, or one that is not complete", false},
    {0},
};

const struct family_text configure_text = {
    .name = "configure",
    .title = "Configure",
    .question = "Who sets up a device’s IOMMU state?",
    .baseline = "global_mutex",
    .headline = "touch",
    .columns_note = "Set up twice: by two contexts at once; a safe design discards one of the "
		    "states. Lock reports: of an assertion that the device’s lock is held.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"first_touch", "retouch", NULL},
};
