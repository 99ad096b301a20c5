/* SPDX-License-Identifier: MIT */
/*
 * Histories: which operations a run called, when, and what they answered. In memory, and as JSON
 * lines (results/HISTORY.md).
 */
#ifndef HARNESS_CHECK_HISTORY_H
#define HARNESS_CHECK_HISTORY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "harness/check/spec.h"
#include "harness/error.h"

#define HISTORY_PENDING UINT64_MAX

struct history_op {
	uint64_t call;   /* nanoseconds of one clock for all threads */
	uint64_t ret;    /* HISTORY_PENDING: has not returned; its result means nothing */
	uint32_t group;  /* or provider, or device: whatever its spec is of one of */
	uint32_t device; /* of the group */
	uint32_t owner;  /* of a claim, from 1; 0: NULL */
	uint16_t thread;
	int16_t result; /* 0 or a negative errno; SPEC_CLAIMED: 0 or 1; of configure an id */
	enum spec_op kind;
};

struct history {
	struct history_op *ops; /* owned; in any order */
	size_t nr;
	size_t room;
};

/* 0, or -1: no memory. */
int history_add(struct history *history, const struct history_op *op);
void history_free(struct history *history);

const char *history_kind_name(enum spec_op kind);

/* "ok", an errno's name, for SPEC_CLAIMED "true" or "false", or a number. */
struct history_text {
	char text[12];
};
struct history_text history_result(const struct history_op *op);

int history_write(FILE *out, const struct history *history);

/* Adds the operations of a file. 0, or -1 with "FILE:LINE: what is wrong". */
int history_read(const char *path, struct history *history, struct error *err);

#endif
