/* SPDX-License-Identifier: MIT */
/* First-touch configuration as the explorer has it. */
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

/* Built for the explorer; ends with NULL. */
extern const struct explored *const explored_configure[];

extern const struct scenario configure_scenarios[];
extern const struct script_word configure_words[];
extern const struct judging configure_judging;

#endif
