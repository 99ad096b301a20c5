/* SPDX-License-Identifier: MIT */
/* Identities of runs, and a sweep's directory that is written and loaded again. */
#include <ftw.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/files/file.h"
#include "harness/record/sweep.h"
#include "harness/record/sweep_dir.h"

/* -- identity -- */

static struct run_id id_of(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	struct run_id id;
	struct error err;

	assert_non_null(json);
	if (run_id_read(json, &id, &err))
		fail_msg("%s", err.text);
	json_decref(json);
	return id;
}

#define SHARE(impl, rest)                                                                  \
	"{\"family\": \"ownership\", \"workload\": \"share\", \"implementation\": \"" impl \
	"\", \"threads\": 2, \"devices\": 8, \"groups\": 1, " rest "}"

/* Identities, and their names for Google Benchmark. */
static const char *const named[][2] = {
    {SHARE("mutex_count", "\"path\": \"ops\", \"parameters\": {}"),
	"share/mutex_count/threads:2/devices:8/groups:1/path:ops"},
    {SHARE("mutex_count<ck_spinlock>",
	 "\"path\": \"probe\", \"topology\": \"board\", \"machine\": \"one\", \"parameters\": "
	 "{\"hold_ns\": 1000000, \"claims\": 0.1, \"memory\": \"node:1\", \"check\": \"witness\"}"),
	"share/mutex_count<ck_spinlock>/threads:2/devices:8/groups:1/topology:board/path:probe/"
	"check:witness/claims:0.1/hold_ns:1000000/memory:node:1/machine:one"},
    {"{\"family\": \"lifetime\", \"workload\": \"keep\", \"implementation\": \"refcount\", "
     "\"threads\": 1, \"devices\": 1, \"groups\": 1, \"parameters\": {\"zipf\": "
     "0.12345678901234566}}",
	"keep/refcount/threads:1/devices:1/groups:1/family:lifetime/zipf:0.12345678901234566"},
};

static void a_name_is_made_and_parsed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		struct run_id id = id_of(named[i][0]), parsed;
		struct error err;
		char *name = run_id_name(&id);
		json_t *json = run_id_json(&id), *wanted = json_loads(named[i][0], 0, NULL);

		assert_string_equal(name, named[i][1]);
		assert_int_equal(run_id_parse(name, &parsed, &err), 0);
		assert_true(run_id_equal(&id, &parsed));
		assert_true(json_equal(json, wanted));
		json_decref(json);
		json_decref(wanted);
		free(name);
		run_id_free(&id);
		run_id_free(&parsed);
	}
}

static void invalid_names_are_refused(void **state)
{
	static const char *const names[] = {"", "share", "share/mutex_count",
	    "share/mutex_count/threads:2/devices:8", "share/mutex_count/threads:2/devices:8/groups",
	    "share/mutex_count/threads:none/devices:8/groups:1"};
	struct run_id id;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(run_id_parse(names[i], &id, &err), -1);
		assert_non_null(strstr(err.text, "not a run's name; expected WORKLOAD/"));
	}
}

static void a_point_is_all_but_the_implementation(void **state)
{
	struct run_id a =
	    id_of(SHARE("one", "\"path\": \"ops\", \"parameters\": {\"hold_ns\": 1}"));
	struct run_id b =
	    id_of(SHARE("two", "\"path\": \"ops\", \"parameters\": {\"hold_ns\": 1}"));
	struct run_id c =
	    id_of(SHARE("one", "\"path\": \"ops\", \"parameters\": {\"hold_ns\": 2}"));
	struct run_id d = id_of(SHARE("one", "\"parameters\": {\"hold_ns\": 1}"));

	(void)state;
	assert_true(run_id_same_point(&a, &b) && !run_id_equal(&a, &b));
	assert_false(run_id_same_point(&a, &c));
	assert_false(run_id_same_point(&a, &d));
	/* A whole number equals the same number given as a real. */
	run_id_set_number(&c, "hold_ns", 1.0);
	assert_true(run_id_equal(&a, &c));
	run_id_free(&a);
	run_id_free(&b);
	run_id_free(&c);
	run_id_free(&d);
}

/* -- a sweep's directory -- */

