/* SPDX-License-Identifier: MIT */
#include "bench/workloads/workload.h"

#include <string.h>

const struct workload workloads[] = {
    {
	.name = "share",
	.summary = "threads probe and remove their own devices of one group",
	.unit = "pairs",
	.family = &family_ownership,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.one_group = true,
	.groups = 1,
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
    {
	.name = "unbind",
	.summary =
	    "consumers use a device's service; one thread unbinds its driver and binds it again",
	.unit = "uses",
	.family = &family_lifetime,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.one_group = true,
	.groups = 1,
	.devices = 1,
    },
    {
	.name = "keep",
	.summary = "like unbind with 8 devices; consumers keep a service for a while, as an open "
		   "file does",
	.unit = "uses",
	.family = &family_lifetime,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.one_group = true,
	.groups = 1,
	.devices = 8,
	.keep_ns = 1000000,
    },
    {
	.name = "touch",
	.summary = "threads repeatedly touch devices that are set up",
	.unit = "touches",
	.family = &family_configure,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.one_group = true,
	.groups = 1,
	.devices = 8,
    },
    {
	.name = "steal",
	.summary = "one thread probes a device while a driver configures it by hand",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 1,
    },
    {
	.name = "platform",
	.summary = "a driver adds a device and configures it by hand while it is probed",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 2,
    },
    {
	.name = "fixup",
	.summary = "a probe configures its device by hand, under its lock, beside another probe",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 3,
    },
};
/* Not an entry of workloads[]: it measures nothing. */
const struct workload workload_race = {
    .name = "race",
    .summary = "two threads meet at fresh groups, with one operation each",
    .unit = "trials",
    .family = &family_ownership,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};

const struct workload workload_lifetime_race = {
    .name = "race",
    .summary = "a user and an unbind meet at fresh providers",
    .unit = "trials",
    .family = &family_lifetime,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};

const struct workload workload_configure_race = {
    .name = "race",
    .summary = "two contexts meet at fresh devices",
    .unit = "trials",
    .family = &family_configure,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};

const size_t nr_workloads = sizeof(workloads) / sizeof(workloads[0]);

const struct workload *workload_find(const char *name)
{
	for (size_t i = 0; i < nr_workloads; i++) {
		if (!strcmp(workloads[i].name, name))
			return &workloads[i];
	}
	return NULL;
}
