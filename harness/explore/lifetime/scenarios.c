/* SPDX-License-Identifier: MIT */
#include "harness/explore/lifetime/lifetime.h"

/*
 * A thread is a user of the one provider, or it binds and unbinds the provider's driver; one thread
 * may do both. It is a sequence of words:
 *
 *	get      gets the service, if this thread does not hold it
 *	use      uses the service, if this thread holds it
 *	put      puts the service, if this thread holds it
 *	unbind   unbinds the driver, if one is bound
 *	bind     binds a new driver, if none is bound
 *	rebind   binds a new driver, if none is bound; its service has the address of the previous
 *	         one, if that is freed by then, so a stale pointer looks valid again
 *
 * A driver is bound at the start, unless the first of bind, rebind and unbind is not an unbind.
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
    {"look", "users get and put without a use while the driver unbinds and binds again",
	{"get put", "get put", "unbind bind"}},
    {"first_bind", "two users run while the first driver binds",
	{"get use put", "get use put", "bind"}},
    {"first_bind_unbind", "a user runs while the first driver binds and unbinds",
	{"get use put", "bind unbind"}},
    {"three_users", "three users run while the driver unbinds",
	{"get use put", "get use put", "get use put", "unbind"}},
    {"alone", "one thread is both the user and the driver",
	{"get use put unbind get bind get use"}},
    {"driver_looks", "the thread that unbinds and binds is also a user, and a second user runs",
	{"unbind bind get use put", "get use put"}},
    {"same_place", "a user runs while the driver unbinds; the next service reuses the address",
	{"get use put", "unbind rebind"}},
    {"same_place_stale", "a user uses the service twice; the next service reuses its address",
	{"get use use put", "unbind rebind"}},
    {"same_place_gone", "a user runs; the next service reuses the address and is unbound",
	{"get use put", "unbind rebind unbind"}},
    {.name = NULL},
};
