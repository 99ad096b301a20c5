/* SPDX-License-Identifier: MIT */
/* Histories: the operations of a run, each with its call time, return time and result. They are
 * kept in memory and written as JSON lines (results/HISTORY.md). */
#ifndef HARNESS_CHECK_HISTORY_H
#define HARNESS_CHECK_HISTORY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/check/spec.h"
#include "harness/error.h"

#define HISTORY_PENDING UINT64_MAX

struct history_op {
	uint64_t call;   /* nanoseconds; all threads use the same clock */
	uint64_t ret;    /* HISTORY_PENDING: has not returned; `result` is undefined */
	uint32_t group;  /* id of the object: group, provider or device */
	uint32_t device; /* id of the device within its group */
	uint32_t owner;  /* owner of a claim, from 1; 0: NULL */
	uint16_t thread;
	int16_t result; /* 0 or a negative errno; SPEC_CLAIMED: 0 or 1; configure: a state's id */
	enum spec_op kind;
};

struct history {
	struct history_op *ops; /* in any order; owned by the history */
	size_t nr;
	size_t room;
};

/* Appends an operation. Returns 0, or -1 if out of memory. */
int history_add(struct history *history, const struct history_op *op);
void history_free(struct history *history);

const char *history_kind_name(enum spec_op kind);

/* A result as text: "ok", the name of an errno, a state's id, or "true" or "false" for
 * SPEC_CLAIMED. */
struct history_text {
	char text[12];
};
struct history_text history_result(const struct history_op *op);

/* Writes the operations as JSON lines. Returns 0, or -1 if a write failed. */
int history_write(FILE *out, const struct history *history);

/* Appends the operations of a file. Returns 0, or -1 with an error of the form "FILE:LINE:
 * MESSAGE". */
int history_read(const char *path, struct history *history, struct error *err);

#endif
