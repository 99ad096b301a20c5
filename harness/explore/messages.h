/* SPDX-License-Identifier: MIT */
/*
 * The memory of RC11: the stores to each location, as messages in modification order. A thread may
 * read any message that coherence leaves it, and put a store at any place behind those that
 * happened before it. Steps run in an order that respects program order and reads-from, so that
 * there is no load buffering, as in RC11.
 *
 * What happened before what is in sync.h; the order of sequentially consistent steps in seq_cst.h.
 */
#ifndef EXPLORE_MESSAGES_H
#define EXPLORE_MESSAGES_H

#include "harness/explore/machine_state.h"

void messages_reset(struct messages *all);

/* The location is new: what is in memory at the next access to it is its initial value. */
void messages_forget(struct messages *all, unsigned int loc);

/* Whether the access is one to messages, under RC11. */
static inline bool access_has_messages(const struct access *a)
{
	return a->kind <= ACCESS_CAS;
}

/*
 * What the access may do, a bit each. Bit k of a load: read message k; of a store: come right
 * behind message k; of a read-modify-write: both. A compare-and-swap that reads what it does not
 * expect only reads; bit MAX_MESSAGES + k of a weak one: read what it expects and fail.
 */
enum { PICK_FAILS = MAX_MESSAGES, MAX_PICKS = 2 * MAX_MESSAGES };
uint64_t messages_picks(struct machine *m, const struct thread *t, const struct access *a);

/* That of `picks` which sequential consistency would take, or is nearest to it. */
unsigned int messages_newest(struct machine *m, const struct access *a, uint64_t picks);

/* Whether the access could write, whatever the step picks. */
bool messages_may_write(struct machine *m, const struct thread *t, const struct access *a);

/* Whether it does, with that pick. */
bool messages_writes(struct machine *m, const struct access *a, unsigned int pick);

/* The message that a pick reads. */
const struct message *messages_read_by(
    struct machine *m, const struct access *a, unsigned int pick);

/* The last message of the location in modification order, and the one that was stored last. */
const struct message *messages_last(struct machine *m, const struct access *a);
const struct message *messages_stored(struct machine *m, const struct access *a);

/* What `picks` are now, after the last message of the location was stored: to come behind message k
 * was to come anywhere before the next one. */
uint64_t messages_split(struct machine *m, const struct access *a, uint64_t picks);

/* The access of the current thread, with the pick m->pick. A compare-and-swap that fails is a load.
 * Both ones that read return the value. */
uint64_t messages_load(struct machine *m, const struct access *a, int order);
void messages_store(struct machine *m, const struct access *a, uint64_t value, int order);
void messages_modify(struct machine *m, const struct access *a, uint64_t value, int order);

#endif
