/* SPDX-License-Identifier: MIT */
#include "harness/explore/lifetime/lifetime.h"

/*
 * A thread is a user of the one provider, or the one that binds and unbinds its driver; one thread
 * may be both. It is a sequence of
 *
 *	get      gets the service, if this thread has not
 *	use, put only if it has
 *	unbind   if a driver is bound
 *	bind     a new one, if none is
 *	rebind   the same, and its service lies where the one before did, if that is freed by then:
 *	         to whoever kept the address alone it is the same
 *
 * A driver is bound at the start, unless the first of all is to bind one.
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
    {"user_unbind", "a user and an unbind", {"get use put", "unbind"}},
    {"user_rebind", "a user, while the driver unbinds and binds again",
	{"get use put", "unbind bind"}},
    {"two_users", "two users and an unbind", {"get use put", "get use put", "unbind"}},
    {"two_users_rebind", "two users, while the driver unbinds and binds again",
	{"get use put", "get use put", "unbind bind"}},
    {"uses", "a user that goes on using a service that may be unbound",
	{"get use use put", "unbind"}},
    {"stale", "a user keeps a service while its driver unbinds and binds again",
	{"get use use put", "unbind bind"}},
    {"get_again", "a user that gets the service twice, while the driver unbinds and binds",
	{"get use put get use put", "unbind bind"}},
    {"unbind_twice", "a user, while the driver unbinds twice",
	{"get use put", "unbind bind unbind"}},
    {"look", "two users that get and put without a use, beside an unbind",
	{"get put", "get put", "unbind bind"}},
    {"first_bind", "two users, while a driver binds for the first time",
	{"get use put", "get use put", "bind"}},
    {"first_bind_unbind", "a user, while a driver binds for the first time and unbinds",
	{"get use put", "bind unbind"}},
    {"three_users", "three users and an unbind",
	{"get use put", "get use put", "get use put", "unbind"}},
    {"alone", "one thread is user and driver", {"get use put unbind get bind get use"}},
    {"driver_looks", "the thread that binds is a user as well",
	{"unbind bind get use put", "get use put"}},
    {"same_place", "the next service reuses the memory of the last one",
	{"get use put", "unbind rebind"}},
    {"same_place_stale", "a user keeps a service, whose memory the next one reuses",
	{"get use use put", "unbind rebind"}},
    {"same_place_gone", "the next service reuses the memory of the last one and is unbound, too",
	{"get use put", "unbind rebind unbind"}},
    {.name = NULL},
};
