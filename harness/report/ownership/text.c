/* SPDX-License-Identifier: MIT */
/* The texts of a report about group ownership. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"refused_percent", "probes refused"},
    {"probe_p50_ns", "probe p50"},
    {"probe_p99_ns", "probe p99"},
    {"bytes_per_group", "bytes per group"},
    {0},
};

static const struct family_class classes[] = {
    {"exact", "refuses only while a conflicting owner holds the group", true},
    {"cautious", "never has two conflicting owners, but may refuse while the group is free", true},
    {"leaky", "never has two conflicting owners, but may stay owned after all released it", true},
    {"unsafe", "conflicting owners can hold the group at the same time", false},
    {0},
};

const struct family_text ownership_text = {
    .name = "ownership",
    .title = "Ownership",
    .question = "Who owns the group’s DMA?",
    .baseline = "mutex_count",
    .headline = "share",
    .columns_note = "Probes refused: a user owned the group. A design that refuses many is fast "
		    "for that reason.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"probe", "remove", "refused", "claim", "claim_success",
	"release", "query", NULL},
};
