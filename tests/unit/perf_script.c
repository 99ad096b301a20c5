/* SPDX-License-Identifier: MIT */
/* Parses the output of perf script, and makes tables and pictures of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/profile/flamegraph.h"
#include "harness/profile/hot_lines.h"

/* The implementation's file is /src/impl/a.c. */
static const char two_samples[] = " 1280    1000 cpu-clock:u: \n"
				  "\t              10 lock_acquire\n"
				  "  /src/build/../impl/lock/l.h:25 (inlined)\n"
				  "\t              10 a_use (inlined)\n"
				  "  /src/impl/a.c:5 (inlined)\n"
				  "\t              10 loop (/src/build/ownbench)\n"
				  "  /src/bench/instance.c:9\n"
				  "\n"
				  " 1280    3000 cpu-clock:u: \n"
				  "\tffffffff81000000 do_futex ([kernel.kallsyms])\n"
				  "  [kernel.kallsyms][ffffffff81000000]\n"
				  "\t              20 ___lock\n"
				  "  ./nptl/lock.c:93 (inlined)\n"
				  "\t              30 a_unuse (/src/build/ownbench)\n"
				  "  /src/impl/a.c:7\n"
				  "\n";

struct seen {
	char event[32];
	struct perf_sample samples[4];
	char text[512]; /* "function@binary@file:line " for each frame; samples are separated by "|
	                   " */
	size_t nr;
};

static void see_sample(void *arg, const struct perf_sample *sample)
{
	struct seen *seen = arg;
	char *at = seen->text + strlen(seen->text);

	snprintf(seen->event, sizeof(seen->event), "%s", sample->event);
	for (size_t i = 0; i < sample->nr; i++) {
		const struct perf_frame *f = &sample->frames[i];

		at += sprintf(
		    at, "%s@%s@%s:%u ", f->function, f->binary, f->file ? f->file : "-", f->line);
	}
	sprintf(at, "| ");
	seen->samples[seen->nr++].weight = sample->weight;
}

static int read_text(const char *text, void (*each)(void *, const struct perf_sample *), void *arg,
    struct error *err)
{
	FILE *in = fmemopen((void *)text, strlen(text), "r");
	int ret = perf_script_read(in, each, arg, err);

	fclose(in);
	return ret;
}

/* Names of functions and binaries can contain blanks and brackets. */
static void names_are_split_at_the_right_bracket(void **state)
{
	static const char *const frames[][2] = {
	    {"run (/opt/build/ownbench (deleted))", "run@/opt/build/ownbench (deleted)"},
	    {"[unknown] (/memfd:x (deleted))", "[unknown]@/memfd:x (deleted)"},
	    {"[unknown] ([vdso])", "[unknown]@[vdso]"},
	    {"call<void (int)> (/opt/my (old) x/ownbench)",
		"call<void (int)>@/opt/my (old) x/ownbench"},
	    {"call<void (int)> (/opt/open ( x/ownbench)",
		"call<void (int)>@/opt/open ( x/ownbench"},
	    {"call<void (int)>::operator() (inlined)", "call<void (int)>::operator()@library"},
	    {"call<void (int)> (inlined)", "call<void (int)>@library"},
	    {"run (anon_inode:[x])", "run@anon_inode:[x]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct seen seen = {.nr = 0};
		struct error err;
		char text[256], expected[128];

		snprintf(text, sizeof(text), " 1280 1000 cycles: \n\t 10 %s\n\n", frames[i][0]);
		snprintf(expected, sizeof(expected), "%s@-:0 | ", frames[i][1]);
		assert_int_equal(read_text(text, see_sample, &seen, &err), 0);
		assert_string_equal(seen.text, expected);
	}
}

static void expect_recording(const char *file, const char *expected)
{
	struct seen seen = {.nr = 0};
	struct error err;
	FILE *in = fopen(file, "re");

	assert_non_null(in);
	assert_int_equal(perf_script_read(in, see_sample, &seen, &err), 0);
	fclose(in);
	assert_int_equal(seen.nr, 1);
	assert_string_equal(seen.text, expected);
}

static void recordings_of_the_cases_are_read(void **state)
{
	(void)state;
	expect_recording(SOURCE_DIR "/tests/cases/perf/deleted_binary.script",
	    "run@/opt/build/ownbench (deleted)@/src/run.cc:44 "
	    "[unknown]@/memfd:x (deleted)@-:0 | ");
	expect_recording(SOURCE_DIR "/tests/cases/perf/inlined_template_with_parens.script",
	    "call<void (int)>@/opt/x/bin/ownbench@/src/call.h:12 "
	    "outer@/opt/x/bin/ownbench@/src/run.cc:44 | ");
}

static void frames_are_read(void **state)
{
	static struct seen seen;
	struct error err;

	(void)state;
	assert_int_equal(read_text(two_samples, see_sample, &seen, &err), 0);
	assert_int_equal(seen.nr, 2);
	assert_string_equal(seen.event, "cpu-clock:u");
	assert_true(seen.samples[0].weight == 1000);
	assert_true(seen.samples[1].weight == 3000);
	assert_string_equal(seen.text,
	    "lock_acquire@/src/build/ownbench@/src/build/../impl/lock/l.h:25 "
	    "a_use@/src/build/ownbench@/src/impl/a.c:5 "
	    "loop@/src/build/ownbench@/src/bench/instance.c:9 | "
	    "do_futex@[kernel.kallsyms]@-:0 ___lock@library@./nptl/lock.c:93 "
	    "a_unuse@/src/build/ownbench@/src/impl/a.c:7 | ");
}

static void odd_samples_are_read(void **state)
{
	static const struct {
		const char *text, *seen;
	} odd[] = {
	    {"\n\n", ""},
	    {" 1 5 e:\n", "| "}, /* neither a stack nor an empty line after it */
	    {" 1 5 e: \n\n", "| "},
	    {" 1 5 cpu/t1=v1,u/P: \n\n", "| "},
	    {" 1 5 e:\n\t 0 [unknown] ([unknown])\n\n", "[unknown]@[unknown]@-:0 | "},
	    {" 1 5 e:\n\t 1f f(int) (/a b/c.so)\n  x.c:0\n\n", "f(int)@/a b/c.so@-:0 | "},
	    {" 1 5 e:\n\t 1f f (/c)\n  c[1f]\n  d.c:4\n\n", "f@/c@d.c:4 | "},
	};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		struct seen seen = {.nr = 0};

		assert_int_equal(read_text(odd[i].text, see_sample, &seen, &err), 0);
		assert_string_equal(seen.text, odd[i].seen);
	}
}

