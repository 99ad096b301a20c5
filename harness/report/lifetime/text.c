/* SPDX-License-Identifier: MIT */
/* The texts of a report about the lifetime of a service. */
#include "harness/report/family.h"

static const struct family_column columns[] = {
    {"refused_percent", "refused"},
    {"unbinds_per_second", "unbinds per second"},
    {"unbind_p50_ns", "unbind p50"},
    {"unbind_p99_ns", "unbind p99"},
    {"held_bytes", "held, mean"},
    {"held_bytes_max", "held, maximum"},
    {"use_p50_ns", "use p50"},
    {"use_p99_ns", "use p99"},
    {0},
};

static const struct family_class classes[] = {
    {"safe", "after unbind returns, the service is not in use and no get succeeds", true},
    {"unsafe", "a service can be used while or after it is freed", false},
    {0},
};

const struct family_text lifetime_text = {
    .name = "lifetime",
    .title = "Lifetime",
    .question = "Who uses a device that is being unbound?",
    .baseline = "mutex",
    .headline = "unbind",
    .columns_note = "Refused: gets and uses while nothing was bound. Held: memory of services "
		    "that are unbound and not yet freed, because a reader may still use them "
		    "or holds a reference.",
    .classes = classes,
    .columns = columns,
    .operations = (const char *const[]){"use", "unbind", "refused", NULL},
};
