/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots without epochs. The slot of a prober that is about to be refused
 * looks like a driver's, so the next claim after the user's release can be refused without a
 * reason. Also, a prober that reads a free word twice cannot detect that a user came and went in
 * between, so it is not ordered after that user.
 */
#define CONTROL_SUMMARY "device_slots_unguarded, but slots have no epoch"
#define CONTROL_CLASS CLASS_UNSAFE
#define WORD_EPOCH UINT64_C(0)
#define OVER_FENCE "fence/seq_cst.h"
#include "device_slots.h"
