/* SPDX-License-Identifier: MIT */
/* If a child process hangs, the function and source line where each thread hangs are shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/check/hang_traces.h"
#include "harness/process/child.h"
#include "impl/annotate.h"

static pthread_barrier_t all_wait;

__attribute__((noinline)) static void waits_here(void)
{
	while (pause())
		;
}

static void *wait_in_thread(void *arg)
{
	(void)arg;
	pthread_barrier_wait(&all_wait);
	waits_here();
	return NULL;
}

/* Two threads wait in the same function, and the main thread waits for them. */
static void hang(void *arg)
{
	pthread_t threads[2];

	(void)arg;
	pthread_barrier_init(&all_wait, NULL, 3);
	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, wait_in_thread, NULL);
	pthread_barrier_wait(&all_wait);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
}

/* In seconds. A process with ThreadSanitizer's own thread, which wakes up ten times a second, never
 * looks idle, so the watch ends only after this time. */
#ifdef ANNOTATE_THREAD_SANITIZER
static const double PATIENCE = 30;
#else
static const double PATIENCE = 600;
#endif

static void each_thread_is_shown(void **state)
{
	char text[HANG_TRACES_MAX] = "";
	struct child child = {0};
	bool stuck;

	(void)state;
	assert_int_equal(child_start(&child, hang, NULL), 0);
	assert_false(child_watch(&child, 0, PATIENCE, NULL, &stuck));
	hang_traces(child.pid, text, sizeof(text));
	child_finish(&child, 0, NULL);
	if (strstr(text, "ptrace() is not permitted"))
		print_message("%s", text);
	else if (!strstr(text, "    2 threads:\n") || !strstr(text, "  waits_here ") ||
		 !strstr(text, "hang_traces.c:") || !strstr(text, "    1 thread:\n"))
		fail_msg("%s", text);
}

/* A process that has ended has no threads. */
static void what_cannot_be_read_is_said(void **state)
{
	char text[HANG_TRACES_MAX] = "", small[16] = "";

	(void)state;
	hang_traces(0, text, sizeof(text));
	assert_non_null(strstr(text, "cannot be read"));
	hang_traces(0, small, sizeof(small));
	assert_int_equal(strnlen(small, sizeof(small)), sizeof(small) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_thread_is_shown),
	    cmocka_unit_test(what_cannot_be_read_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
