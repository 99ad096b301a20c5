/* SPDX-License-Identifier: MIT */
/* Counters of the kernel's software events, which exist on every machine. If perf_event_open is
 * forbidden, the tests check that this is reported. */
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/measure/events.h"

/* PAGES exceeds the number of pages that a thread touches when it starts, even under a
 * sanitizer. */
enum { PAGES = 1024, NOBODY = 65534 };

static struct counter_list parse_events(const char *names)
{
	struct counter_list list;
	struct error err;

	if (events_parse(names, &list, &err))
		fail_msg("%s", err.text);
	return list;
}

/* Opens the counters in user mode only, which needs the fewest privileges. Skips the test if even
 * this is forbidden. */
static struct counter_fds open_all(const struct counter_list *list)
{
	struct counter_fds fds;
	int ret = counters_open(&fds, list);

	if (ret == -EACCES || ret == -EPERM || ret == -ENOSYS)
		skip();
	assert_int_equal(ret, 0);
	return fds;
}

/* Touches new pages, each for the first time. */
static void touch_pages(void)
{
	const size_t size = PAGES * (size_t)getpagesize();
	volatile char *pages =
	    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(pages, MAP_FAILED);
	madvise((void *)pages, size, MADV_NOHUGEPAGE);
	for (size_t i = 0; i < size; i += (size_t)getpagesize())
		pages[i] = 1;
	munmap((void *)pages, size);
}

static void *touch_in_thread(void *arg)
{
	touch_pages();
	return arg;
}

static void touched_pages_are_counted_between_enable_and_disable(void **state)
{
	struct counter_list list = parse_events("page-faults:u,task-clock:u");
	struct counter_fds fds = open_all(&list);
	struct count counts[COUNTERS_MAX], later[COUNTERS_MAX];

	(void)state;
	touch_pages();
	assert_int_equal(counters_read(&fds, counts), 0);
	assert_int_equal(counts[0].value, 0);
	assert_int_equal(counts[0].running_ns, 0);
	counters_enable(&fds);
	touch_pages();
	counters_disable(&fds);
	assert_int_equal(counters_read(&fds, counts), 0);
	assert_true(counts[0].value >= PAGES);
	assert_true(counts[1].value > 0);
	assert_true(counts[0].enabled_ns > 0);
	assert_true(counts[0].running_ns == counts[0].enabled_ns);
	touch_pages();
	assert_int_equal(counters_read(&fds, later), 0);
	assert_true(later[0].value == counts[0].value);
	assert_true(later[0].enabled_ns == counts[0].enabled_ns);
	counters_close(&fds);
}

static void another_thread_is_not_counted(void **state)
{
	struct counter_list list = parse_events("page-faults:u");
	struct counter_fds fds = open_all(&list);
	struct count mine, with_another;
	pthread_t thread;

	(void)state;
	/* The first thread allocates the stack, which the second one reuses without page faults. */
	pthread_create(&thread, NULL, touch_in_thread, NULL);
	pthread_join(thread, NULL);
	counters_enable(&fds);
	assert_int_equal(counters_read(&fds, &mine), 0);
	pthread_create(&thread, NULL, touch_in_thread, NULL);
	pthread_join(thread, NULL);
	counters_disable(&fds);
	assert_int_equal(counters_read(&fds, &with_another), 0);
	assert_true(with_another.value - mine.value < PAGES);
	counters_close(&fds);
}

static void a_closed_counter_is_an_error(void **state)
{
	struct counter_list list = parse_events("page-faults:u,task-clock:u");
	struct counter_fds fds = open_all(&list);
	struct count counts[COUNTERS_MAX] = {{1, 1, 1}, {1, 1, 1}};

	(void)state;
	close(fds.fds[1]);
	assert_int_equal(counters_read(&fds, counts), -EBADF);
	for (size_t i = 0; i < fds.nr; i++) {
		assert_int_equal(counts[i].value, 0);
		assert_int_equal(counts[i].running_ns, 0);
	}
	counters_close(&fds);
}

static size_t count_open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

