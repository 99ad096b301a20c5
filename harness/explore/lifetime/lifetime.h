/* SPDX-License-Identifier: MIT */
/* The explorer's family for the lifetime of a service. */
#ifndef EXPLORE_LIFETIME_H
#define EXPLORE_LIFETIME_H

#include "harness/explore/family.h"

enum lifetime_action {
	ACTION_GET,
	ACTION_USE,
	ACTION_PUT,
	ACTION_UNBIND,
	ACTION_BIND,
	ACTION_REBIND
};

extern const struct explore_family explore_lifetime;

/* Implementations built for the explorer. The list ends with NULL. */
extern const struct explored *const explored_lifetime[];
extern const struct unseen explored_lifetime_unseen[];

extern const struct scenario lifetime_scenarios[];
extern const struct script_word lifetime_words[];
extern const struct generated_words lifetime_generated;
extern const struct judging lifetime_judging;

#endif
