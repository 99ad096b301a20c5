/* SPDX-License-Identifier: MIT */
/* Looks up events by name, with libpfm, and finds out which of them this process can count. */
#ifndef HARNESS_MEASURE_EVENTS_H
#define HARNESS_MEASURE_EVENTS_H

#include <stdio.h>

#include "harness/error.h"
#include "harness/measure/counters.h"

/* Default of --events. "coherence" is ownbench's own name for loads that another core's cache
 * served. events.c maps it to this CPU's event. */
#define EVENTS_DEFAULT                                                                      \
	"cycles,instructions,cache-references,cache-misses,coherence,context-switches,cpu-" \
	"migrations,page-faults"

/* Parses a list such as "cycles,page-faults:u", or "none". Returns 0, or -1 with an error that
 * names the invalid event. */
int events_parse(const char *names, struct counter_list *list, struct error *err);

/*
 * Drops the events that this process cannot count. Restricts events to user mode if the kernel may
 * not be observed. Returns a line that names these events, why, and which command would help, or
 * NULL if the list was not changed. The caller frees the text.
 */
char *events_keep_countable(struct counter_list *list);

/* Prints the events that this process can count, one per line, with descriptions. Returns 0, or -1
 * with the error set. */
int events_print(FILE *out, struct error *err);

#endif
