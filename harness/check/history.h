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
	uint64_t call; /* nanoseconds of one clock for all threads */
	uint64_t ret;  /* HISTORY_PENDING: has not returned; its result means nothing */
	uint32_t group;
	uint32_t device;
	uint32_t owner; /* of a claim, from 1; 0: NULL */
	uint16_t thread;
	int16_t result; /* 0 or a negative errno; SPEC_CLAIMED: 0 or 1 */
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

/* "ok", an errno's name, or for SPEC_CLAIMED "true" or "false". */
const char *history_result_name(const struct history_op *op);

int history_write(FILE *out, const struct history *history);

/* Adds the operations of a file. 0, or -1 with "FILE:LINE: what is wrong". */
int history_read(const char *path, struct history *history, struct error *err);

#endif
