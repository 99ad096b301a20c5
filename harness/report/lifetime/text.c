/* SPDX-License-Identifier: MIT */
/* What a report says of the lifetime of a service. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"refused_percent", "refused"},
    {"unbinds_per_second", "unbinds a second"},
    {"unbind_p50_ns", "unbind p50"},
    {"unbind_p99_ns", "unbind p99"},
    {"held_bytes", "held, mean"},
    {"held_bytes_max", "held, most"},
    {"use_p50_ns", "use p50"},
    {"use_p99_ns", "use p99"},
    {0},
};

static const struct family_class classes[] = {
    {"safe", "once unbind has returned nothing is used, and nobody gets it any more", true},
    {"unsafe", "a service can be used while or after it is freed", false},
    {0},
};

const struct family_text lifetime_text = {
    .name = "lifetime",
    .title = "Lifetime",
    .question = "Who uses a device that is unbound?",
    .baseline = "mutex",
    .headline = "unbind",
    .columns_note = "Refused: gets and uses, because nothing was bound. Held: the memory of "
		    "services that are unbound and not freed, because someone may use them or "
		    "keeps them.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"use", "unbind", "refused", NULL},
};
