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
    {"user_unbind", "a user and an unbind", {"get use put", "unbind"}},
    {"user_rebind", "a user, an unbind and a new bind", {"get use put", "unbind bind"}},
    {"two_users", "two users and an unbind", {"get use put", "get use put", "unbind"}},
    {"two_users_rebind", "two users, an unbind and a new bind",
	{"get use put", "get use put", "unbind bind"}},
    {"uses", "a user that uses twice, and an unbind", {"get use use put", "unbind"}},
    {"stale", "a user that uses twice, an unbind and a new bind",
	{"get use use put", "unbind bind"}},
    {"get_again", "a user that gets twice, an unbind and a new bind",
	{"get use put get use put", "unbind bind"}},
    {"unbind_twice", "a user and two unbinds", {"get use put", "unbind bind unbind"}},
    {"look", "users that get and put without a use, an unbind and a new bind",
	{"get put", "get put", "unbind bind"}},
    {"first_bind", "two users while the first driver is bound",
	{"get use put", "get use put", "bind"}},
    {"first_bind_unbind", "a user while the first driver is bound and unbound",
	{"get use put", "bind unbind"}},
    {"three_users", "three users and an unbind",
	{"get use put", "get use put", "get use put", "unbind"}},
    {"alone", "one thread is the user and the driver", {"get use put unbind get bind get use"}},
    {"driver_looks", "the thread that binds is also a user, beside another user",
	{"unbind bind get use put", "get use put"}},
    {"same_place", "a user and an unbind; the next service reuses the address",
	{"get use put", "unbind rebind"}},
    {"same_place_stale", "a user that uses twice; the next service reuses the address",
	{"get use use put", "unbind rebind"}},
    {"same_place_gone", "a user; the next service reuses the address and is unbound",
	{"get use put", "unbind rebind unbind"}},
    {.name = NULL},
};
