/* SPDX-License-Identifier: MIT */
/*
 * The memory of RC11: for each location, the stores as messages in modification order. A thread may
 * read any message that coherence allows. It may insert a store anywhere after the messages that
 * happened before the store. Steps are executed in an order that respects program order and
 * reads-from, so there is no load buffering, as in RC11.
 *
 * sync.h tracks happens-before. seq_cst.h checks the order of sequentially consistent steps.
 */
#ifndef EXPLORE_MESSAGES_H
#define EXPLORE_MESSAGES_H

#include "harness/explore/machine_state.h"

void messages_reset(struct messages *all);

/* Forgets the location's messages. The memory's content at the next access becomes the initial
 * value. */
void messages_forget(struct messages *all, unsigned int loc);

/* Returns true if, under RC11, the access reads or writes a message. */
static inline bool access_has_messages(const struct access *a)
{
	return a->kind <= ACCESS_CAS;
}

enum { PICK_FAILS = MAX_MESSAGES, MAX_PICKS = 2 * MAX_MESSAGES };

/*
 * Returns the access's choices (picks) as a bit mask. With pick k, a load reads message k, a store
 * is inserted directly after message k, and a read-modify-write does both. A compare-and-swap that
 * reads an unexpected value only reads. With pick PICK_FAILS + k, a weak compare-and-swap reads the
 * expected value from message k and fails spuriously.
 */
uint64_t messages_picks(struct machine *m, const struct thread *t, const struct access *a);

/* Returns the pick in `picks` whose message is the newest in modification order, as under
 * sequential consistency. Prefers picks that do not fail spuriously. `picks` must not be empty. */
unsigned int messages_newest(struct machine *m, const struct access *a, uint64_t picks);

/* Returns true if some pick could make the access write. */
bool messages_may_write(struct machine *m, const struct thread *t, const struct access *a);

/* Returns true if the access writes with this pick. */
bool messages_writes(struct machine *m, const struct access *a, unsigned int pick);

/* Returns the message that the access reads with this pick. */
const struct message *messages_read_by(
    struct machine *m, const struct access *a, unsigned int pick);

/* messages_last() returns the last message in the location's modification order; messages_stored()
 * returns the one that was stored last. */
const struct message *messages_last(struct machine *m, const struct access *a);
const struct message *messages_stored(struct machine *m, const struct access *a);

/*
 * Updates the picks of a store after another store was inserted directly after message k. Before,
 * pick k meant any position up to the next message. So if `picks` contains k, adds the pick of the
 * new message.
 */
uint64_t messages_split(struct machine *m, const struct access *a, uint64_t picks);

/* Perform the current thread's access with the pick m->pick. messages_load() returns the value
 * read, and also performs compare-and-swaps that fail. messages_modify() performs a
 * read-modify-write that stores `value`. */
uint64_t messages_load(struct machine *m, const struct access *a, int order);
void messages_store(struct machine *m, const struct access *a, uint64_t value, int order);
void messages_modify(struct machine *m, const struct access *a, uint64_t value, int order);

#endif
