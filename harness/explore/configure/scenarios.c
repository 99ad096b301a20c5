/* SPDX-License-Identifier: MIT */
#include "harness/explore/configure/configure.h"

/*
 * Contexts that touch one device. A thread is a sequence of
 *
 *	touch  configures it by hand, without its device_lock
 *	probe  touches it under its device_lock
 *	fixup  the same, and touches it again before it lets go of the lock
 *	add    the device is there from now on, for who awaits it
 *	await  until then
 */
const struct script_word configure_words[] = {
    {"touch", "", ACTION_TOUCH},
    {"probe", "", ACTION_PROBE},
    {"fixup", "", ACTION_FIXUP},
    {"add", "", ACTION_ADD},
    {"await", "", ACTION_AWAIT},
    {0},
};

const struct scenario configure_scenarios[] = {
    {"steal", "a probe, while another device's driver configures the device by hand",
	{"probe", "touch"}},
    {"platform", "a device is added and configured by hand while it is probed",
	{"add touch", "await probe"}},
    {"fixup", "two probes, one of which configures twice", {"fixup", "probe"}},
    {"by_hand", "two threads configure a device by hand", {"touch", "touch"}},
    {"probes", "two probes of a device", {"probe", "probe"}},
    {"three_probes", "three probes of a device", {"probe", "probe", "probe"}},
    {"three_by_hand", "three threads configure a device by hand", {"touch", "touch", "touch"}},
    {"mixed", "two probes, while a thread configures the device by hand",
	{"probe", "touch", "probe"}},
    {"again", "a thread that touches the device again gets the same state",
	{"touch touch", "probe probe"}},
    {.name = NULL},
};
