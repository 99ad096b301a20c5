/* SPDX-License-Identifier: MIT */
#include "harness/explore/lifetime/lifetime.h"

/*
 * A thread uses the service of the only provider, or binds and unbinds the provider's driver, or
 * does both. A thread is a sequence of words:
 *
 *	get      gets the service, unless this thread holds it
 *	use      uses the service, if this thread holds it
 *	put      puts the service, if this thread holds it
 *	unbind   unbinds the driver, if one is bound
 *	bind     binds a new driver, if none is bound
 *	rebind   like bind, but if the previous service was freed, the new one has its address, so
 *	         a stale pointer appears to be valid again
 *
 * A driver is bound at the start, unless a bind or rebind comes before the first unbind.
 */
const struct script_word lifetime_words[] = {
    {"get", "", ACTION_GET},
    {"use", "", ACTION_USE},
    {"put", "", ACTION_PUT},
    {"unbind", "", ACTION_UNBIND},
    {"bind", "", ACTION_BIND},
    {"rebind", "", ACTION_REBIND},
    {0},
};

const struct scenario lifetime_scenarios[] = {
    {"user_unbind", "a user runs while the driver unbinds", {"get use put", "unbind"}},
    {"user_rebind", "a user runs while the driver unbinds and binds again",
	{"get use put", "unbind bind"}},
    {"two_users", "two users run while the driver unbinds",
	{"get use put", "get use put", "unbind"}},
    {"two_users_rebind", "two users run while the driver unbinds and binds again",
	{"get use put", "get use put", "unbind bind"}},
    {"uses", "a user uses the service twice while the driver unbinds",
	{"get use use put", "unbind"}},
    {"stale", "a user uses the service twice while the driver unbinds and binds again",
	{"get use use put", "unbind bind"}},
    {"get_again", "a user gets the service twice while the driver unbinds and binds again",
	{"get use put get use put", "unbind bind"}},
    {"unbind_twice", "a user runs while the driver unbinds twice",
	{"get use put", "unbind bind unbind"}},
    {"look", "two users get and put without using while the driver unbinds and binds again",
	{"get put", "get put", "unbind bind"}},
    {"first_bind", "two users run while the first driver binds",
	{"get use put", "get use put", "bind"}},
    {"first_bind_unbind", "a user runs while the first driver binds and unbinds",
	{"get use put", "bind unbind"}},
    {"three_users", "three users run while the driver unbinds",
	{"get use put", "get use put", "get use put", "unbind"}},
    {"alone", "one thread is both the user and the driver",
	{"get use put unbind get bind get use"}},
    {"driver_looks", "the thread that unbinds and binds is also a user; there is a second user",
	{"unbind bind get use put", "get use put"}},
    {"same_place", "a user runs while the driver unbinds; the next service reuses the address",
	{"get use put", "unbind rebind"}},
    {"same_place_stale", "a user uses the service twice; the next service reuses the address",
	{"get use use put", "unbind rebind"}},
    {"same_place_gone", "a user runs; the next service reuses the address and is unbound",
	{"get use put", "unbind rebind unbind"}},
    {.name = NULL},
};
