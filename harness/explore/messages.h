/* SPDX-License-Identifier: MIT */
/*
 * The memory of RC11: the stores to each location, as messages in modification order. A thread may
 * read any message that coherence allows. It may insert a store at any place after the messages
 * that happened before it. The order of steps respects program order and reads-from, so there is no
 * load buffering, as in RC11.
 *
 * sync.h tracks happens-before; seq_cst.h checks the order of sequentially consistent steps.
 */
#ifndef EXPLORE_MESSAGES_H
#define EXPLORE_MESSAGES_H

#include "harness/explore/machine_state.h"

void messages_reset(struct messages *all);

/* Makes the location new: its content at the next access becomes its initial value. */
void messages_forget(struct messages *all, unsigned int loc);

/* Returns true if under RC11 the access reads or writes messages. */
static inline bool access_has_messages(const struct access *a)
{
	return a->kind <= ACCESS_CAS;
}

enum { PICK_FAILS = MAX_MESSAGES, MAX_PICKS = 2 * MAX_MESSAGES };

/*
 * Returns the set of choices (picks) that the access has, as bits. Bit k means: a load reads
 * message k; a store is inserted directly after message k; a read-modify-write does both. A
 * compare-and-swap that reads an unexpected value only reads. Bit PICK_FAILS + k means that a weak
 * compare-and-swap reads the expected value from message k and fails spuriously.
 */
uint64_t messages_picks(struct machine *m, const struct thread *t, const struct access *a);

/* Returns the pick in `picks` with the newest message in modification order, which is what
 * sequential consistency would choose. A spurious failure comes last. `picks` must not be empty. */
unsigned int messages_newest(struct machine *m, const struct access *a, uint64_t picks);

/* Returns true if some pick could make the access write. */
bool messages_may_write(struct machine *m, const struct thread *t, const struct access *a);

/* Returns true if the access writes with this pick. */
bool messages_writes(struct machine *m, const struct access *a, unsigned int pick);

/* Returns the message that a pick reads. */
const struct message *messages_read_by(
    struct machine *m, const struct access *a, unsigned int pick);

/* Return the location's last message in modification order, and the message that was stored
 * last. */
const struct message *messages_last(struct machine *m, const struct access *a);
const struct message *messages_stored(struct machine *m, const struct access *a);

/*
 * Updates the picks of a store after another store has inserted a message directly after message k.
 * Pick k used to stand for every place up to the next message. So if `picks` has k, the new
 * message's pick is added.
 */
uint64_t messages_split(struct machine *m, const struct access *a, uint64_t picks);

/* Perform the current thread's access with the pick m->pick. messages_load() returns the value
 * read; call it also for a compare-and-swap that fails. messages_modify() performs a
 * read-modify-write that stores `value`. */
uint64_t messages_load(struct machine *m, const struct access *a, int order);
void messages_store(struct machine *m, const struct access *a, uint64_t value, int order);
void messages_modify(struct machine *m, const struct access *a, uint64_t value, int order);

#endif
