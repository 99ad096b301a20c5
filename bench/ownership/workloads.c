/* SPDX-License-Identifier: MIT */
#include "bench/ownership/ownership.h"

enum { MS = 1000000, PHASE = 10 * MS }; /* nanoseconds */

/* Mixes in which the last thread claims seldom, and in which it claims often. */
static const struct workload_mix share_mixes[] = {
    {.claim_every_ns = MS}, {.claim_every_ns = MS / 100}, {.claims = 0}};

/* Mixes with few claims up to as many claims as probes, and mixes with large groups, which a claim
 * may have to walk. */
static const struct workload_mix takeover_mixes[] = {{.claims = 0.001}, {.claims = 0.01},
    {.claims = 0.5}, {.devices = 64}, {.devices = 512}, {.claims = 0}};

const struct workload ownership_workloads[] = {
    {
	.name = "share",
	.summary = "threads probe and remove their own devices of one group",
	.unit = "pairs",
	.family = &family_ownership,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.scales = true,
	.one_group = true,
	.groups = 1,
	.mixes = share_mixes,
    },
    {
	.name = "spread",
	.summary = "threads probe and remove their own devices of many groups",
	.unit = "pairs",
	.family = &family_ownership,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.groups = 16,
    },
    {
	.name = "takeover",
	.summary = "threads probe while users claim the group and release it",
	.unit = "pairs",
	.family = &family_ownership,
	.loop = LOOP_MIXED,
	.path = BUS_PATH_OPS,
	.groups = 1,
	.defaults = {.claims = 0.1},
	.mixes = takeover_mixes,
    },
    {
	.name = "phases",
	.summary = "all threads probe for 10 ms, then all claim as users for 10 ms",
	.unit = "pairs",
	.family = &family_ownership,
	.exact_only = true,
	.loop = LOOP_MIXED,
	.path = BUS_PATH_OPS,
	.groups = 1,
	.alternate_ns = PHASE,
    },
    {
	.name = "busy",
	.summary = "a user owns the groups throughout, so that every probe is refused",
	.unit = "refused probes",
	.family = &family_ownership,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.user_holds = true,
	.groups = 1,
    },
    {
	.name = "flap",
	.summary = "probes fail at the pinctrl, dma_configure or driver step",
	.unit = "pairs",
	.family = &family_ownership,
	.loop = LOOP_MIXED,
	.path = BUS_PATH_PROBE,
	.groups = 1,
	.defaults = {.fail_pinctrl = 0.1, .fail_configure = 0.1, .fail_driver = 0.1},
    },
    {
	.name = "hotplug",
	.summary = "devices leave the group and join it again, beside probes and claims",
	.unit = "pairs",
	.family = &family_ownership,
	.exact_only = true,
	.loop = LOOP_MIXED,
	.path = BUS_PATH_OPS,
	.groups = 1,
	.defaults = {.claims = 0.1, .plugs = 0.1},
    },
    {
	.name = "query",
	.summary = "half of the threads query whether the group is owned, the others probe",
	.unit = "pairs",
	.family = &family_ownership,
	.exact_only = true,
	.loop = LOOP_MIXED,
	.path = BUS_PATH_OPS,
	.groups = 1,
	.defaults = {.readers = 0.5},
    },
    {
	.name = "storm",
	.summary = "all devices of a topology are probed once, as at boot",
	.unit = "devices bound",
	.family = &family_ownership,
	.loop = LOOP_BIND,
	.path = BUS_PATH_PROBE,
	.topology = true,
	.groups = 16,
    },
    {.name = NULL},
};

/* The workload of --check=race. It is not listed, because it measures nothing. */
const struct workload ownership_race = {
    .name = "race",
    .summary = "two threads race for fresh groups, with one operation each",
    .unit = "trials",
    .family = &family_ownership,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};
