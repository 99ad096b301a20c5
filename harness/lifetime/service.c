/* SPDX-License-Identifier: MIT */
/* Allocates services, and frees them when the implementation calls service_free(). */
#include <stdlib.h>

#include "harness/aligned.h"
#include "harness/lifetime/lifetime.h"
#include "harness/lifetime/sequence.h"
#include "harness/measure/clock.h"
#include "harness/measure/recorder.h"

int lifetime_bind(struct lifetime *l, size_t provider)
{
	const size_t bytes = aligned_size(sizeof(struct service) + l->ops->service_size, BUS_ALIGN);
	struct provider *p = l->providers[provider];
	struct service *service = aligned_zeroed(bytes, BUS_ALIGN);
	struct record *record;

	if (!service)
		return -ENOMEM;
	service->provider = p;
	service->bytes = bytes;
	atomic_init(&service->canary, SERVICE_ALIVE | (++l->generation & ~SERVICE_ALIVE_MASK));
	atomic_store_explicit(&p->gone, false, memory_order_relaxed);
	record = recorder_is_on() ? recorder_call(SPEC_BIND, p, NULL) : NULL;
	provider_bind(l->ops, p, service);
	return record ? recorder_return(record, 0) : 0;
}

void service_free(struct service *service)
{
	struct provider *p = service->provider;
	const uint64_t waited = clock_ns() - service->unbound_ns;

	atomic_fetch_add_explicit(p->held_ns, waited * service->bytes, memory_order_relaxed);
	atomic_fetch_sub_explicit(p->held, service->bytes, memory_order_relaxed);
	/* Until the memory is reused, a use that is still running sees this value, which marks a
	 * freed service. */
	atomic_store_explicit(&service->canary, 0, memory_order_relaxed);
	free(service);
}