static void malformed_samples_are_errors(void **state)
{
	static const struct {
		const char *text, *said;
	} wrong[] = {
	    {"nonsense\n", "perf script: line 1: unexpected format: nonsense"},
	    {"\n 1280 x\n", "perf script: line 2: unexpected format:  1280 x"},
	    {" 1 5\n", "perf script: line 1: unexpected format:  1 5"},
	    {" 1 5 e\n", "perf script: line 1: unexpected format:  1 5 e"},
	    {" 1 5 :\n", "perf script: line 1: unexpected format:  1 5 :"},
	    {" 1/2 5 e:\n", "perf script: line 1: unexpected format:  1/2 5 e:"},
	    {" 1 5 e:\nzz\n", "perf script: line 2: unexpected format: zz"},
	    {" 1 5 e:\n\tzz f (/c)\n", "perf script: line 2: unexpected format: \tzz f (/c)"},
	    {" 1 5 e:\n  a.c:1\n", "perf script: line 2: unexpected format:   a.c:1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct seen seen = {.nr = 0};
		struct error err;

		assert_int_equal(read_text(wrong[i].text, see_sample, &seen, &err), -1);
		assert_string_equal(err.text, wrong[i].said);
	}
}

static void count_frames(void *arg, const struct perf_sample *sample)
{
	assert_string_equal(sample->frames[0].function, "f0");
	*(size_t *)arg = sample->nr;
}

/* If a stack has more frames than are kept, the outermost frames are dropped. */
static void a_deep_stack_is_cut(void **state)
{
	static char text[64 * (PERF_FRAMES_MAX + 10)];
	char *at = text;
	struct error err;
	size_t nr = 0;

	(void)state;
	at += sprintf(at, " 1 5 e:\n");
	for (int i = 0; i < PERF_FRAMES_MAX + 9; i++)
		at += sprintf(at, "\t %x f%d (/c)\n  c.c:%d\n", i, i, i + 1);
	assert_int_equal(read_text(text, count_frames, &nr, &err), 0);
	assert_int_equal(nr, PERF_FRAMES_MAX);
}

static char *print_hot(const char *samples)
{
	struct hot_lines *hot = hot_lines_create("/src", "impl/a.c");
	char *text = NULL;
	struct error err;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(read_text(samples, hot_lines_add, hot, &err), 0);
	hot_lines_print(out, hot, 8);
	fclose(out);
	hot_lines_destroy(hot);
	return text;
}

/* Time spent in a lock's header, its library or the kernel belongs to the line that called it. */
static void time_belongs_to_the_line_of_the_implementation(void **state)
{
	char *text = print_hot(two_samples);

	(void)state;
	assert_string_equal(text, "    time  function  line, including its callees\n"
				  "   75.0%  a_unuse   impl/a.c:7\n"
				  "   25.0%  a_use     impl/a.c:5\n"
				  "\n"
				  "    time  function      binary, excluding callees\n"
				  "   75.0%  do_futex      kernel\n"
				  "   25.0%  lock_acquire  ownbench\n");
	free(text);
}

static void time_elsewhere_is_the_innermost_line_of_ours(void **state)
{
	char *text = print_hot(" 1 1 e:\n"
			       "\t 1 memcpy (/lib/libc.so.6)\n  ./string/memcpy.S:1\n"
			       "\t 2 inner (/src/o)\n  /src/harness/x.h:3\n"
			       "\t 3 outer (/src/o)\n  /src/bench/y.c:4\n\n"
			       " 1 1 e:\n"
			       "\t 1 start (/lib/libc.so.6)\n  ./csu/start.c:1\n\n"
			       " 1 2 e:\n\n");

	(void)state;
	assert_non_null(strstr(text, "25.0%  inner     harness/x.h:3\n"));
	assert_non_null(strstr(text, "25.0%  start     libc.so.6\n"));
	assert_null(strstr(text, "outer"));
	free(text);
}

static void paths_are_made_plain(void **state)
{
	static const struct {
		const char *path, *plain;
	} paths[] = {
	    {"/src/build/gcc/../../impl/a.c", "impl/a.c"},
	    {"/src/./impl//a.c", "impl/a.c"},
	    {"/srcs/impl/a.c", "/srcs/impl/a.c"},
	    {"/usr/include/x.h", "/usr/include/x.h"},
	    {"./nptl/../sysdeps/x.h", "sysdeps/x.h"},
	    {"/../../x", "/x"},
	    {"../x", "x"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		char *plain = source_path("/src", paths[i].path);

		assert_string_equal(plain, paths[i].plain);
		free(plain);
	}
}

static json_t *flamegraph_of(const char *samples, const char *title)
{
	json_t *graph = flamegraph_create();
	struct error err;
	json_t *json;

	assert_int_equal(read_text(samples, flamegraph_add, graph, &err), 0);
	json = flamegraph_json(graph, title);
	json_decref(graph);
	return json;
}

/* Returns the node of the function with that name. */
static const json_t *find_function(const json_t *nodes, const char *name)
{
	const json_t *node;
	size_t i;

	json_array_foreach (nodes, i, node) {
		if (!strcmp(json_string_value(json_object_get(node, "name")), name))
			return node;
	}
	fail_msg("no function %s", name);
	return NULL;
}

static void is_function(const json_t *node, const char *kind, const char *share)
{
	assert_string_equal(json_string_value(json_object_get(node, "kind")), kind);
	assert_string_equal(json_string_value(json_object_get(node, "share")), share);
}

static const json_t *find_called(const json_t *node, const char *name)
{
	return find_function(json_object_get(node, "children"), name);
}

static void functions_have_their_share(void **state)
{
	json_t *graph = flamegraph_of(two_samples, "t");
	const json_t *stacks = json_object_get(graph, "stacks");
	const json_t *loop = find_function(stacks, "loop"),
		     *unuse = find_function(stacks, "a_unuse");
	const json_t *lock = find_called(find_called(loop, "a_use"), "lock_acquire");

	(void)state;
	is_function(loop, "ownbench", "25.00%");
	is_function(unuse, "ownbench", "75.00%");
	assert_true(json_number_value(json_object_get(unuse, "weight")) ==
		    3 * json_number_value(json_object_get(loop, "weight")));
	is_function(lock, "ownbench", "25.00%");
	is_function(find_called(unuse, "___lock"), "libraries", "75.00%");
	is_function(find_called(find_called(unuse, "___lock"), "do_futex"), "kernel", "75.00%");
	/* Siblings are sorted by name, so a function is always drawn in the same position. */
	assert_ptr_equal(json_array_get(stacks, 0), unuse);
	json_decref(graph);
}

static void names_are_printable(void **state)
{
	json_t *graph = flamegraph_of(" 1 1 e:\n\t 1 f<a&b>::g\"\x01\xff (/c)\n\n", "<&>");

	(void)state;
	assert_string_equal(json_string_value(json_object_get(graph, "title")), "<&>");
	is_function(find_function(json_object_get(graph, "stacks"), "f<a&b>::g\"??"), "ownbench",
	    "100.00%");
	json_decref(graph);
}

static void no_samples_give_no_table(void **state)
{
	json_t *graph = flamegraph_of("", "t");

	(void)state;
	assert_int_equal(json_array_size(json_object_get(graph, "stacks")), 0);
	json_decref(graph);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(frames_are_read),
	    cmocka_unit_test(names_are_split_at_the_right_bracket),
	    cmocka_unit_test(recordings_of_the_cases_are_read),
	    cmocka_unit_test(odd_samples_are_read),
	    cmocka_unit_test(malformed_samples_are_errors),
	    cmocka_unit_test(a_deep_stack_is_cut),
	    cmocka_unit_test(time_belongs_to_the_line_of_the_implementation),
	    cmocka_unit_test(time_elsewhere_is_the_innermost_line_of_ours),
	    cmocka_unit_test(paths_are_made_plain),
	    cmocka_unit_test(functions_have_their_share),
	    cmocka_unit_test(names_are_printable),
	    cmocka_unit_test(no_samples_give_no_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
