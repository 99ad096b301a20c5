/* SPDX-License-Identifier: MIT */
/* Events by name, resolved by libpfm, and which of them this process can count on this machine. */
#ifndef HARNESS_MEASURE_EVENTS_H
#define HARNESS_MEASURE_EVENTS_H

#include <stdio.h>

#include "harness/error.h"
#include "harness/measure/counters.h"

/* Default of --events. "coherence" is this program's name for loads served from another core's
 * cache; the CPU's own event for that is looked up. */
#define EVENTS_DEFAULT                                                                      \
	"cycles,instructions,cache-references,cache-misses,coherence,context-switches,cpu-" \
	"migrations,page-faults"

/* Parses "cycles,page-faults:u" or "none". Returns 0, or -1 with an error that names the wrong
 * event. */
int events_parse(const char *names, struct counter_list *list, struct error *err);

/*
 * Drops events that cannot be counted here, and restricts events to user mode if they can only be
 * counted there. Returns one line that says what was changed and which command would help, or NULL
 * if nothing was. The caller frees it.
 */
char *events_keep_countable(struct counter_list *list);

/* Prints all events that can be counted here, one a line with its description. Returns 0, or -1
 * with the error set. */
int events_print(FILE *out, struct error *err);

#endif
