/* SPDX-License-Identifier: MIT */
#include "harness/explore/configure/configure.h"

/*
 * Threads that touch one device. A thread is a sequence of words:
 *
 *	touch  touches the device by hand, without its device_lock
 *	probe  touches the device under its device_lock
 *	fixup  touches the device twice while holding its device_lock
 *	add    adds the device, which ends every await
 *	await  waits until the device is added
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
    {"steal", "a device is probed while another device's driver configures it by hand",
	{"probe", "touch"}},
    {"platform", "a device is added and configured by hand while it is probed",
	{"add touch", "await probe"}},
    {"fixup", "two threads probe, and one of them touches the device twice", {"fixup", "probe"}},
    {"by_hand", "two threads configure by hand", {"touch", "touch"}},
    {"probes", "two threads probe", {"probe", "probe"}},
    {"three_probes", "three threads probe", {"probe", "probe", "probe"}},
    {"three_by_hand", "three threads configure by hand", {"touch", "touch", "touch"}},
    {"mixed", "two threads probe while a thread configures by hand", {"probe", "touch", "probe"}},
    {"again", "two threads touch twice each, and must always get the same state",
	{"touch touch", "probe probe"}},
    {.name = NULL},
};
