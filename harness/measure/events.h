/* SPDX-License-Identifier: MIT */
/* Events by name, through libpfm, and which of them this process can count on this machine. */
#ifndef HARNESS_MEASURE_EVENTS_H
#define HARNESS_MEASURE_EVENTS_H

#include <stdio.h>

#include "harness/error.h"
#include "harness/measure/counters.h"

/*
 * What a sweep counts unless asked otherwise. "coherence" is ours: loads that found their line in
 * another core's cache, by whatever name this CPU has for that.
 */
#define EVENTS_DEFAULT                                                                      \
	"cycles,instructions,cache-references,cache-misses,coherence,context-switches,cpu-" \
	"migrations,page-faults"

/* "cycles,page-faults:u", or "none". 0, or -1 with an error that names what is wrong. */
int events_parse(const char *names, struct counter_list *list, struct error *err);

/*
 * Takes out of the list what cannot be counted here, and restricts to user mode what otherwise
 * could not. Returns what was done and what to type, one line, to be freed; NULL: nothing.
 */
char *events_keep_countable(struct counter_list *list);

/* The names of all events that can be counted here, one a line with what it counts. 0, or -1. */
int events_print(FILE *out, struct error *err);

#endif
