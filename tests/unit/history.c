/* SPDX-License-Identifier: MIT */
/* Histories as files: a file is read back as it was written, and a malformed file is reported with
 * the line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/check/history.h"
#include "harness/check/timeline.h"
#include "tests/unit/read_text.h"
#include "tests/unit/reread.h"

static char path[] = "/tmp/history-XXXXXX";

static void files_are_read_as_written(void **state)
{
	static const int16_t results[] = {0, -EBUSY, -EPERM, -EINVAL};
	struct history h = {0}, again;

	(void)state;
	for (int i = 0; i < 4 * SPEC_OPS; i++) {
		struct history_op op = {
		    .kind = (enum spec_op)(i % SPEC_OPS),
		    .thread = 3,
		    .group = 7,
		    .call = (uint64_t)10 * (unsigned int)i,
		    .ret = 10u * (unsigned int)i + 4,
		    .result = results[i / SPEC_OPS],
		};

		if (op.kind == SPEC_CLAIMED)
			op.result = i & 1;
		else if (op.kind != SPEC_GROUP_CLAIM && op.kind != SPEC_GROUP_RELEASE)
			op.device = 5;
		if (op.kind == SPEC_GROUP_CLAIM || op.kind == SPEC_DEVICE_CLAIM)
			op.owner = 2;
		history_add(&h, &op);
	}
	h.ops[h.nr - 1].ret = HISTORY_PENDING;
	h.ops[h.nr - 1].result = 0;
	again = reread_history(&h, path);
	for (size_t i = 0; i < h.nr; i++) {
		assert_int_equal(again.ops[i].owner, h.ops[i].owner);
		assert_int_equal(again.ops[i].device, h.ops[i].device);
		assert_int_equal(again.ops[i].group, 7);
		assert_int_equal(again.ops[i].thread, 3);
	}
	history_free(&h);
	history_free(&again);
}

#define GOOD                                                                               \
	"{\"op\":\"unuse\",\"thread\":0,\"group\":0,\"device\":0,\"call\":1,\"return\":2," \
	"\"result\":\"ok\"}\n"

static void malformed_files_are_reported(void **state)
{
	static const struct {
		const char *line, *reason;
	} cases[] = {
	    {"{\"op\":\"use\"", "not JSON"},
	    {"[1]", "not a JSON object"},
	    {"{}", "\"op\" is missing"},
	    {"{\"op\":\"jump\"}", "no such operation: \"jump\""},
	    {"{\"op\":\"use\",\"group\":0,\"device\":0,\"call\":3}", "\"thread\" is missing"},
	    {"{\"op\":\"use\",\"thread\":1,\"device\":0,\"call\":3}", "\"group\" is missing"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"call\":3}", "\"device\" is missing"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0}", "\"call\" is missing"},
	    {"{\"op\":\"group_claim\",\"thread\":1,\"group\":0,\"call\":3}",
		"\"owner\" is missing"},
	    {"{\"op\":\"use\",\"thread\":-1,\"group\":0,\"device\":0,\"call\":3}",
		"\"thread\" must be"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3.5}",
		"\"call\" must be"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"return\":4}",
		"\"result\" must be"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"return\":4,"
	     "\"result\":\"EIO\"}",
		"\"result\" must be"},
	    {"{\"op\":\"claimed\",\"thread\":1,\"group\":0,\"call\":3,\"return\":4,\"result\":"
	     "\"ok\"}",
		"must be true or false"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"return\":2,"
	     "\"result\":\"ok\"}",
		"\"return\" comes before \"call\""},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"result\":\"ok\"}",
		"a \"result\" without a \"return\""},
	    {"{\"op\":\"unuse\",\"thread\":0,\"group\":0,\"device\":0,\"call\":3,\"returns\":4}",
		"no such key: \"returns\""},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"provider\":0}",
		"\"provider\" does not apply to use of a group"},
	    {"{\"op\":\"use\",\"thread\":1,\"provider\":0,\"call\":3,\"device\":1}",
		"\"device\" does not apply to use of a provider"},
	    {"{\"op\":\"get\",\"thread\":1,\"provider\":0,\"call\":3,\"group\":1}",
		"\"group\" does not apply to get of a provider"},
	    {"{\"op\":\"touch\",\"thread\":1,\"device\":0,\"call\":3,\"provider\":1}",
		"\"provider\" does not apply to touch of a device"},
	    {"{\"op\":\"touch\",\"thread\":1,\"device\":0,\"call\":3,\"owner\":1}",
		"\"owner\" does not apply to touch of a device"},
	    {"{\"op\":\"use\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"owner\":1}",
		"\"owner\" does not apply to use of a group"},
	    {"{\"op\":\"group_claim\",\"thread\":1,\"group\":0,\"device\":0,\"call\":3,\"owner\":"
	     "1}",
		"\"device\" does not apply to group_claim of a group"},
	    {"", "not JSON"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct history h = {0};
		struct error err;
		char text[512], where[64];

		snprintf(text, sizeof(text), GOOD "%s\n", cases[i].line);
		snprintf(where, sizeof(where), "%s:2: ", path);
		if (read_text(path, text, &h, &err) == 0)
			fail_msg("accepted: %s", cases[i].line);
		if (strncmp(err.text, where, strlen(where)) || !strstr(err.text, cases[i].reason))
			fail_msg("%s: reported as: %s", cases[i].line, err.text);
		history_free(&h);
	}
}

static void files_that_cannot_be_read(void **state)
{
	struct history h = {0};
	struct error err;

	(void)state;
	assert_int_equal(read_text(path, "", &h, &err), -1);
	assert_non_null(strstr(err.text, "no operation"));
	assert_int_equal(history_read("/nowhere/at/all", &h, &err), -1);
	assert_non_null(strstr(err.text, "/nowhere/at/all: No such file"));
	history_free(&h);
}

static void a_thread_is_in_one_operation(void **state)
{
	struct history h = {0};
	struct error err;

	(void)state;
	assert_int_equal(read_text(path, GOOD GOOD, &h, &err), -1);
	assert_non_null(strstr(err.text, "thread 0 calls unuse at 1 before its unuse"));
	history_free(&h);
	/* The error names the line of the file, whatever the order of the operations. */
	assert_int_equal(read_text(path,
			     "{\"op\":\"claimed\",\"thread\":1,\"group\":0,\"call\":8,"
			     "\"return\":9,\"result\":true}\n" GOOD
			     "{\"op\":\"claimed\",\"thread\":1,\"group\":0,\"call\":5}\n",
			     &h, &err),
	    -1);
	assert_int_equal(strncmp(err.text, path, strlen(path)), 0);
	assert_string_equal(err.text + strlen(path),
	    ":1: thread 1 calls claimed at 8 before its claimed in line 3 has returned");
	history_free(&h);
}

