/* SPDX-License-Identifier: MIT */
/* What the report is made of: escaping, figures, sets and who is fastest in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/results/report/html.h"
#include "harness/results/report/number.h"
#include "harness/results/report/rank.h"
#include "harness/results/report/svg.h"

#define ASSERT_HTML(expected, ...)                        \
	do {                                              \
		char *text;                               \
		size_t size;                              \
		FILE *out = open_memstream(&text, &size); \
		html(out, __VA_ARGS__);                   \
		fclose(out);                              \
		assert_string_equal(text, expected);      \
		free(text);                               \
	} while (0)

static void test_html_escapes_what_it_is_given(void **state)
{
	(void)state;
	ASSERT_HTML("<b>&lt;b&gt;&amp;&quot;&#39;</b>", "<b>%s</b>", "<b>&\"'");
	ASSERT_HTML("a\xef\xbf\xbd"
		    "b\n",
	    "%s\n",
	    "a\x01"
	    "b");
	ASSERT_HTML("3 of 4: 50% M1.5 x -2", "%u of %zu: 50%% %c%.1f %s %d", 3U, (size_t)4, 'M',
	    1.5, "x", -2);
	ASSERT_HTML("µ", "%s", "µ");
}

static void test_slugs(void **state)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	html_slug(out, "rcu_driver<urcu_qsbr>");
	fputc(' ', out);
	html_slug(out, "\"><a b");
	fclose(out);
	assert_string_equal(text, "rcu_driver-urcu_qsbr -a-b");
	free(text);
}

static void test_numbers_have_three_digits(void **state)
{
	(void)state;
	assert_string_equal(number_si(39400000).s, "39.4 M");
	assert_string_equal(number_si(999.9e6).s, "1.00 G");
	assert_string_equal(number_si(0).s, "0");
	assert_string_equal(number_si(12).s, "12.0");
	assert_string_equal(number_plain(0.0123456).s, "0.0123");
	assert_string_equal(number_plain(99.96).s, "100");
	assert_string_equal(number_plain(-4567).s, "-4567");
	assert_string_equal(number_plain(1e-6).s, "1.00e-06");
	assert_string_equal(number_plain(NAN).s, "-");
	assert_string_equal(number_time(INFINITY).s, "-");
	assert_string_equal(number_time(430).s, "430 ns");
	assert_string_equal(number_time(2.01e3).s, "2.01 µs");
	assert_string_equal(number_tick(number_si(1e9)).s, "1 G");
	assert_string_equal(number_tick(number_si(2.5e5)).s, "250 k");
	assert_string_equal(number_tick(number_plain(0.5)).s, "0.5");
	assert_string_equal(number_ratio(67.42).s, "67.4×");
	assert_string_equal(number_ratio_interval(no_interval).s, "no interval");
	assert_string_equal(
	    number_ratio_interval(interval_between(42.6, 80.34)).s, "42.6 to 80.3×");
}

static void test_scales_hold_their_values(void **state)
{
	static const double pairs[][2] = {
	    {1, 1}, {3, 7}, {9.82e6, 5.6e9}, {1e-3, 1e12}, {5, 5.001}};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct scale scale = scale_round(pairs[i][0], pairs[i][1], 0, 100);
		struct ticks ticks = scale_ticks(&scale, 20);

		assert_true(scale.min <= pairs[i][0] && scale.max >= pairs[i][1]);
		assert_true(scale.max > scale.min);
		assert_true(fabs(scale_at(&scale, scale.min)) < 1e-6);
		assert_true(fabs(scale_at(&scale, scale.max) - 100) < 1e-6);
		assert_in_range(ticks.nr, 1, 30);
		for (size_t t = 0; t < ticks.nr; t++)
			assert_true(
			    ticks.at[t] >= scale.min * 0.999 && ticks.at[t] <= scale.max * 1.001);
	}
}

/* A sweep of two repetitions for each run, in a directory of its own. */
static void make_machine(struct report *report, const char *benchmarks)
{
	static char dir[] = "/tmp/report-XXXXXX";
	static const char *const dirs[] = {dir};
	struct error err;
	char path[64];
	FILE *f;

	strcpy(dir, "/tmp/report-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/benchmark.json", dir);
	f = fopen(path, "we");
	assert_non_null(f);
	fprintf(f, "{\"benchmarks\": [%s]}", benchmarks);
	fclose(f);
	assert_int_equal(report_load(report, dirs, 1, &err), 0);
	unlink(path);
	rmdir(dir);
}

