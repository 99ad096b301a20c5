/* SPDX-License-Identifier: MIT */
/* A sweep read back, as a table and as pictures: what failed its checks is named and not ranked. */
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
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/files/file.h"
#include "harness/results/plot/plot.h"
#include "harness/results/sweep.h"
#include "harness/results/table.h"

#define SCRIPTS SOURCE_DIR "/plots"

struct fixture {
	char dir[32];
	struct sweep sweep;
	struct error err;
	char *table;
};

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	*state = f;
	if (!f)
		return -1;
	strcpy(f->dir, "/tmp/ownbench-sweep-XXXXXX");
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
	free(f->table);
	nftw(f->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

static void write_benchmark(struct fixture *f, const char *text)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/benchmark.json", f->dir);
	assert_int_equal(file_write_whole(path, text, strlen(text), &f->err), 0);
}

#define ENTRY(name, rest) "{\"run_name\": \"" name "\", \"run_type\": \"iteration\", " rest "}"
#define RATE(name, rate) ENTRY(name, "\"label\": \"pairs\", \"items_per_second\": " rate)
#define FAILED(name, why) ENTRY(name, "\"error_occurred\": true, \"error_message\": \"" why "\"")
#define SHARE(impl, threads) "share/" impl "/threads:" threads "/devices:8/groups:1"
#define STORM(impl) "storm/" impl "/threads:2/devices:5/groups:8/topology:board"

/* "quick" fails in one of two repetitions, although what it measured is the best. */
static const char mixed[] = "{\"benchmarks\": ["                                      /* */
    RATE(SHARE("ceiling", "1"), "200e6") "," RATE(SHARE("ceiling", "2"), "400e6") "," /* */
    RATE(SHARE("slow", "1"), "5e6") "," RATE(SHARE("slow", "2"), "4e6") ","           /* */
    RATE(SHARE("slow", "2"), "8e6") "," RATE(SHARE("slow", "2"), "6e6") ","           /* */
    RATE(SHARE("fast", "1"), "50e6") "," RATE(SHARE("fast", "2"), "90e6") ","         /* */
    RATE(SHARE("quick", "1"), "99e6") "," RATE(SHARE("quick", "2"), "399e6") ","      /* */
    FAILED(SHARE("quick", "2"),
	"quick: leaked: group 0") "," /* */
				  "{\"run_name\": \"share/x\", \"run_type\": \"aggregate\"}]}";

static const char storm[] = "{\"benchmarks\": [" /* */
    ENTRY(STORM("good"),
	"\"label\": \"devices bound\", \"items_per_second\": 1e6, "
	"\"time_to_last_bind_us\": 1.5") "," FAILED(STORM("bad"), "crashed: SIGSEGV") "]}";

static void load(struct fixture *f, const char *text)
{
	write_benchmark(f, text);
	if (sweep_load(f->dir, &f->sweep, &f->err))
		fail_msg("%s", f->err.text);
}

static const struct sweep_point *find(const struct sweep *sweep, const char *name)
{
	for (size_t i = 0; i < sweep->nr_points; i++) {
		if (!strcmp(sweep->points[i].name, name))
			return &sweep->points[i];
	}
	fail_msg("no point %s", name);
	return NULL;
}

static void repetitions_become_one_point(void **state)
{
	struct fixture *f = *state;
	const struct sweep_point *p;

	load(f, mixed);
	assert_int_equal(f->sweep.nr_points, 8);
	p = find(&f->sweep, SHARE("slow", "2"));
	assert_string_equal(p->workload, "share");
	assert_string_equal(p->impl, "slow");
	assert_string_equal(p->unit, "pairs");
	assert_null(p->topology);
	assert_null(p->failure);
	assert_int_equal(p->threads, 2);
	assert_int_equal(p->devices, 8);
	assert_int_equal(p->groups, 1);
	assert_int_equal(p->nr_runs, 3);
	assert_true(p->median == 6e6 && p->low == 4e6 && p->high == 8e6);
	assert_true(fabs(p->ceiling_ratio - 0.015) < 1e-12);
	assert_true(isnan(sweep_counter(p, "refused_per_second")));
}