static void too_many_open_files_leave_none_open(void **state)
{
	struct counter_list list = parse_events("page-faults:u,task-clock:u,cpu-clock:u");
	struct counter_fds fds = open_all(&list);
	struct rlimit before, low;
	size_t open_before;

	(void)state;
	/* Three descriptors are needed, but the limit permits two. */
	getrlimit(RLIMIT_NOFILE, &before);
	low = before;
	low.rlim_cur = (rlim_t)fds.fds[2];
	counters_close(&fds);
	open_before = count_open_files();
	setrlimit(RLIMIT_NOFILE, &low);
	assert_int_equal(counters_open(&fds, &list), -EMFILE);
	setrlimit(RLIMIT_NOFILE, &before);
	assert_int_equal(fds.nr, 0);
	assert_int_equal(count_open_files(), open_before);
}

static void files_for_all_threads_are_reserved(void **state)
{
	struct counter_list list = parse_events("page-faults,task-clock");
	struct rlimit before, limit;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &before);
	limit = before;
	limit.rlim_cur = 64;
	setrlimit(RLIMIT_NOFILE, &limit);
	counters_reserve(&list, 100);
	getrlimit(RLIMIT_NOFILE, &limit);
	assert_true(limit.rlim_cur >= 200 || limit.rlim_cur == limit.rlim_max);
	setrlimit(RLIMIT_NOFILE, &before);
}

static void a_shared_counter_is_scaled(void **state)
{
	const struct count shared = {.value = 100, .enabled_ns = 1000, .running_ns = 250};
	const struct count alone = {.value = 7, .enabled_ns = 1000, .running_ns = 1000};
	const struct count never = {.enabled_ns = 1000};

	(void)state;
	assert_true(count_scaled(&shared) == 400);
	assert_true(count_multiplexed(&shared) == 0.75);
	assert_true(count_scaled(&alone) == 7);
	assert_true(count_multiplexed(&alone) == 0);
	assert_true(isnan(count_scaled(&never)));
	assert_true(count_multiplexed(&never) == 1);
}

static void names_become_events(void **state)
{
	struct counter_list list = parse_events(EVENTS_DEFAULT);

	(void)state;
	assert_int_equal(list.nr, 8);
	assert_string_equal(list.counters[0].name, "cycles");
	assert_int_equal(list.counters[0].attr.type, PERF_TYPE_HARDWARE);
	assert_int_equal(list.counters[0].attr.config, PERF_COUNT_HW_CPU_CYCLES);
	assert_string_equal(list.counters[7].name, "page-faults");
	assert_int_equal(list.counters[7].attr.type, PERF_TYPE_SOFTWARE);
	assert_int_equal(list.counters[7].attr.config, PERF_COUNT_SW_PAGE_FAULTS);
	assert_int_equal(list.counters[7].attr.exclude_kernel, 0);
	list = parse_events("page-faults:u");
	assert_int_equal(list.counters[0].attr.exclude_kernel, 1);
	assert_int_equal(parse_events("none").nr, 0);
}

static void malformed_names_are_refused(void **state)
{
	static const struct {
		const char *names, *said;
	} wrong[] = {
	    {"", "--events: an event's name is empty"},
	    {"cycles,", "--events: an event's name is empty"},
	    {",cycles", "--events: an event's name is empty"},
	    {"none,cycles", "--events=none: event not found; 'ownbench list --events'"},
	    {"cycle", "--events=cycle: event not found; 'ownbench list --events'"},
	    {"cycles instructions", "invalid parameters"},
	    {"cycles:z", "invalid event attribute"},
	    {"cs,cs", "--events: cs is named twice"},
	    {"\xff\xfe", "event not found"},
	    {"%s%n", "--events=%s%n: event not found"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct counter_list list;
		struct error err = {""};

		assert_int_equal(events_parse(wrong[i].names, &list, &err), -1);
		if (!strstr(err.text, wrong[i].said))
			fail_msg("%s: %s", wrong[i].names, err.text);
	}
}

static void too_many_or_too_long_names_are_refused(void **state)
{
	char names[1024] = "";
	struct counter_list list;
	struct error err;

	(void)state;
	for (int i = 1; i <= COUNTERS_MAX + 1; i++)
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%sr%x",
		    i == 1 ? "" : ",", i);
	assert_int_equal(events_parse(names, &list, &err), -1);
	assert_non_null(strstr(err.text, "more than 16 events"));
	memset(names, 'x', sizeof(names) - 1);
	assert_int_equal(events_parse(names, &list, &err), -1);
	snprintf(names, sizeof(names),
	    "cycles:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k:u:k");
	assert_int_equal(events_parse(names, &list, &err), -1);
}

