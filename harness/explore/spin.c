/* SPDX-License-Identifier: MIT */
#include "harness/explore/spin.h"

#include "harness/explore/schedule.h"

/*
 * Stores the state of the code that called the current hook. Returns true if the previous state was
 * the same.
 *
 * AddressSanitizer must be off, because it would report that this crosses from one object on the
 * stack to the next.
 */
__attribute__((no_sanitize("address"))) static bool update_state(
    struct spin *s, const uintptr_t *caller)
{
	unsigned int n;
	bool same;

	if (!caller)
		return false;
	n = (unsigned int)((const uintptr_t *)s->top - caller);
	same = s->n == n;
	s->n = n;
	if (n > SPIN_WORDS)
		return false;
	for (unsigned int i = 0; i < n; i++) {
		same &= s->words[i] == caller[i];
		s->words[i] = caller[i];
	}
	return same;
}

void spin_wait(struct machine *m, const struct source_location *site, const volatile void *p,
    uint64_t operand, uint64_t expected)
{
	struct thread *t = m->current;
	struct spin *s = &t->spin;
	const bool repeated = s->site == site && s->steps == 1 && s->address == p &&
	                      s->operand == operand && s->expected == expected;

	if (update_state(s, t->hooks.caller) && repeated) {
		s->yields = true;
		explore_yield(site);
		s->yields = false;
	}
	s->site = site;
	s->address = p;
	s->operand = operand;
	s->expected = expected;
	s->steps = 0;
}
