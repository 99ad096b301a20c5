/* SPDX-License-Identifier: MIT */
/* Child processes: each way to end is reported, and nothing is left behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/process/child.h"
#include "impl/annotate.h"

static bool no_process;

/* Replaces the C library's fork(). */
pid_t fork(void)
{
	if (!no_process)
		return _Fork();
	errno = EAGAIN;
	return -1;
}

/* A time limit in seconds, longer than any step takes. */
static const double PATIENCE = 600;

/* ThreadSanitizer's own thread wakes up ten times a second, so a process with it never looks idle.
 */
#ifdef ANNOTATE_THREAD_SANITIZER
static const bool IDLE_IS_SEEN = false;
#else
static const bool IDLE_IS_SEEN = true;
#endif

static void sleep_for_ever(void *arg)
{
	(void)arg;
	for (;;)
		pause();
}

static void ignore_terminate(void *arg)
{
	signal(SIGTERM, SIG_IGN);
	sleep_for_ever(arg);
}

static void crash_child(void *arg)
{
	signal(*(const int *)arg, SIG_DFL);
	raise(*(const int *)arg);
}

static void exit_with(void *arg)
{
	_exit(*(const int *)arg);
}

static void count_start(void *arg)
{
	++*(int *)arg;
}

static void count_and_crash(void *arg)
{
	++*(int *)arg;
	raise(SIGKILL);
}

static struct child_end finish_child(void (*main)(void *arg), void *arg, double timeout)
{
	struct child child = {0};
	struct child_end end;

	assert_int_equal(child_start(&child, main, arg), 0);
	assert_true(child.pid > 0);
	end = child_finish(&child, timeout, NULL);
	assert_int_equal(child.pid, 0);
	return end;
}

/* Checks that every child has been waited for. */
static int no_children(void **state)
{
	(void)state;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	return 0;
}

static void assert_described(const struct child_end *end, const char *expected)
{
	char text[100];

	child_describe(end, text, sizeof(text));
	assert_string_equal(text, expected);
}

static void exit_status_is_reported(void **state)
{
	const int statuses[] = {0, 3, 255};

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		struct child_end end = finish_child(exit_with, (void *)&statuses[i], PATIENCE);

		assert_int_equal(end.outcome, CHILD_EXITED);
		assert_int_equal(end.code, statuses[i]);
	}
	assert_described(
	    &(struct child_end){CHILD_EXITED, .code = 3}, "ended early with exit status 3");
}

static void memory_is_shared(void **state)
{
	int *n = child_memory_map(sizeof(*n));
	struct child_end end;

	(void)state;
	assert_non_null(n);
	assert_int_equal(*n, 0);
	end = finish_child(count_start, n, PATIENCE);
	assert_int_equal(end.outcome, CHILD_EXITED);
	assert_int_equal(end.code, 0);
	assert_int_equal(*n, 1);
	end = finish_child(count_and_crash, n, PATIENCE);
	assert_int_equal(end.outcome, CHILD_CRASHED);
	assert_int_equal(*n, 2);
	child_memory_unmap(n, sizeof(*n));
}

static void crash_names_the_signal(void **state)
{
	static const struct {
		int sig;
		const char *text;
	} crashes[] = {
	    {SIGSEGV, "crashed: SIGSEGV (Segmentation fault)"},
	    {SIGABRT, "crashed: SIGABRT (Aborted)"},
	    {SIGKILL, "crashed: SIGKILL (Killed)"},
	};
	char text[100];

	(void)state;
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++) {
		struct child_end end = finish_child(crash_child, (void *)&crashes[i].sig, PATIENCE);

		assert_int_equal(end.outcome, CHILD_CRASHED);
		assert_int_equal(end.code, crashes[i].sig);
		assert_described(&end, crashes[i].text);
	}
	snprintf(text, sizeof(text), "crashed: signal %d", SIGRTMIN);
	assert_described(&(struct child_end){CHILD_CRASHED, .code = SIGRTMIN}, text);
}

static void hang_is_killed(void **state)
{
	struct child_end end = finish_child(sleep_for_ever, NULL, 0.01);

	(void)state;
	assert_int_equal(end.outcome, CHILD_HUNG);
	assert_described(&(struct child_end){CHILD_HUNG, .timeout = 10}, "hung: killed after 10 s");
	end = finish_child(ignore_terminate, NULL, 0);
	assert_int_equal(end.outcome, CHILD_HUNG);
	assert_int_equal(end.code, SIGKILL);
}

static void *lock_mutex(void *mutex)
{
	pthread_mutex_lock(mutex);
	return NULL;
}