struct fixture {
	char dir[32];
	struct sweep sweep;
	struct error err;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	*state = f;
	if (!f)
		return -1;
	strcpy(f->dir, "/tmp/ownbench-record-XXXXXX");
	return mkdtemp(f->dir) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	sweep_free(&f->sweep);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

static void put_file(struct fixture *f, const char *name, const char *text)
{
	assert_int_equal(
	    file_write_whole(file_path(f->dir, name).s, text, strlen(text), &f->err), 0);
}

static void put_settings(struct fixture *f)
{
	put_file(f, "sweep.json", "{\"format\": 2, \"written_by\": \"ownbench 9 (abc)\"}");
}

#define PLAIN "\"path\": \"ops\", \"parameters\": {}"
#define LINE(impl, round, rest) \
	"{\"run\": " SHARE(impl, PLAIN) ", \"round\": " round ", \"unit\": \"pairs\", " rest "}\n"
#define RATE(impl, round, rate) \
	LINE(impl, round, "\"at_seconds\": 1.5, \"metrics\": {\"items_per_second\": " rate "}")
#define FAILED(impl, round, why) \
	LINE(impl, round, "\"failure\": \"" why "\", \"metrics\": {\"items_per_second\": 7}")

static void load_sweep(struct fixture *f, const char *journal)
{
	put_settings(f);
	put_file(f, "runs.jsonl", journal);
	if (sweep_load(f->dir, &f->sweep, &f->err))
		fail_msg("%s", f->err.text);
}

static void repetitions_are_ordered_by_round(void **state)
{
	struct fixture *f = *state;
	unsigned int *rounds;
	double *values;
	size_t nr;

	load_sweep(
	    f, RATE("a", "3", "30") RATE("b", "0", "5") RATE("a", "0", "10") RATE("a", "1", "20"));
	assert_int_equal(f->sweep.nr_runs, 2);
	assert_int_equal(json_array_size(f->sweep.records), 4);
	assert_string_equal(f->sweep.runs[0].id.implementation, "a");
	assert_string_equal(f->sweep.runs[0].unit, "pairs");
	assert_null(f->sweep.runs[0].failure);
	assert_true(f->sweep.runs[0].rounds[2].at_seconds == 1.5);
	values = sweep_run_values(&f->sweep.runs[0], "items_per_second", &rounds, &nr);
	assert_int_equal(nr, 3);
	assert_true(values[0] == 10 && values[1] == 20 && values[2] == 30);
	assert_true(rounds[0] == 0 && rounds[1] == 1 && rounds[2] == 3);
	assert_ptr_equal(sweep_find(&f->sweep, &f->sweep.runs[1].id), &f->sweep.runs[1]);
	free(values);
	free(rounds);
}

static void the_first_failure_is_the_run_s(void **state)
{
	struct fixture *f = *state;
	unsigned int *rounds;
	double *values;
	size_t nr;

	load_sweep(f, RATE("a", "0", "1") FAILED("a", "2", "leaked") FAILED("a", "1", "crashed"));
	assert_string_equal(f->sweep.runs[0].failure, "leaked");
	assert_int_equal(f->sweep.runs[0].nr_rounds, 3);
	assert_true(isnan(f->sweep.runs[0].rounds[1].items_per_second));
	values = sweep_run_values(&f->sweep.runs[0], "items_per_second", &rounds, &nr);
	assert_int_equal(nr, 1);
	free(values);
	free(rounds);
	values = sweep_run_values(&f->sweep.runs[0], "unknown", &rounds, &nr);
	assert_int_equal(nr, 0);
	free(values);
	free(rounds);
}

static void expect_refusal(struct fixture *f, const char *text)
{
	char wanted[PATH_MAX];

	snprintf(wanted, sizeof(wanted), "%s%s", f->dir, text);
	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), -1);
	assert_string_equal(f->err.text, wanted);
}

