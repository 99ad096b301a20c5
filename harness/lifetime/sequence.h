/* SPDX-License-Identifier: MIT */
/*
 * What a user does with a service, and a driver with its provider. This is the only source of it:
 * measured loops, races and the explorer run it. Each passes the operations as it calls them, bare,
 * recorded or hooked.
 *
 * Everything is inline. If the operations are constants, they end up inside the caller's loop.
 */
#ifndef HARNESS_LIFETIME_SEQUENCE_H
#define HARNESS_LIFETIME_SEQUENCE_H

#include "harness/inline.h"
#include "lifetime/lifetime.h"

/* Gets the service, unless the user has got it. Returns 0, or -ENODEV if nothing is bound. */
INLINE int consumer_get(const struct lifetime_ops *ops, struct consumer *user, bool *got)
{
	int ret = *got ? 0 : ops->get(user);

	*got = !ret;
	return ret;
}

/* Uses the service. Returns 0, or -ENODEV if the user has not got it or it is unbound. */
INLINE int consumer_use(const struct lifetime_ops *ops, struct consumer *user, bool got)
{
	return got ? ops->use(user) : -ENODEV;
}

/* Puts the service, if the user has got it. */
INLINE void consumer_put(const struct lifetime_ops *ops, struct consumer *user, bool *got)
{
	if (!*got)
		return;
	ops->put(user);
	*got = false;
}

/* A driver binds. The service is new, and nothing is bound. */
INLINE void provider_bind(
    const struct lifetime_ops *ops, struct provider *provider, struct service *service)
{
	provider->bound = service;
	ops->bind(provider, service);
}

/* The driver that is bound goes. */
INLINE void provider_unbind(const struct lifetime_ops *ops, struct provider *provider)
{
	ops->unbind(provider);
	provider->bound = NULL;
}

#endif
