/* SPDX-License-Identifier: MIT */
/* The explorer's family for first-touch configuration. */
#ifndef EXPLORE_CONFIGURE_H
#define EXPLORE_CONFIGURE_H

#include "harness/explore/family.h"

enum configure_action {
	ACTION_TOUCH,
	ACTION_PROBE,
	ACTION_FIXUP,
	ACTION_ADD,
	ACTION_AWAIT,
};

extern const struct explore_family explore_configure;

/* Implementations built for the explorer. The list ends with NULL. */
extern const struct explored *const explored_configure[];
extern const struct unseen explored_configure_unseen[];

extern const struct scenario configure_scenarios[];
extern const struct script_word configure_words[];
extern const struct generated_words configure_generated;
extern const struct judging configure_judging;

#endif
