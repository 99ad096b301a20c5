/* SPDX-License-Identifier: MIT */
/* Collects the outcomes of a search's executions, so that two searches can be compared. */
#ifndef TESTS_OUTCOMES_H
#define TESTS_OUTCOMES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/machine_state.h"

enum { MAX_OUTCOMES = 4096, OUTCOME_SIZE = 64 };

/* The outcomes of executions, as texts: the results of all operations, and the final contents of
 * memory. */
struct outcomes {
	unsigned int nr, faults;
	char text[MAX_OUTCOMES][OUTCOME_SIZE];
};

static unsigned int sum_of(const unsigned char *bytes, size_t n)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum = sum * 31 + bytes[i];
	return sum;
}

static void note_outcome(void *arg, const struct machine *m, unsigned int found)
{
	struct outcomes *all = arg;
	char text[OUTCOME_SIZE] = "";
	size_t len = 0;

	for (int t = 0; t < m->n_threads; t++) {
		for (unsigned int i = 0; i < m->threads[t].n_ops && len < sizeof(text) - 8; i++)
			len += (size_t)snprintf(
			    text + len, sizeof(text) - len, "%d ", m->threads[t].ops[i].result);
		if (len < sizeof(text) - 8)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "|");
	}
	if (len < sizeof(text) - 8) /* final contents of memory */
		snprintf(text + len, sizeof(text) - len, "%x", sum_of(m->arena, m->used));
	all->faults |= found;
	for (unsigned int i = 0; i < all->nr; i++) {
		if (!strcmp(all->text[i], text))
			return;
	}
	assert_true(all->nr < MAX_OUTCOMES);
	memcpy(all->text[all->nr++], text, sizeof(text));
}

static int compare_outcomes(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void sort_outcomes(struct outcomes *all)
{
	qsort(all->text, all->nr, OUTCOME_SIZE, compare_outcomes);
}

#endif