#define RUN(impl, a, b)                                                   \
	"{\"run_type\": \"iteration\", \"run_name\": \"share/" impl       \
	"/threads:1/devices:8/groups:1\", \"items_per_second\": " #a "}," \
	"{\"run_type\": \"iteration\", \"run_name\": \"share/" impl       \
	"/threads:1/devices:8/groups:1\", \"items_per_second\": " #b "}"
#define FAILED(impl)                                                \
	"{\"run_type\": \"iteration\", \"run_name\": \"share/" impl \
	"/threads:1/devices:8/groups:1\", \"error_occurred\": true, \"error_message\": \"no\"}"

static json_t *catalogue(void)
{
	return json_pack("{s:[{s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}, {s:s, s:s}]}",
	    "implementations", "name", "mutex_count", "class", "exact", "name", "quick", "class",
	    "exact", "name", "wary", "class", "cautious", "name", "wild", "class", "unsafe", "name",
	    "ceiling", "class", "none");
}

static void test_the_fastest_passed_and_is_safe(void **state)
{
	json_t *impls = catalogue();
	struct report report = {.catalogue = impls};
	const struct set *set;
	struct winner winner;

	(void)state;
	make_machine(&report,
	    RUN("mutex_count", 10, 11) "," RUN("quick", 100, 110) "," RUN("wary", 300, 330) "," RUN(
		"wild", 900, 990) "," RUN("ceiling", 1000, 1100) "," RUN("stranger", 2000, 2000));
	set = rank_headline(&report.machines[0]);
	assert_int_equal(set->nr, 6);
	winner = rank_winner(&report, &report.machines[0], set, "exact");
	assert_string_equal(winner.first->impl, "quick");
	assert_string_equal(winner.second->impl, "mutex_count");
	assert_true(winner.apart);
	winner = rank_winner(&report, &report.machines[0], set, NULL);
	assert_string_equal(winner.first->impl, "wary");
	assert_true(fabs(set_figures(set, winner.first)->of_baseline.value - 30) < 0.1);
	assert_true(fabs(set_figures(set, winner.first)->of_ceiling.value - 0.3) < 0.001);
	assert_int_equal(report_index(&report, "ceiling"), 0);
	report_free(&report);
	json_decref(impls);
}

static void test_what_noise_covers_is_not_told_apart(void **state)
{
	json_t *impls = catalogue();
	struct report report = {.catalogue = impls};
	struct winner winner;

	(void)state;
	make_machine(&report, RUN("mutex_count", 10, 100) "," RUN("quick", 11, 110));
	winner =
	    rank_winner(&report, &report.machines[0], rank_headline(&report.machines[0]), "exact");
	assert_string_equal(winner.first->impl, "quick");
	assert_false(winner.apart);
	report_free(&report);
	json_decref(impls);
}

static void test_the_failed_are_last_and_unranked(void **state)
{
	json_t *impls = catalogue();
	struct report report = {.catalogue = impls};
	const struct set *set;
	struct winner winner;

	(void)state;
	make_machine(&report, FAILED("quick") "," RUN("mutex_count", 10, 11));
	set = rank_headline(&report.machines[0]);
	assert_int_equal(set->nr_passed, 1);
	assert_string_equal(set->points[1]->impl, "quick");
	assert_true(isnan(set->figures[1].of_baseline.value));
	winner = rank_winner(&report, &report.machines[0], set, NULL);
	assert_string_equal(winner.first->impl, "mutex_count");
	assert_null(winner.second);
	report_free(&report);
	json_decref(impls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_html_escapes_what_it_is_given),
	    cmocka_unit_test(test_slugs),
	    cmocka_unit_test(test_numbers_have_three_digits),
	    cmocka_unit_test(test_scales_hold_their_values),
	    cmocka_unit_test(test_the_fastest_passed_and_is_safe),
	    cmocka_unit_test(test_what_noise_covers_is_not_told_apart),
	    cmocka_unit_test(test_the_failed_are_last_and_unranked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
