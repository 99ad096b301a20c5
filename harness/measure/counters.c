/* SPDX-License-Identifier: MIT */
#include "harness/measure/counters.h"

#include <errno.h>
#include <math.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Number of file descriptors left for files other than counters. */
enum { OTHER_FILES = 256 };

/* Opens a counter for the calling thread, on any CPU. Counters are not grouped, so the kernel
 * schedules each one separately: one that does not fit into the PMU does not stop the others. */
static int open_counter(const struct counter *counter)
{
	struct perf_event_attr attr = counter->attr;

	attr.size = sizeof(attr);
	attr.disabled = 1;
	attr.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
	return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

int counters_open(struct counter_fds *fds, const struct counter_list *list)
{
	*fds = (struct counter_fds){0};
	for (size_t i = 0; i < list->nr; i++) {
		int fd = open_counter(&list->counters[i]);

		if (fd < 0) {
			int wrong = errno;

			counters_close(fds);
			return -wrong;
		}
		fds->fds[fds->nr++] = fd;
	}
	return 0;
}

void counters_enable(const struct counter_fds *fds)
{
	if (fds->nr)
		prctl(PR_TASK_PERF_EVENTS_ENABLE, 0, 0, 0, 0);
}

void counters_disable(const struct counter_fds *fds)
{
	if (fds->nr)
		prctl(PR_TASK_PERF_EVENTS_DISABLE, 0, 0, 0, 0);
}

int counters_read(const struct counter_fds *fds, struct count *counts)
{
	int wrong = 0;

	for (size_t i = 0; i < fds->nr && !wrong; i++) {
		ssize_t n = read(fds->fds[i], &counts[i], sizeof(counts[i]));

		if (n != sizeof(counts[i]))
			wrong = n < 0 ? -errno : -EIO;
	}
	for (size_t i = 0; i < fds->nr && wrong; i++)
		counts[i] = (struct count){0};
	return wrong;
}

void counters_close(struct counter_fds *fds)
{
	for (size_t i = 0; i < fds->nr; i++)
		close(fds->fds[i]);
	fds->nr = 0;
}

double count_scaled(const struct count *count)
{
	if (!count->running_ns)
		return NAN;
	return (double)count->value * ((double)count->enabled_ns / (double)count->running_ns);
}

double count_multiplexed(const struct count *count)
{
	if (!count->enabled_ns)
		return 0;
	return 1 - (double)count->running_ns / (double)count->enabled_ns;
}

void counters_reserve(const struct counter_list *list, unsigned int nr_threads)
{
	const rlim_t needed = list->nr * nr_threads + OTHER_FILES;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= needed)
		return;
	limit.rlim_cur = limit.rlim_max < needed ? limit.rlim_max : needed;
	setrlimit(RLIMIT_NOFILE, &limit); /* if this fails, counters_open() reports it */
}
