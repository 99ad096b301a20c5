/* SPDX-License-Identifier: MIT */
/* The texts of a report about group ownership. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"refused_percent", "probes refused"},
    {"claims_per_second", "claims/s"},
    {"claims_refused_percent", "claims refused"},
    {"claim_granted_p50_ns", "granted claim p50"},
    {"claim_granted_p99_ns", "granted claim p99"},
    {"claim_refused_p50_ns", "refused claim p50"},
    {"claim_refused_p99_ns", "refused claim p99"},
    {"probe_p50_ns", "probe p50"},
    {"probe_p99_ns", "probe p99"},
    {"bytes_per_group", "bytes per group"},
    {0},
};

static const struct family_class classes[] = {
    {"exact", "refuses only while a conflicting owner holds the group", true},
    {"cautious", "never has two conflicting owners, but may refuse while the group is free", true},
    {"leaky",
	"never has two conflicting owners, but may leave the group owned after everyone has "
	"released it",
	true},
    {"unsafe", "conflicting owners can hold the group at the same time", false},
    {0},
};

const struct family_text ownership_text = {
    .name = "ownership",
    .title = "Ownership",
    .question = "Who owns the group’s DMA?",
    .baseline = "mutex_count",
    .headline = "share",
    .columns_note = "Probes refused: probes while a user owned the group. Refusing is cheap, so a "
		    "design that refuses many probes looks fast. Claims/s: granted claims, which "
		    "are not counted as pairs.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"probe", "remove", "refused", "claim_granted",
	"claim_refused", "claim_success", "release", "query", NULL},
};