static void a_failed_repetition_fails_the_point(void **state)
{
	struct fixture *f = *state;

	load(f, mixed);
	assert_null(find(&f->sweep, SHARE("quick", "1"))->failure);
	assert_string_equal(
	    find(&f->sweep, SHARE("quick", "2"))->failure, "quick: leaked: group 0");
}

static void a_point_without_ceiling_has_no_ratio(void **state)
{
	struct fixture *f = *state;
	const struct sweep_point *p;

	load(f, storm);
	p = find(&f->sweep, STORM("good"));
	assert_string_equal(p->topology, "board");
	assert_true(isnan(p->ceiling_ratio));
	assert_true(sweep_counter(p, "time_to_last_bind_us") == 1.5);
}

/* What is wrong is said with the file's path. */
static void assert_broken(struct fixture *f, const char *text, const char *why)
{
	char expected[sizeof(f->err.text)];

	write_benchmark(f, text);
	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), -1);
	snprintf(expected, sizeof(expected), "%s/benchmark.json%s", f->dir, why);
	if (strncmp(f->err.text, expected, strlen(expected)) != 0)
		fail_msg("\"%s\" instead of \"%s\"", f->err.text, expected);
	assert_null(strchr(f->err.text, '\n'));
}

static void malformed_benchmarks_are_errors(void **state)
{
	struct fixture *f = *state;

	assert_broken(f, "", ":1: not JSON: ");
	assert_broken(f, "{\"benchmarks\": [\n{},\n{\"x\"", ":3: not JSON: ");
	assert_broken(f, "[]", ": no list \"benchmarks\" in it");
	assert_broken(f, "{\"benchmarks\": {}}", ": no list \"benchmarks\" in it");
	assert_broken(f, "{\"benchmarks\": [1]}", ": an entry without run_type or run_name");
	assert_broken(f, "{\"benchmarks\": [{}]}", ": an entry without run_type or run_name");
	assert_broken(f, "{\"benchmarks\": [{\"run_type\": \"iteration\"}]}",
	    ": an entry without run_type or run_name");
	assert_broken(f, "{\"benchmarks\": [" RATE("share", "1") "]}",
	    ": a run_name that is not workload/implementation/threads:N/..");
	assert_broken(f, "{\"benchmarks\": [" RATE("share/x/devices:8", "1") "]}",
	    ": a run_name that is not workload/implementation/threads:N/..");
	assert_broken(f,
	    "{\"benchmarks\": [" RATE(SHARE("a", "1"), "1") "," RATE(SHARE("b", "1"), "\"1\"") "]}",
	    ": a run without items_per_second");
}

static void missing_files_are_errors(void **state)
{
	struct fixture *f = *state;
	char expected[sizeof(f->err.text)];

	assert_int_equal(sweep_load(f->dir, &f->sweep, &f->err), -1);
	snprintf(expected, sizeof(expected),
	    "cannot read %s/benchmark.json: No such file or directory", f->dir);
	assert_string_equal(f->err.text, expected);
	assert_int_equal(sweep_load("/nowhere", &f->sweep, &f->err), -1);
	assert_string_equal(
	    f->err.text, "cannot read /nowhere/benchmark.json: No such file or directory");
}

static const char *table_of(struct fixture *f)
{
	size_t size;
	FILE *out = open_memstream(&f->table, &size);

	assert_non_null(out);
	sweep_print_table(out, &f->sweep);
	fclose(out);
	return f->table;
}

/* Where a text stands; it must. */
static const char *in(const char *all, const char *what)
{
	if (!strstr(all, what))
		fail_msg("no \"%s\" in:\n%s", what, all);
	return strstr(all, what);
}

static void table_ranks_what_passed(void **state)
{
	struct fixture *f = *state;
	const char *text, *two;

	load(f, mixed);
	text = table_of(f);
	assert_true(in(text, "share/threads:1/") < in(text, "share/threads:2/"));
	two = in(text, "share/threads:2/");
	assert_true(in(two, "  ceiling ") < in(two, "  fast "));
	assert_true(in(two, "  fast ") < in(two, "  slow "));
	in(two, "0.0150");
}