static void deadlock(void *arg)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_t other;

	(void)arg;
	pthread_mutex_lock(&mutex);
	if (!pthread_create(&other, NULL, lock_mutex, &mutex))
		pthread_join(other, NULL);
}

static void *wait_for_ever(void *arg)
{
	sleep_for_ever(arg);
	return NULL;
}

static void spin(void *arg);

/* One thread spins forever, and the other sleeps forever. */
static void spin_for_a_sleeper(void *arg)
{
	pthread_t other;

	if (!pthread_create(&other, NULL, wait_for_ever, NULL))
		spin(arg);
}

static void spin(void *arg)
{
	for (volatile const char *p = arg; !p || *p;)
		;
}

/* Like spin_for_a_sleeper(), but the thread yields its CPU to another process, which spins. */
static void yield_for_a_sleeper(void *arg)
{
	cpu_set_t one;
	pthread_t other;
	struct child spinner = {0};

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	if (sched_setaffinity(0, sizeof(one), &one) || child_start(&spinner, spin, arg) ||
	    pthread_create(&other, NULL, wait_for_ever, NULL))
		return;
	for (;;)
		sched_yield();
}

/* A process is stuck if every thread sleeps, or if its running threads only spin until a sleeping
 * thread continues. A process that runs, however slowly, is not stuck. */
static void stuck_children_are_found(void **state)
{
	static const int status = 0;
	static const struct {
		void (*main)(void *arg);
		double timeout;
		bool ends, stuck;
	} cases[] = {{deadlock, IDLE_IS_SEEN ? PATIENCE : 1, false, IDLE_IS_SEEN},
	    {spin_for_a_sleeper, PATIENCE, false, true},
	    {yield_for_a_sleeper, PATIENCE, false, true}, {spin, 1, false, false},
	    {exit_with, PATIENCE, true, false}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct child child = {0};
		bool stuck = !cases[i].stuck;

		assert_int_equal(child_start(&child, cases[i].main,
				     cases[i].main == exit_with ? (void *)&status : NULL),
		    0);
		assert_int_equal(
		    child_watch(&child, 0, cases[i].timeout, NULL, &stuck), cases[i].ends);
		assert_int_equal(stuck, cases[i].stuck);
		child_finish(&child, 0, NULL);
	}
	assert_described(&(struct child_end){CHILD_HUNG, .timeout = 10, .stuck = true},
	    "hung: a thread waits, and nothing wakes it up");
}

/* Starts a program that keeps the pipe open, and then writes a byte itself. */
static void start_grandchild(void *arg)
{
	static const char *const argv[] = {"sleep", "600", NULL};
	const int *out = arg;
	struct child grandchild = {0};

	if (!child_spawn(&grandchild, argv, NULL, NULL) && write(out[1], "", 1) == 1)
		sleep_for_ever(NULL);
}

static void group_is_killed_whole(void **state)
{
	struct child child = {.group = true};
	char byte;
	int out[2];

	(void)state;
	assert_int_equal(pipe(out), 0);
	assert_int_equal(child_start(&child, start_grandchild, out), 0);
	close(out[1]);
	assert_int_equal(read(out[0], &byte, 1), 1);
	assert_int_equal(getpgid(child.pid), child.pid);
	assert_int_equal(child_finish(&child, 0, NULL).outcome, CHILD_HUNG);
	assert_int_equal(read(out[0], &byte, 1), 0); /* end of file: no process has the pipe open */
	close(out[0]);
}

static volatile sig_atomic_t stop;

static void set_stop(int sig)
{
	(void)sig;
	stop = 1;
}

static void signal_stops_the_wait(void **state)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct child_stop waited;
	struct child child = {0};
	struct child_end end;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		void (*before)(int) = signal(signals[i], set_stop);

		stop = 0;
		child_stop_begin(&waited, &stop);
		raise(signals[i]);
		assert_int_equal(stop, 0); /* the signal is blocked until the wait */
		assert_int_equal(child_start(&child, sleep_for_ever, NULL), 0);
		end = child_finish(&child, INFINITY, &waited);
		child_stop_end(&waited);
		assert_int_equal(end.outcome, CHILD_STOPPED);
		assert_described(&end, "stopped by a signal to its parent");
		signal(signals[i], before);
	}
}

