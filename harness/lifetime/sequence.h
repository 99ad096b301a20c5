/* SPDX-License-Identifier: MIT */
/*
 * The steps of a consumer with its service, and of a driver with its provider. Measured loops,
 * races and the explorer share them. Each caller passes its own operations: the implementation's,
 * or wrappers that record or hook them.
 *
 * All functions are inline: operations that are compile-time constants are inlined into the
 * caller's loop.
 */
#ifndef HARNESS_LIFETIME_SEQUENCE_H
#define HARNESS_LIFETIME_SEQUENCE_H

#include "harness/inline.h"
#include "lifetime/lifetime.h"

/* Gets the service unless *got is already set. Returns 0 with *got set, or -ENODEV if no service is
 * bound. */
INLINE int consumer_get(const struct lifetime_ops *ops, struct consumer *user, bool *got)
{
	int ret = *got ? 0 : ops->get(user);

	*got = !ret;
	return ret;
}

/* Uses the service. Returns 0, or -ENODEV if `got` is false or the service was unbound. */
INLINE int consumer_use(const struct lifetime_ops *ops, struct consumer *user, bool got)
{
	return got ? ops->use(user) : -ENODEV;
}

/* If *got is set, puts the service and clears *got. */
INLINE void consumer_put(const struct lifetime_ops *ops, struct consumer *user, bool *got)
{
	if (!*got)
		return;
	ops->put(user);
	*got = false;
}

/* Binds a driver with a new service. The provider must be unbound. */
INLINE void provider_bind(
    const struct lifetime_ops *ops, struct provider *provider, struct service *service)
{
	provider->bound = service;
	ops->bind(provider, service);
}

/* Unbinds the driver. The provider must be bound. */
INLINE void provider_unbind(const struct lifetime_ops *ops, struct provider *provider)
{
	ops->unbind(provider);
	provider->bound = NULL;
}

#endif
