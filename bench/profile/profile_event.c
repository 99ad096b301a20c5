/* SPDX-License-Identifier: MIT */
#include "bench/profile/profile_event.h"

#include <stdio.h>
#include <stdlib.h>

#include "harness/measure/events.h"

/* Limits on samples per second. FREQUENCY_SUM limits the rate over all CPUs, since perf stores 4
 * KiB of stack with each sample. */
enum { FREQUENCY_MOST = 999, FREQUENCY_LEAST = 49, FREQUENCY_SUM = 20000 };

#define USER_ONLY "user mode only; to include the kernel: sudo sysctl kernel.perf_event_paranoid=1"
#define NO_HARDWARE "no hardware counters here, so the software clock triggers the samples"

/* Chooses the event to sample: cycles if possible, otherwise the software clock. Includes the
 * kernel if that is allowed. */
static int choose_sampled(struct profile *profile, struct error *err)
{
	struct counter_list list;
	bool hardware, user;
	char *why;

	if (events_parse("cycles", &list, err))
		return -1;
	free(events_keep_countable(&list));
	hardware = list.nr;
	if (!hardware && events_parse("cpu-clock", &list, err))
		return -1;
	why = hardware ? NULL : events_keep_countable(&list);
	if (!list.nr) {
		error_set(err, "nothing can be sampled here: %s", why);
		free(why);
		return -1;
	}
	free(why);
	user = list.counters[0].attr.exclude_kernel;
	/* P requests the most precise sampling of the hardware. The software clock does not accept
	 * it. */
	snprintf(profile->chosen, sizeof(profile->chosen), "%s%s%s%s",
	    hardware ? "cycles" : "cpu-clock", hardware || user ? ":" : "", hardware ? "P" : "",
	    user ? "u" : "");
	if (hardware)
		profile->note = user ? USER_ONLY : "";
	else
		profile->note = user ? NO_HARDWARE "; " USER_ONLY : NO_HARDWARE;
	return 0;
}

/* Chooses the events to count: those that can be counted on this machine by this user. */
static int choose_counted(struct profile *profile, struct error *err)
{
	struct counter_list list;
	size_t used = 0;
	char *why;

	if (events_parse("task-clock,cycles,instructions,cache-references,cache-misses,"
			 "context-switches,cpu-migrations,page-faults",
		&list, err))
		return -1;
	why = events_keep_countable(&list);
	for (size_t i = 0; i < list.nr; i++)
		used += (size_t)snprintf(profile->chosen + used, sizeof(profile->chosen) - used,
		    "%s%s%s", i ? "," : "", list.counters[i].name,
		    list.counters[i].attr.exclude_kernel ? ":u" : "");
	if (!list.nr)
		error_set(err, "nothing can be counted here: %s", why);
	else if (why)
		fprintf(stderr, "ownbench profile: events: %s\n", why);
	free(why);
	return list.nr ? 0 : -1;
}

int profile_choose_event(struct profile *profile, struct error *err)
{
	profile->note = "";
	if (profile->event || profile->mode == PROFILE_C2C)
		return 0;
	return profile->mode == PROFILE_STAT ? choose_counted(profile, err)
	                                     : choose_sampled(profile, err);
}

/* Returns the kernel's limit on samples per second. The kernel lowers it when samples take too
 * long, and perf fails with a higher frequency. */
static uint64_t allowed_frequency(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_max_sample_rate", "re");
	char line[32] = "";
	uint64_t most;

	if (!file)
		return FREQUENCY_MOST;
	most = fgets(line, sizeof(line), file) ? strtoull(line, NULL, 10) : 0;
	fclose(file);
	return most ? most : FREQUENCY_MOST;
}

uint64_t profile_frequency(const struct profile *profile, unsigned int threads)
{
	const unsigned int cpus = threads < pin_nr_cpus() ? threads : pin_nr_cpus();
	const uint64_t allowed = allowed_frequency();
	uint64_t frequency = FREQUENCY_SUM / cpus;

	if (profile->frequency)
		return profile->frequency;
	if (frequency > FREQUENCY_MOST)
		frequency = FREQUENCY_MOST;
	if (frequency < FREQUENCY_LEAST)
		frequency = FREQUENCY_LEAST;
	return frequency < allowed ? frequency : allowed;
}
