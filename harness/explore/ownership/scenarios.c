/* SPDX-License-Identifier: MIT */
#include "harness/explore/ownership/ownership.h"

/*
 * A thread is a sequence of words:
 *
 *	probe:D           probes device D (0..3) with a DMA-API driver
 *	probe-pinctrl:D   probes D; the pinctrl step fails, before the ownership is touched
 *	probe-fail:D      probes D; the driver's own probe fails
 *	probe-managed:D   probes D with a driver_managed_dma driver
 *	probe-unlocked:D  probes D without taking device_lock, which is the caller's bug
 *	remove:D          removes D, if this thread's probe of D succeeded
 *	claim:O           claims the group for user O (A or B)
 *	claim:D:O         claims the group through device D for user O
 *	release           releases the last claim that this thread still holds, if any
 *	claimed           calls claimed()
 *	add:D             adds D to the group; D is absent at the start
 *	del:D             removes D from the group
 *	unregister        removes the devices that this thread has bound, and unregisters and frees
 *	                  their driver; earlier probes by this thread bind a driver of its own
 *
 * Devices 0 and 1 are neighbours, which share a shard of impl/nearby.h, and so are 2 and 3. If
 * several threads probe or remove a device, taking its device_lock is a step. For other devices,
 * only the lock's holder and the lock order are recorded (harness/check/lockorder.h).
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
    {"unregister", "", ACTION_UNREGISTER},
    {0},
};

const struct scenario ownership_scenarios[] = {
    {"probe_claim", "a driver probes while a user claims", {"probe:0 remove:0", "claim:A release"}},
    {"two_removes", "two drivers acquire the group and release it",
	{"probe:0 remove:0", "probe:1 remove:1"}},
    {"two_probers", "two drivers probe while a user claims",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"far_probers", "two drivers of devices that are far from each other probe while a user claims",
	{"probe:0 remove:0", "probe:2 remove:2", "claim:A release"}},
    {"two_claimers", "two users claim the same group", {"claim:A release", "claim:B release"}},
    {"prober_two_claimers", "a driver probes while two users claim",
	{"probe:0 remove:0", "claim:A release", "claim:B release"}},
    {"pinctrl_fails", "a sibling's probe fails in the pinctrl step, without cleanup",
	{"probe-pinctrl:0", "probe:1 remove:1"}},
    {"pinctrl_fails_claim", "a sibling's probe fails in the pinctrl step while a user claims",
	{"probe-pinctrl:0", "probe:1 remove:1", "claim:A release"}},
    {"probe_fails", "a sibling's driver fails its probe, with cleanup",
	{"probe-fail:0", "probe:1 remove:1"}},
    {"probe_fails_claim", "a probe fails while a user claims", {"probe-fail:0", "claim:A release"}},
    {"refused", "a sibling is probed and removed while a user claims and then a driver probes",
	{"probe:0 remove:0", "claim:A release probe:1 remove:1"}},
    {"refused_third", "two siblings are probed while a user claims and then a third driver probes",
	{"probe:0", "probe:1", "claim:A release probe:2"}},
    {"managed", "a driver_managed_dma sibling probes while a driver probes and a user claims",
	{"probe-managed:0 remove:0", "probe:1 remove:1", "claim:A release"}},
    {"nested", "one user claims through two devices while a driver probes",
	{"claim:0:A release", "claim:1:A release", "probe:0 remove:0"}},
    {"nested_twice", "one thread claims through two devices while a driver probes",
	{"claim:0:A claim:1:A release release", "probe:2 remove:2"}},
    {"nested_rivals", "two users claim through devices, one of them twice",
	{"claim:0:A claim:1:A release release", "claim:0:B release"}},
    {"group_and_device",
	"a user claims the group while another claims through a device, and a driver probes",
	{"claim:A release", "claim:0:B release", "probe:1 remove:1"}},
    {"query", "a thread calls claimed() while a driver probes and a user claims",
	{"probe:0 remove:0", "claim:A release", "claimed claimed"}},
    {"hotplug", "a device is added, probed and deleted while a driver probes and a user claims",
	{"add:1 probe:1 remove:1 del:1", "probe:0 remove:0", "claim:A release"}},
    {"hotplug_claim", "a device is added, probed and deleted while a user claims",
	{"add:1 probe:1 remove:1 del:1", "claim:A release"}},
    {"hotplug_pair", "two devices are added and deleted while a driver probes",
	{"add:1 del:1", "add:2 del:2", "probe:0 remove:0"}},
    {"same_device", "two threads probe one device under its device_lock while a user claims",
	{"probe:0 remove:0", "probe:0 remove:0", "claim:A release"}},
    {"reprobe", "a driver is probed and removed twice while a user claims",
	{"probe:0 remove:0 probe:0 remove:0", "claim:A release"}},
    {"reclaim", "a user claims and releases twice while a driver probes",
	{"probe:0 remove:0", "claim:A release claim:A release"}},
    {"unregister", "a driver is removed, unregistered and freed while a user claims",
	{"probe:0 unregister", "claim:A release"}},
    {"unregister_sibling", "a driver is removed, unregistered and freed while a sibling is removed",
	{"probe:0 unregister", "probe:1 remove:1"}},
    {"guard_between", "a driver is probed three times between two claims",
	{"claim:A release probe:0 remove:0 probe:0 remove:0 probe:0", "claim:B"}},
    {"guard_during", "a driver is probed twice during two claims",
	{"claim:A claim:A", "probe:0 remove:0 probe:0"}},
    {"guard_aborted", "a driver aborts one of two claims, and is probed twice more",
	{"claim:A claim:A", "probe:0 remove:0 probe:0 remove:0 probe:0"}},
    {"widened", "a driver is probed twice while a user claims twice",
	{"claim:A release claim:A release", "probe:0 remove:0 probe:0"}},
    {"late_slot",
	"a driver is probed while a user comes and goes, and a sibling before another user",
	{"probe:0", "claim:A release probe:1 remove:1 claim:B"}},
    {"late_shard",
	"two drivers are the first ones to be probed after a user, in a group with shards",
	{"claim:A release probe:1 remove:1 probe:0 remove:0 claim:B", "probe:2"}},
    {"late_renewal", "a driver is probed late in a shard, while another user comes and goes",
	{"claim:A release probe:2 remove:2",
	    "probe:1 remove:1 claim:B release probe:1 remove:1 probe:0 claim:B"}},
    {"seen_shard", "a user claims beside a driver that is probed after two refused claims",
	{"probe:1 claim:A probe:0 claim:A remove:0 remove:1 probe:2", "claim:B"}},
    {"owners_meet", "a user claims between two claims of another user, the second through a device",
	{"claim:B release claim:0:B", "claim:A"}},
    {"reclaim_nested", "a user claims twice while another nests claims through devices",
	{"claim:A release claim:A release", "claim:0:B claim:1:B release release"}},
    {"nested_release", "a user releases two claims while another claims in both ways",
	{"claim:A claim:0:A release release", "claim:1:B release", "claim:B"}},
    {"stay", "two drivers probe while a user claims, and the first owner keeps the group",
	{"probe:0", "probe:1 remove:1", "claim:A"}},
    {"two_sides", "two drivers probe while two users claim",
	{"probe:0 remove:0", "probe:1 remove:1", "claim:A release", "claim:B release"}},
    {"second_look", "a driver probes while a user, another driver and the user again own the group",
	{"probe:0 remove:0", "claim:A release probe:1 remove:1 claim:A release"}},
    {"second_look_again", "like second_look, but the other driver is probed twice",
	{"probe:0 remove:0", "claim:A release probe:1 remove:1 probe:1 remove:1 claim:A release"}},
    {"reprobe_sibling", "a driver is probed and removed twice while another is probed and removed",
	{"probe:0 remove:0 probe:0 remove:0", "probe:1 remove:1"}},
    {"both_ways",
	"one thread claims the group, and another claims through a device for the same user",
	{"claim:A release", "claim:0:A release"}},
    {"both_ways_twice", "like both_ways, but the user claims the group in two threads",
	{"claim:A release", "claim:A release", "claim:0:A release"}},
    {"four_stay",
	"two drivers and a user keep what they get while another user claims and releases",
	{"claim:A release", "probe:0", "claim:B", "probe:1"}},
    {"refused_unlocked",
	"a claim is refused and its thread probes, beside a prober and another claim",
	{"claim:A release probe:1 remove:1 claim:A probe:1 remove:1", "claim:B", "probe:0"}},
    {.name = NULL},
};
