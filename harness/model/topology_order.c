/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_order.h"

/* Messages from different CPUs may be logged in the wrong order if they are at most this many
 * seconds apart. */
static const double jitter = 1;

static void keep_largest(struct topology_step *step, double by, unsigned long line)
{
	if (by > step->by)
		*step = (struct topology_step){by, line};
}

static void note_time(
    struct topology_order *order, const struct topology_line *line, unsigned long number)
{
	const enum topology_clock clock = line->clock;
	const double by = line->time - order->last[clock];

	if (order->seen[clock]) {
		order->rises += by > 0;
		order->falls += by < 0;
		keep_largest(&order->rise[clock], by, number);
		keep_largest(&order->fall[clock], -by, number);
	}
	order->seen[clock] = true;
	order->last[clock] = line->time;
}

int topology_order_note(struct topology_order *order, const struct topology_line *line,
    unsigned long number, struct error *err, const char *source)
{
	const bool is_event =
	    line->kind == TOPOLOGY_LINE_DEVICE || line->kind == TOPOLOGY_LINE_REMOVED;

	if (line->clock != TOPOLOGY_CLOCK_NONE)
		note_time(order, line, number);
	if (line->begins_boot && order->has_events) {
		order->other_boot = true;
		order->has_events = false;
	}
	if (!is_event)
		return 0;
	order->has_events = true;
	if (!order->other_boot)
		return 0;
	return error_set(err,
	    "%s:%lu: this event and earlier ones are from different boots: give the log of one "
	    "boot",
	    source, number);
}

static bool has_removal(const struct topology_list *list)
{
	size_t i = 0;

	while (i < list->nr && !list->entries[i].removed)
		i++;
	return i < list->nr;
}

int topology_order_settle(
    const struct topology_order *order, struct topology_list *list, struct error *err)
{
	const bool removal = has_removal(list);

	list->newest_first = order->falls > order->rises;
	list->in_order = order->falls != order->rises;
	for (int clock = TOPOLOGY_CLOCK_BOOT; clock < TOPOLOGY_NR_CLOCKS; clock++) {
		const struct topology_step *against =
		    list->newest_first ? &order->rise[clock] : &order->fall[clock];

		/*
		 * The time since boot never goes back, but dates may, because the clock can be set.
		 * If the log has a removal, dates must not go back either: their order decides
		 * whether the device was removed before or after it was added.
		 */
		if (against->by > jitter && (removal || clock == TOPOLOGY_CLOCK_BOOT))
			return error_set(err,
			    "%s:%lu: the time stamp contradicts the order of the lines above: give "
			    "the log of one boot",
			    list->source, against->line);
	}
	return 0;
}