static void table_names_what_failed(void **state)
{
	struct fixture *f = *state;
	const char *text, *one, *two, *below;

	load(f, mixed);
	text = table_of(f);
	one = in(text, "share/threads:1/");
	two = in(text, "share/threads:2/");
	assert_true(in(one, "  quick ") < two); /* there it passed */
	below = in(two, "  failed their checks, not ranked:\n");
	assert_true(below > in(two, "  slow "));
	assert_ptr_equal(
	    in(two, "  quick\n"), in(below, "  quick\n      quick: leaked: group 0\n"));
	assert_null(strstr(two, "  quick "));
	assert_null(strstr(two, "399"));
}

static int draw(struct fixture *f, const char *scripts)
{
	FILE *log = fopen("/dev/null", "w");
	struct histograms histograms = {0};
	json_t *environment;
	int ret;

	assert_non_null(log);
	environment = json_pack("{s:{s:i}, s:{s:b}, s:{s:s}}", "cpus", "allowed", 3,
	    "virtualization", "guest", 0, "cpu", "model_name", "paper");
	ret = plot_sweep(f->dir, scripts, &f->sweep, &histograms, environment, NULL, log, &f->err);
	json_decref(environment);
	fclose(log);
	return ret;
}

/* A file below plots/, to be freed. */
static char *drawn(struct fixture *f, const char *name)
{
	char path[PATH_MAX];
	size_t size;
	char *text;

	snprintf(path, sizeof(path), "%s/plots/%s", f->dir, name);
	text = file_read_whole(path, &size, &f->err);
	if (!text)
		fail_msg("%s", f->err.text);
	return text;
}

static void lines_leave_out_what_failed(void **state)
{
	struct fixture *f = *state;
	char *data, *svg;

	load(f, mixed);
	assert_int_equal(draw(f, SCRIPTS), 0);
	data = drawn(f, "share-threads.dat");
	assert_string_equal(data, "\"ceiling\"\n1 200000000 200000000 200000000\n"
				  "2 400000000 400000000 400000000\n"
				  "\n\n\"fast\"\n1 50000000 50000000 50000000\n"
				  "2 90000000 90000000 90000000\n"
				  "\n\n\"quick\"\n1 99000000 99000000 99000000\n"
				  "\n\n\"slow\"\n1 5000000 5000000 5000000\n"
				  "2 6000000 4000000 8000000\n");
	svg = drawn(f, "share-threads.svg");
	in(svg, "not drawn, failed their checks: quick");
	in(svg, "measured on 3 CPUs, paper");
	free(svg);
	free(data);
}

static void bars_leave_out_what_failed(void **state)
{
	struct fixture *f = *state;
	char *data, *svg;

	load(f, storm);
	assert_int_equal(draw(f, SCRIPTS), 0);
	data = drawn(f, "storm-board-threads2.dat");
	assert_string_equal(data, "\"good\" 1.5 \"1.5 µs\"\n");
	svg = drawn(f, "storm-board-threads2.svg");
	in(svg, "not drawn, failed their checks: bad");
	free(svg);
	free(data);
}

static void missing_gnuplot_is_one_clear_line(void **state)
{
	struct fixture *f = *state;
	const char *before = getenv("PATH");
	char *path = strdup(before ? before : "/usr/bin:/bin");

	assert_non_null(path);
	load(f, mixed);
	setenv("PATH", f->dir, 1);
	assert_int_equal(draw(f, SCRIPTS), -1);
	setenv("PATH", path, 1);
	free(path);
	assert_string_equal(f->err.text, "there is no gnuplot: apt-get install gnuplot-nox");
}

static void missing_scripts_are_an_error(void **state)
{
	struct fixture *f = *state;

	load(f, mixed);
	assert_int_equal(draw(f, "/nowhere"), -1);
	assert_string_equal(
	    f->err.text, "cannot read /nowhere/lines.gp: No such file or directory");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(repetitions_become_one_point),
	    TEST(a_failed_repetition_fails_the_point),
	    TEST(a_point_without_ceiling_has_no_ratio),
	    TEST(malformed_benchmarks_are_errors),
	    TEST(missing_files_are_errors),
	    TEST(table_ranks_what_passed),
	    TEST(table_names_what_failed),
	    TEST(lines_leave_out_what_failed),
	    TEST(bars_leave_out_what_failed),
	    TEST(missing_gnuplot_is_one_clear_line),
	    TEST(missing_scripts_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
