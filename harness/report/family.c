/* SPDX-License-Identifier: MIT */
#include "harness/report/family.h"

#include <string.h>

const struct family_column family_common_columns[] = {
    {"fairness", "fairness"},
    {"slowest_of_fastest", "slowest of fastest thread"},
    {0},
};

/* -- ownership -- */

static const struct family_column ownership_columns[] = {
    {"refused_percent", "probes refused"},
    {"probe_p50_ns", "probe p50"},
    {"probe_p99_ns", "probe p99"},
    {"bytes_per_group", "bytes a group"},
    {0},
};

static const struct family_class ownership_classes[] = {
    {"exact", "refuses only while a conflicting owner really holds", true},
    {"cautious", "never two conflicting owners, but may refuse although nobody holds", true},
    {"leaky", "never two conflicting owners, but can stay owned after all have let go", true},
    {"unsafe", "conflicting owners can hold at once", false},
    {0},
};

static const struct family_text ownership = {
    .name = "ownership",
    .title = "Ownership",
    .question = "Who owns the group’s DMA?",
    .baseline = "mutex_count",
    .headline = "share",
    .columns_note = "Probes refused: because a user owned the group. A design that refuses much "
		    "is quick.",
    .classes = ownership_classes,
    .columns = ownership_columns,
    .operations = (const char *const[]){"probe", "remove", "refused", "claim", "claim_success",
	"release", "query", NULL},
};

/* -- lifetime -- */

static const struct family_column lifetime_columns[] = {
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

static const struct family_class lifetime_classes[] = {
    {"safe", "once unbind has returned nothing is used, and nobody gets it any more", true},
    {"unsafe", "a service can be used while or after it is freed", false},
    {0},
};

static const struct family_text lifetime = {
    .name = "lifetime",
    .title = "Lifetime",
    .question = "Who uses a device that is unbound?",
    .baseline = "mutex",
    .headline = "unbind",
    .columns_note = "Refused: gets and uses, because nothing was bound. Held: the memory of "
		    "services that are unbound and not freed, because someone may use them or "
		    "keeps them.",
    .classes = lifetime_classes,
    .columns = lifetime_columns,
    .operations = (const char *const[]){"use", "unbind", "refused", NULL},
};

/* -- configure -- */

static const struct family_column configure_columns[] = {
    {"double_set_ups_per_million", "set up twice, of a million"},
    {"reports_per_million", "lock reports, of a million"},
    {"first_touch_p50_ns", "first touch p50"},
    {"first_touch_p99_ns", "first touch p99"},
    {"retouch_p50_ns", "touch p50"},
    {"retouch_p99_ns", "touch p99"},
    {0},
};

static const struct family_class configure_classes[] = {
    {"safe", "a device has one state, complete for all who touched it", true},
    {"unsafe", "a device can have two states, or one that is not complete", false},
    {0},
};

static const struct family_text configure = {
    .name = "configure",
    .title = "Configure",
    .question = "Who sets up a device’s IOMMU state?",
    .baseline = "global_mutex",
    .headline = "touch",
    .columns_note = "Set up twice: by two contexts at once; a safe design discards one of the "
		    "states. Lock reports: of an assertion that the device’s lock is held.",
    .classes = configure_classes,
    .columns = configure_columns,
    .operations = (const char *const[]){"first_touch", "retouch", NULL},
};

/* -- all -- */

const struct family_text *const family_texts[] = {&ownership, &lifetime, &configure, NULL};

const struct family_text *family_text_find(const char *name)
{
	for (size_t i = 0; family_texts[i]; i++) {
		if (!strcmp(family_texts[i]->name, name))
			return family_texts[i];
	}
	return NULL;
}

json_t *family_ranked_words(const struct family_text *family)
{
	const struct family_class *class = family->classes;
	json_t *words = json_string(class ++->class);

	for (; class->class && class->ranked; class ++) {
		json_t *longer = json_sprintf("%s%s%s", json_string_value(words),
		    class[1].class && class[1].ranked ? ", " : " or ", class->class);

		json_decref(words);
		words = longer;
	}
	return words;
}
