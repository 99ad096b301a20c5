/* SPDX-License-Identifier: MIT */
#include "harness/explore/ownership/ownership.h"

/*
 * A thread is a sequence of
 *
 *	probe:D           a DMA-API driver probes device D (0..3)
 *	probe-pinctrl:D   the same; the pinctrl step fails, before the ownership is touched
 *	probe-fail:D      the same; the driver's own probe fails
 *	probe-managed:D   a driver_managed_dma driver probes D
 *	probe-unlocked:D  as probe:D, by a caller who does not take the device_lock that he owes
 *	remove:D          if the probe of D by this thread succeeded
 *	claim:O           user O (A or B) claims the group
 *	claim:D:O         the same through device D
 *	release           what this thread claimed last and has not released, if anything
 *	claimed           asks
 *	add:D, del:D      hotplug; a device that is added somewhere is not there at the start
 *
 * Devices 0 and 1 are near each other, where an implementation looks at that, and so are 2 and 3.
 * A device that more than one thread probes or removes has its device_lock taken; of the others'
 * only the order is looked at, and who holds it (harness/check/lockorder.h).
 */
const struct script_word ownership_words[] = {
    {"probe", "d", ACTION_PROBE},
    {"probe-pinctrl", "d", ACTION_PROBE_PINCTRL},
    {"probe-fail", "d", ACTION_PROBE_FAIL},
    {"probe-managed", "d", ACTION_PROBE_MANAGED},
    {"probe-unlocked", "d", ACTION_PROBE_UNLOCKED},
    {"remove", "d", ACTION_REMOVE},
    {"claim", "o", ACTION_CLAIM},
    {"claim", "do", ACTION_DEVICE_CLAIM},
    {"release", "", ACTION_RELEASE},
    {"claimed", "", ACTION_CLAIMED},
    {"add", "d", ACTION_ADD},
    {"del", "d", ACTION_DEL},
    {0},
};

const struct scenario ownership_scenarios[] = {
    {"probe_claim", "a prober and a claimer", {"probe:0 remove:0", "claim:A release"}},
    {"two_removes", "two drivers share the group and leave it",
	{"probe:0 remove:0", "probe:1 remove:1"}},
    {"two_probers", "two probers and a claimer",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"far_probers", "two probers in different parts of the machine, and a claimer",
	{"probe:0 remove:0", "probe:2 remove:2", "claim:A release"}},
    {"two_claimers", "two users want the same group", {"claim:A release", "claim:B release"}},
    {"prober_two_claimers", "a prober between two users",
	{"probe:0 remove:0", "claim:A release", "claim:B release"}},
    {"pinctrl_fails", "a sibling's probe fails in the pinctrl step, and no cleanup follows",
	{"probe-pinctrl:0", "probe:1 remove:1"}},
    {"pinctrl_fails_claim", "a sibling's probe fails in the pinctrl step, beside a user",
	{"probe-pinctrl:0", "probe:1 remove:1", "claim:A release"}},
    {"probe_fails", "a sibling's probe fails in its driver, and cleanup follows",
	{"probe-fail:0", "probe:1 remove:1"}},
    {"probe_fails_claim", "a failing probe beside a user", {"probe-fail:0", "claim:A release"}},
    {"refused", "a probe is refused while its sibling is probed and removed",
	{"probe:0 remove:0", "claim:A release probe:1 remove:1"}},
    {"managed", "a driver_managed_dma sibling owns nothing",
	{"probe-managed:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"nested", "one user claims through two devices beside a prober",
	{"claim:0:A release", "claim:1:A release", "probe:0 remove:0"}},
    {"nested_twice", "nested claims in one thread beside a prober",
	{"claim:0:A claim:1:A release release", "probe:2 remove:2"}},
    {"nested_rivals", "two users claim through devices",
	{"claim:0:A claim:1:A release release", "claim:0:B release"}},
    {"group_and_device", "a user claims the group, another through a device",
	{"claim:A release", "claim:0:B release", "probe:1 remove:1"}},
    {"query", "a reader of claimed() beside both sides",
	{"probe:0 remove:0", "claim:A release", "claimed claimed"}},
    {"hotplug", "a device joins, is probed and leaves, beside a prober and a user",
	{"add:1 probe:1 remove:1 del:1", "probe:0 remove:0", "claim:A release"}},
    {"hotplug_claim", "a device joins and is probed while a user claims",
	{"add:1 probe:1 remove:1 del:1", "claim:A release"}},
    {"hotplug_pair", "two devices join and leave beside a prober",
	{"add:1 del:1", "add:2 del:2", "probe:0 remove:0"}},
    {"same_device", "two threads probe one device, under its device_lock",
	{"probe:0 remove:0", "probe:0 remove:0", "claim:A release"}},
    {"reprobe", "a driver is probed and removed twice beside a user",
	{"probe:0 remove:0 probe:0 remove:0", "claim:A release"}},
    {"reclaim", "a user claims and releases twice beside a driver",
	{"probe:0 remove:0", "claim:A release claim:A release"}},
    {"stay", "a driver that binds, or a user that claims, keeps the group",
	{"probe:0", "probe:1 remove:1", "claim:A"}},
    {"two_sides", "two probers and two claimers",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release", "claim:B release"}},
    {.name = NULL},
};
