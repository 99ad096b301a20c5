/* SPDX-License-Identifier: MIT */
/* What a report says of group ownership. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"refused_percent", "probes refused"},
    {"probe_p50_ns", "probe p50"},
    {"probe_p99_ns", "probe p99"},
    {"bytes_per_group", "bytes a group"},
    {0},
};

static const struct family_class classes[] = {
    {"exact", "refuses only while a conflicting owner really holds", true},
    {"cautious", "never two conflicting owners, but may refuse although nobody holds", true},
    {"leaky", "never two conflicting owners, but can stay owned after all have let go", true},
    {"unsafe", "conflicting owners can hold at once", false},
    {0},
};

const struct family_text ownership_text = {
    .name = "ownership",
    .title = "Ownership",
    .question = "Who owns the group’s DMA?",
    .baseline = "mutex_count",
    .headline = "share",
    .columns_note = "Probes refused: because a user owned the group. A design that refuses much "
		    "is quick.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"probe", "remove", "refused", "claim", "claim_success",
	"release", "query", NULL},
};