static void operations_that_take_no_time_come_first(void **state)
{
	struct history h = {0};
	struct error err;

	(void)state;
	if (read_text(path,
		GOOD "{\"op\":\"claimed\",\"thread\":0,\"group\":0,\"call\":1,\"return\":1,"
		     "\"result\":false}\n",
		&h, &err))
		fail_msg("%s", err.text);
	assert_int_equal(h.nr, 2);
	history_free(&h);
}

/* Returns a member of operation `i` of the timeline, as text. */
static const char *operation_text(const json_t *timeline, size_t i, const char *key)
{
	return json_string_value(
	    json_object_get(json_array_get(json_object_get(timeline, "operations"), i), key));
}

static json_int_t operation_moment(const json_t *timeline, size_t i, const char *key)
{
	return json_integer_value(
	    json_object_get(json_array_get(json_object_get(timeline, "operations"), i), key));
}

static void the_timeline_has_all_operations(void **state)
{
	struct history h = {0};
	struct history_verdict v;
	struct error err;
	json_t *timeline;

	(void)state;
	assert_int_equal(read_text(path,
			     "{\"op\":\"group_claim\",\"thread\":0,\"group\":4,\"owner\":9,"
			     "\"call\":5,\"return\":6,\"result\":\"ok\"}\n"
			     "{\"op\":\"use\",\"thread\":1,\"group\":4,\"device\":0,"
			     "\"call\":7,\"return\":8,\"result\":\"ok\"}\n",
			     &h, &err),
	    0);
	assert_int_equal(history_check(&h, HISTORY_EXACT, &v), 0);
	assert_int_equal(v.judgement, HISTORY_ILLEGAL);
	timeline = timeline_json(&h, &v);
	assert_string_equal(json_string_value(json_object_get(timeline, "title")), "group 4");
	assert_int_equal(json_array_size(json_object_get(timeline, "operations")), 2);
	assert_string_equal(operation_text(timeline, 0, "name"), "group_claim by 9");
	assert_string_equal(operation_text(timeline, 0, "outcome"), "granted");
	assert_int_equal(operation_moment(timeline, 0, "return"), 1);
	assert_string_equal(operation_text(timeline, 1, "name"), "use");
	assert_string_equal(operation_text(timeline, 1, "result"), "ok");
	assert_string_equal(operation_text(timeline, 1, "outcome"), "unexplained");
	assert_int_equal(operation_moment(timeline, 1, "thread"), 1);
	assert_int_equal(operation_moment(timeline, 1, "call"), 2);
	json_decref(timeline);
	history_verdict_free(&v);
	history_free(&h);
}

/* The timeline has the whole window, even if the printed window is cut. */
static void a_long_window_is_whole(void **state)
{
	struct history h = {0};
	struct history_verdict v;
	json_t *timeline;

	(void)state;
	for (unsigned int i = 0; i <= 2000; i++) {
		struct history_op op = {.kind = i % 2 ? SPEC_UNUSE : SPEC_USE,
		    .call = (uint64_t)10 * i,
		    .ret = 10u * i + 5,
		    .thread = (uint16_t)i};

		if (i == 2000)
			op.kind = SPEC_CLAIMED, op.result = 1;
		history_add(&h, &op);
	}
	assert_int_equal(history_check(&h, HISTORY_EXACT, &v), 0);
	assert_int_equal(v.judgement, HISTORY_ILLEGAL);
	assert_int_equal(v.nr_window, 512);
	timeline = timeline_json(&h, &v);
	assert_int_equal(json_array_size(json_object_get(timeline, "operations")), 512);
	assert_int_equal(operation_moment(timeline, 0, "call"), 0);
	assert_string_equal(operation_text(timeline, 511, "name"), "claimed");
	assert_string_equal(operation_text(timeline, 511, "outcome"), "unexplained");
	assert_int_equal(operation_moment(timeline, 511, "thread"), 2000);
	json_decref(timeline);
	history_verdict_free(&v);
	history_free(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files_are_read_as_written),
	    cmocka_unit_test(malformed_files_are_reported),
	    cmocka_unit_test(files_that_cannot_be_read),
	    cmocka_unit_test(a_thread_is_in_one_operation),
	    cmocka_unit_test(operations_that_take_no_time_come_first),
	    cmocka_unit_test(the_timeline_has_all_operations),
	    cmocka_unit_test(a_long_window_is_whole),
	};
	int ret;

	close(mkstemp(path));
	ret = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return ret;
}
