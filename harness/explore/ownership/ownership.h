/* SPDX-License-Identifier: MIT */
/* The explorer's family for group ownership: its scenarios, and the driver core's steps around
 * an implementation. */
#ifndef EXPLORE_OWNERSHIP_H
#define EXPLORE_OWNERSHIP_H

#include "harness/explore/family.h"

enum ownership_action {
	ACTION_PROBE,
	ACTION_PROBE_PINCTRL,
	ACTION_PROBE_FAIL,
	ACTION_PROBE_MANAGED,
	ACTION_PROBE_UNLOCKED,
	ACTION_REMOVE, /* actions up to here take device_lock */
	ACTION_CLAIM,
	ACTION_DEVICE_CLAIM,
	ACTION_RELEASE,
	ACTION_CLAIMED,
	ACTION_ADD,
	ACTION_DEL,
	ACTION_UNREGISTER,
};

extern const struct explore_family explore_ownership;

/* Implementations built for the explorer. The list ends with NULL. */
extern const struct explored *const explored_ownership[];
extern const struct unseen explored_ownership_unseen[];

extern const struct scenario ownership_scenarios[];
extern const struct script_word ownership_words[];
extern const struct generated_words ownership_generated;
extern const struct judging ownership_judging;

enum impl_class ownership_class(unsigned int faults);

#endif