static void malformed_files_are_named(void **state)
{
	static const char *const wrong[][2] = {
	    {"[]\n", "/runs.jsonl:1: not a record of a repetition: expected a JSON object, {...}"},
	    {"{\"round\": 1}\n", "/runs.jsonl:1: not a record of a repetition: no object \"run\""},
	    {RATE("a", "-1", "1"), "/runs.jsonl:1: not a record of a repetition: no integer "
				   "\"round\" of 0 or more"},
	    {LINE("a", "0", "\"metrics\": {}"),
		"/runs.jsonl:1: not a record of a repetition: \"metrics\" has no number "
		"\"items_per_second\""},
	    {RATE("a", "0", "1") RATE("a", "0", "2"),
		"/runs.jsonl: round 0 of share/a/threads:2/devices:8/groups:1/path:ops "
		"occurs twice"},
	};
	struct fixture *f = *state;

	put_settings(f);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		put_file(f, "runs.jsonl", wrong[i][0]);
		expect_refusal(f, wrong[i][1]);
	}
	put_file(f, "runs.jsonl", RATE("a", "0", "1") "{\"run\n");
	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), -1);
	assert_non_null(strstr(f->err.text, "/runs.jsonl:2: not JSON: "));
}

static void a_torn_last_line_is_ignored(void **state)
{
	struct fixture *f = *state;
	json_t *record = json_array();
	struct sweep_dir dir;
	bool torn = false;

	load_sweep(f, RATE("a", "0", "1") "{\"run");
	assert_int_equal(json_array_size(f->sweep.records), 1);
	sweep_free(&f->sweep);
	/* A torn line does not affect the resumed sweep: the next record starts a new line. */
	assert_int_equal(sweep_dir_reopen(&dir, f->dir, &torn, &f->err), 0);
	assert_true(torn);
	assert_int_equal(sweep_dir_append(&dir, record, &f->err), 0);
	assert_int_equal(sweep_load_open(f->dir, dir.journal, &f->sweep, &f->err), -1);
	assert_non_null(strstr(f->err.text, "runs.jsonl:2: not a record of a repetition"));
	json_decref(record);
	sweep_dir_close(&dir);
}

static void other_formats_are_refused(void **state)
{
	struct fixture *f = *state;

	put_file(
	    f, "environment.json", "{\"build\": {\"version\": \"0.1.0\", \"commit\": \"abc\"}}");
	put_file(f, "benchmark.json", "{}");
	expect_refusal(f,
	    " is a sweep of format 1, written by ownbench 0.1.0 (commit abc): this version "
	    "reads format 2; measure again, or use that version");
	put_file(f, "sweep.json", "{\"format\": 3, \"written_by\": \"ownbench 9 (abc)\"}");
	expect_refusal(f,
	    " is a sweep of format 3, written by ownbench 9 (abc): this version reads "
	    "format 2");
	put_file(f, "sweep.json", "{}");
	expect_refusal(f, "/sweep.json: \"format\" is missing or not an integer");
}

static void other_directories_are_not_sweeps(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), -1);
	assert_non_null(strstr(f->err.text, "/sweep.json: No such file or directory"));
}

static void a_sweep_is_created_once(void **state)
{
	struct fixture *f = *state;
	json_t *settings =
	    json_pack("{s:i, s:[s, s]}", "format", SWEEP_FORMAT, "arguments", "run", "it's");
	json_t *environment = json_pack("{s:s}", "kernel", "6.1");
	struct sweep_dir dir;
	char *command;
	size_t size;

	assert_int_equal(sweep_dir_create(&dir, f->dir, settings, environment, &f->err), 0);
	sweep_dir_close(&dir);
	assert_int_equal(sweep_dir_create(&dir, f->dir, settings, environment, &f->err), -1);
	assert_non_null(strstr(f->err.text, "already contains a sweep"));
	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), 0);
	assert_int_equal(f->sweep.nr_runs, 0);
	assert_true(json_equal(f->sweep.settings, settings));
	assert_true(json_equal(f->sweep.environment, environment));
	command = file_read_whole(file_path(f->dir, "command").s, &size, &f->err);
	assert_string_equal(command, "'run' 'it'\\''s'\n");
	free(command);
	json_decref(settings);
	json_decref(environment);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_name_is_made_and_parsed),
	    cmocka_unit_test(invalid_names_are_refused),
	    cmocka_unit_test(a_point_is_all_but_the_implementation),
	    WITH(repetitions_are_ordered_by_round),
	    WITH(the_first_failure_is_the_run_s),
	    WITH(malformed_files_are_named),
	    WITH(a_torn_last_line_is_ignored),
	    WITH(other_formats_are_refused),
	    WITH(other_directories_are_not_sweeps),
	    WITH(a_sweep_is_created_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
