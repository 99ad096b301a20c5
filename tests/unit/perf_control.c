/* SPDX-License-Identifier: MIT */
/* Commands to perf, and everything that can happen instead of an answer. The test plays the role of
 * perf. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/measure/perf_control.h"

static const double LONG = 60, SHORT = 0.01;

static struct perf_control create_control(double timeout)
{
	struct perf_control control;
	struct error err;

	assert_int_equal(perf_control_create(&control, timeout, &err), 0);
	return control;
}

/* Writes perf's answer before the command is sent. */
static void answer_control(const struct perf_control *control, const char *text, size_t size)
{
	assert_int_equal(write(control->answer[1], text, size), (ssize_t)size);
}

static void a_command_is_a_line_and_its_answer_ack(void **state)
{
	struct perf_control control = create_control(LONG);
	struct error err;
	char seen[32] = "";

	(void)state;
	answer_control(&control, "ack\n", 5); /* with its NUL, as perf sends it */
	assert_int_equal(perf_control_send(&control, "ping", &err), 0);
	assert_int_equal(read(control.command[0], seen, sizeof(seen) - 1), 5);
	assert_string_equal(seen, "ping\n");
	answer_control(&control, "ack\n", 5);
	assert_int_equal(perf_control_send(&control, "enable", &err), 0);
	/* The previous answer's NUL arrives late, and the answer arrives in two pieces. */
	answer_control(&control, "\0ack", 4);
	answer_control(&control, "\n", 1);
	assert_int_equal(perf_control_send(&control, "disable", &err), 0);
	perf_control_close(&control);
}

static void assert_fails(struct perf_control *control, const char *said)
{
	struct error err;

	assert_int_equal(perf_control_send(control, "ping", &err), -1);
	assert_string_equal(err.text, said);
	perf_control_close(control);
}

static void no_answer_is_an_error(void **state)
{
	struct perf_control control = create_control(SHORT);

	(void)state;
	assert_fails(&control, "perf did not answer 'ping' within 0.01 s");
	control = create_control(SHORT);
	answer_control(&control, "ac", 2);
	assert_fails(&control, "perf did not answer 'ping' within 0.01 s");
}

static void an_end_is_an_error(void **state)
{
	struct perf_control control = create_control(LONG);

	(void)state;
	/* Both ends are closed, so the command cannot be written. */
	perf_control_close_perfs(&control);
	assert_fails(&control, "perf exited before it acknowledged 'ping'");
	control = create_control(LONG);
	close(control.answer[1]);
	control.answer[1] = -1;
	assert_fails(&control, "perf exited before it acknowledged 'ping'");
}

static void another_answer_is_an_error(void **state)
{
	static char endless[200];
	struct perf_control control = create_control(LONG);
	char said[sizeof(endless) + 64];

	(void)state;
	answer_control(&control, "no such command\n", 17);
	assert_fails(&control, "perf answered 'ping' with 'no such command' instead of ack");
	control = create_control(LONG);
	memset(endless, 'x', sizeof(endless));
	answer_control(&control, endless, sizeof(endless));
	endless[63] = '\0';
	snprintf(said, sizeof(said), "perf answered 'ping' with '%s' instead of ack", endless);
	assert_fails(&control, said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_command_is_a_line_and_its_answer_ack),
	    cmocka_unit_test(no_answer_is_an_error),
	    cmocka_unit_test(an_end_is_an_error),
	    cmocka_unit_test(another_answer_is_an_error),
	};

	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