/* A child that has already ended is reported as ended, even if the stop flag is set. */
static void stop_after_the_end_is_no_stop(void **state)
{
	struct child_stop waited;
	struct child child = {0};

	(void)state;
	stop = 0;
	child_stop_begin(&waited, &stop);
	assert_int_equal(child_start(&child, exit_with, &(int){4}), 0);
	assert_true(child_wait(&child, INFINITY, &waited));
	stop = 1;
	assert_int_equal(child_finish(&child, INFINITY, &waited).outcome, CHILD_EXITED);
	child_stop_end(&waited);
}

static volatile sig_atomic_t alarms;

/* Exits with 7 when its parent closes the pipe. */
static void wait_for_close(void *arg)
{
	const int *in = arg;
	char byte;

	close(in[1]);
	_exit(read(in[0], &byte, 1) == 0 ? 7 : 8);
}

static int go[2];

/* Each signal interrupts the parent's wait; the third one lets the child exit. */
static void let_go(int sig)
{
	(void)sig;
	if (++alarms == 3)
		close(go[1]);
}

static void signals_do_not_end_a_wait(void **state)
{
	const struct sigaction action = {.sa_handler = let_go}; /* without SA_RESTART */
	const struct itimerval often = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
	struct child child;
	struct child_end end;

	(void)state;
	for (int reaps = 0; reaps < 2; reaps++) {
		child = (struct child){0};
		alarms = 0;
		assert_int_equal(pipe(go), 0);
		assert_int_equal(child_start(&child, wait_for_close, go), 0);
		sigaction(SIGALRM, &action, NULL);
		setitimer(ITIMER_REAL, &often, NULL);
		end = reaps ? child_reap(&child) : child_finish(&child, INFINITY, NULL);
		setitimer(ITIMER_REAL, &never, NULL);
		assert_true(alarms >= 3);
		assert_int_equal(end.outcome, CHILD_EXITED);
		assert_int_equal(end.code, 7);
		close(go[0]);
	}
}

/* pidfd_open() fails before Linux 5.3, or if there is no free descriptor. */
static void waits_without_a_pidfd(void **state)
{
	struct rlimit before, none;
	struct child_end ended, hung;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){1, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	ended = finish_child(exit_with, &(int){5}, PATIENCE);
	hung = finish_child(sleep_for_ever, NULL, 0.05);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(ended.outcome, CHILD_EXITED);
	assert_int_equal(ended.code, 5);
	assert_int_equal(hung.outcome, CHILD_HUNG);
}

static void poll_does_not_wait(void **state)
{
	struct child child = {0};
	struct child_end end;

	(void)state;
	assert_int_equal(child_start(&child, sleep_for_ever, NULL), 0);
	assert_false(child_poll(&child, &end));
	child_kill(&child, SIGKILL);
	assert_true(child_wait(&child, INFINITY, NULL));
	assert_true(child_poll(&child, &end));
	assert_int_equal(end.outcome, CHILD_CRASHED);
	assert_int_equal(child.pid, 0);
}

static void failed_fork_is_an_error(void **state)
{
	struct child child = {0};

	(void)state;
	no_process = true;
	assert_int_equal(child_start(&child, sleep_for_ever, NULL), -1);
	no_process = false;
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(child.pid, 0);
}

static void program_runs(void **state)
{
	static const char *const argv[] = {"sh", "-c", "exit 9", NULL};
	static const char *const missing[] = {"no-such-program-of-ownbench", NULL};
	struct child child = {0};
	struct child_end end;

	(void)state;
	assert_int_equal(child_spawn(&child, argv, NULL, NULL), 0);
	end = child_finish(&child, PATIENCE, NULL);
	assert_int_equal(end.outcome, CHILD_EXITED);
	assert_int_equal(end.code, 9);
	assert_int_equal(child_spawn(&child, missing, NULL, NULL), ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(exit_status_is_reported, no_children),
	    cmocka_unit_test_teardown(memory_is_shared, no_children),
	    cmocka_unit_test_teardown(crash_names_the_signal, no_children),
	    cmocka_unit_test_teardown(hang_is_killed, no_children),
	    cmocka_unit_test_teardown(stuck_children_are_found, no_children),
	    cmocka_unit_test_teardown(group_is_killed_whole, no_children),
	    cmocka_unit_test_teardown(signal_stops_the_wait, no_children),
	    cmocka_unit_test_teardown(stop_after_the_end_is_no_stop, no_children),
	    cmocka_unit_test_teardown(signals_do_not_end_a_wait, no_children),
	    cmocka_unit_test_teardown(waits_without_a_pidfd, no_children),
	    cmocka_unit_test_teardown(poll_does_not_wait, no_children),
	    cmocka_unit_test_teardown(failed_fork_is_an_error, no_children),
	    cmocka_unit_test_teardown(program_runs, no_children),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