/* An event that is not available is removed, and named with the reason. */
static void absent_events_are_left_out(void **state)
{
	struct counter_list list = parse_events("page-faults:u");
	struct counter_fds fds = open_all(&list);
	char *text;

	(void)state;
	counters_close(&fds);
	list = parse_events("page-faults:u,cycles:u");
	list.counters[1].attr.type = 0xffff; /* a type that no machine has */
	text = events_keep_countable(&list);
	assert_int_equal(list.nr, 1);
	assert_string_equal(list.counters[0].name, "page-faults:u");
	assert_string_equal(text, "cycles:u (this machine has no such counter)");
	free(text);
	assert_null(events_keep_countable(&list));
}

static int read_paranoid(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "r");
	char line[32] = "4";

	if (file) {
		if (!fgets(line, sizeof(line), file))
			line[0] = '4';
		fclose(file);
	}
	return (int)strtol(line, NULL, 10);
}

/* Runs in its own process. Returns 0 if the remaining events and the message are as
 * perf_event_paranoid requires. */
static int judge_unprivileged(void)
{
	struct counter_list list = parse_events("context-switches,page-faults");
	int paranoid = read_paranoid();
	char *text;

	if (geteuid() == 0 && (setgid(NOBODY) || setuid(NOBODY)))
		return 10;
	text = events_keep_countable(&list);
	if (list.nr == 0) /* in a container, or if the administrator forbids it */
		return text && strstr(text, "context-switches, page-faults (") ? 0 : 1;
	if (paranoid < 2)
		return list.nr == 2 && !text ? 0 : 2;
	if (list.nr != 1 || strcmp(list.counters[0].name, "page-faults") ||
	    !list.counters[0].attr.exclude_kernel)
		return 3;
	return text && strstr(text, "context-switches (") &&
	               strstr(text, "page-faults (counted in user mode only") &&
	               strstr(text, "sudo sysctl kernel.perf_event_paranoid=1")
	           ? 0
	           : 4;
}

static void an_unprivileged_user_counts_what_it_may(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (!child)
		_exit(judge_unprivileged());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void countable_events_are_listed(void **state)
{
	struct counter_list list = parse_events("page-faults:u");
	struct counter_fds fds = open_all(&list);
	struct error err;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	counters_close(&fds);
	assert_int_equal(events_print(out, &err), 0);
	fclose(out);
	assert_non_null(strstr(text, "page-faults "));
	assert_non_null(strstr(text, "task-clock "));
	/* Each listed name can be requested. */
	for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
		line[strcspn(line, " ")] = '\0';
		list = parse_events(line);
		events_keep_countable(&list);
		assert_int_equal(list.nr, 1);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(touched_pages_are_counted_between_enable_and_disable),
	    cmocka_unit_test(another_thread_is_not_counted),
	    cmocka_unit_test(a_closed_counter_is_an_error),
	    cmocka_unit_test(too_many_open_files_leave_none_open),
	    cmocka_unit_test(files_for_all_threads_are_reserved),
	    cmocka_unit_test(a_shared_counter_is_scaled),
	    cmocka_unit_test(names_become_events),
	    cmocka_unit_test(malformed_names_are_refused),
	    cmocka_unit_test(too_many_or_too_long_names_are_refused),
	    cmocka_unit_test(absent_events_are_left_out),
	    cmocka_unit_test(an_unprivileged_user_counts_what_it_may),
	    cmocka_unit_test(countable_events_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
