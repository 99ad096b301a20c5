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
    {"user_rebind", "the driver comes back", {"get use put", "unbind bind"}},
    {"two_users", "two users and an unbind", {"get use put", "get use put", "unbind"}},
    {"two_users_rebind", "the same, and the driver comes back",
	{"get use put", "get use put", "unbind bind"}},
    {"uses", "a user who goes on using what may be gone", {"get use use put", "unbind"}},
    {"stale", "a user keeps what he got while the driver goes and comes",
	{"get use use put", "unbind bind"}},
    {"get_again", "a user who comes back", {"get use put get use put", "unbind bind"}},
    {"unbind_twice", "the driver goes twice", {"get use put", "unbind bind unbind"}},
    {"look", "gets alone", {"get put", "get put", "unbind bind"}},
    {"first_bind", "users wait for a driver", {"get use put", "get use put", "bind"}},
    {"first_bind_unbind", "a driver comes and goes", {"get use put", "bind unbind"}},
    {"three_users", "three users and an unbind",
	{"get use put", "get use put", "get use put", "unbind"}},
    {"alone", "one thread is user and driver", {"get use put unbind get bind get use"}},
    {"driver_looks", "who binds is a user, too", {"unbind bind get use put", "get use put"}},
    {"same_place", "the next service lies where the last one did",
	{"get use put", "unbind rebind"}},
    {"same_place_stale", "the same, for a user who keeps what he got",
	{"get use use put", "unbind rebind"}},
    {"same_place_gone", "the same, and the driver goes again",
	{"get use put", "unbind rebind unbind"}},
    {.name = NULL},
};
