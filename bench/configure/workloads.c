/* SPDX-License-Identifier: MIT */
#include "bench/configure/configure.h"

const struct workload configure_workloads[] = {
    {
	.name = "touch",
	.summary = "threads repeatedly touch devices that have been set up",
	.unit = "touches",
	.family = &family_configure,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.scales = true,
	.one_group = true,
	.groups = 1,
	.devices = 8,
    },
    {
	.name = "steal",
	.summary = "one thread probes a device while a driver configures it without device_lock",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 1,
    },
    {
	.name = "platform",
	.summary =
	    "a driver adds a device and configures it without device_lock while it is probed",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 2,
    },
    {
	.name = "fixup",
	.summary = "a probe configures its device by hand, under device_lock, beside another probe",
	.unit = "devices",
	.family = &family_configure,
	.loop = LOOP_RACE,
	.path = BUS_PATH_OPS,
	.groups = RACE_GROUPS,
	.race = 3,
    },
    {.name = NULL},
};

/* The workload of --check=race. It is not listed, because it measures nothing. */
const struct workload configure_race = {
    .name = "race",
    .summary = "two contexts touch fresh devices at the same time",
    .unit = "trials",
    .family = &family_configure,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};
