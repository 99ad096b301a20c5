/* SPDX-License-Identifier: MIT */
#include "harness/explore/monitor.h"

/* Adds a state, unless it is there already. */
static void add(struct monitor *monitor, union supposed s)
{
	for (unsigned int i = 0; i < monitor->n; i++)
		if (monitor->all[i].word == s.word)
			return;
	if (monitor->n == MAX_SUPPOSED)
		monitor->full = true;
	else
		monitor->all[monitor->n++] = s;
}

static void sort(struct monitor *monitor)
{
	for (unsigned int i = 1; i < monitor->n; i++) {
		const union supposed s = monitor->all[i];
		unsigned int at = i;

		for (; at > 0 && monitor->all[at - 1].word > s.word; at--)
			monitor->all[at] = monitor->all[at - 1];
		monitor->all[at] = s;
	}
}

void monitor_start(struct monitor *monitor, struct spec_state start, unsigned int known,
    const struct judging *judging)
{
	int rows = 1;

	for (int row = 0; !row || !judging->rows[row - 1].last; row++)
		if (!(judging->rows[row].faults & ~known))
			rows = row + 1;
	monitor->judging = judging;
	monitor->n = 0;
	monitor->full = false;
	for (int row = 0; row < rows; row++)
		add(monitor, (union supposed){{.cnt = (uint8_t)start.cnt,
				 .owner = (uint8_t)start.owner,
				 .row = (uint8_t)row}});
	sort(monitor);
}

unsigned int monitor_faults(const struct monitor *monitor)
{
	uint8_t row = UINT8_MAX;

	for (unsigned int i = 0; i < monitor->n; i++)
		if (monitor->all[i].row < row)
			row = monitor->all[i].row;
	return monitor->n ? monitor->judging->rows[row].faults : monitor->judging->otherwise;
}

/* Adds the states that follow if the thread's open operation takes effect. */
static void take_effect(
    struct monitor *monitor, const struct machine *m, union supposed from, int thread)
{
	const struct op *open = machine_open_op(&m->threads[thread]);
	const struct judging *judging = monitor->judging;

	if (!open || from.done & 1u << thread)
		return;
	for (unsigned int i = 0; i < judging->n_results; i++) {
		struct spec_state state = {.cnt = from.cnt, .owner = from.owner};
		union supposed to = from;
		struct op op = *open;

		op.result = judging->results[i];
		if (!judging->allows(&state, &op, judging->rows[from.row].forgiven))
			continue;
		to.cnt = (uint8_t)state.cnt;
		to.owner = (uint8_t)state.owner;
		to.done |= (uint8_t)(1u << thread);
		to.result[thread] = (uint8_t)i;
		add(monitor, to);
	}
}

void monitor_call(struct monitor *monitor, const struct machine *m)
{
	for (unsigned int i = 0; i < monitor->n; i++)
		for (int t = 0; t < m->n_threads; t++)
			take_effect(monitor, m, monitor->all[i], t);
	sort(monitor);
}

void monitor_return(struct monitor *monitor, const struct machine *m, int thread)
{
	const struct op *op = &m->threads[thread].ops[m->threads[thread].n_ops - 1];
	const int8_t *results = monitor->judging->results;
	const unsigned int n = monitor->n;

	monitor->n = 0;
	for (unsigned int i = 0; i < n; i++) {
		union supposed s = monitor->all[i];

		if (!(s.done & 1u << thread) || results[s.result[thread]] != op->result)
			continue;
		s.done &= (uint8_t) ~(1u << thread);
		s.result[thread] = 0;
		add(monitor, s);
	}
	sort(monitor);
}
