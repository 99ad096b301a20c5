/* SPDX-License-Identifier: MIT */
/* The tables printed at the end of a sweep, and the functions that format their text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/show/show.h"
#include "harness/show/text.h"
#include "harness/show/text_table.h"
#include "tests/unit/documents.h"

static void assert_printable(const char *text, bool utf8, const char *expected)
{
	char *printable = text_printable(text, utf8);

	assert_string_equal(printable, expected);
	free(printable);
}

static void test_control_characters_are_not_printed(void **state)
{
	(void)state;
	assert_printable("a\n\r\t\033[2Jb\x7f", true, "a    [2Jb ");
	assert_printable("\xc2\x9b"
			 "31m",
	    true, " 31m"); /* CSI encoded as one character */
	assert_printable("\xe2\x80\xae\xe2\x81\xa6x", true,
	    "  x"); /* marks that reverse the direction of the text */
	assert_printable("µ × é", true, "µ × é");
	assert_printable("µ × é ± “", false, "u x ? +- \"");
	assert_printable("", true, "");
}

static void test_text_is_cut_by_characters(void **state)
{
	char text[] = "µµµµµµ";

	(void)state;
	assert_int_equal(text_columns(text), 6);
	text_cut(text, 6);
	assert_string_equal(text, "µµµµµµ");
	text_cut(text, 4);
	assert_string_equal(text, "µµ..");
}

/* Returns a table of three columns and one row as text, to be freed. */
static char *print_table(unsigned int columns, const char *name, json_t *left_out)
{
	const struct terminal terminal = {.columns = columns, .utf8 = true};
	struct text_table *table = text_table_create(&terminal);
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	text_table_column(table, "name", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "rate", ALIGN_RIGHT, COLUMN_STAYS);
	text_table_column(table, "empty", ALIGN_LEFT, COLUMN_STAYS);
	text_table_column(table, "note", ALIGN_LEFT, 1);
	text_table_row(table, STYLE_BOLD);
	text_table_cell(table, name);
	text_table_cell(table, "1.5 µs");
	text_table_cell(table, NULL);
	text_table_cell(table, "a note");
	text_table_print(table, out, left_out);
	text_table_free(table);
	fclose(out);
	return text;
}

static void test_a_table_fits_its_width(void **state)
{
	static const struct {
		unsigned int columns;
		const char *expected;
		bool note_left_out;
	} cases[] = {
	    {0, " name            rate  note\n a_long_name   1.5 µs  a note\n", false},
	    {28, " name           rate  note\n a_long_name  1.5 µs  a note\n", false},
	    {26, " name          rate note\n a_long_name 1.5 µs a note\n", false},
	    {25, " name           rate\n a_long_name  1.5 µs\n", true},
	    {17, " name        rate\n a_long_.. 1.5 µs\n", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *left_out = json_object();
		char *text = print_table(cases[i].columns, "a_long_name", left_out);

		if (cases[i].columns)
			assert_string_equal(text, cases[i].expected);
		assert_int_equal(json_object_get(left_out, "note") != NULL, cases[i].note_left_out);
		json_decref(left_out);
		free(text);
	}
}

static void test_a_table_for_each_point(void **state)
{
	json_t *report = load_document();
	char *text = show_to_text(show_tables, report, &plain_terminal);

	(void)state;
	assert_contains(text, "share: 2 threads, 1 group of 8 devices; path ops, hold 0, gap 0\n");
	assert_contains(text, "  1  device_slots   2.48 G  2.44 G to 2.53 G   252×  244 to 262×    "
			      "     0.321×  exact  ");
	assert_contains(text, " >3  mutex_count    10.0 M  ");
	assert_contains(text, "  ~  packed_cas     22.2 M  ");
	assert_contains(text, "0.980 to 1.07× ?");
	assert_contains(text, "cautious, not exact");
	assert_contains(text, "unbind: 2 threads, 1 group of 1 device\n");
	assert_contains(text, "safe*");
	assert_contains(
	    text, "  failed, so not ranked:\n    list_walk: leaked: group 20 is still ");
	assert_contains(text, " device_slots   21.0 ns  30.0 ns  1.20 µs  2.00 µs  9.00 µs\n");
	assert_contains(text, "probes refused");
	assert_lacks(text, "bytes a group");
	assert_lacks(text, "Not shown");
	assert_lacks(text, "\033");
	free(text);
	json_decref(report);
}

/* The marks that occur in the tables, and no others, are explained below the tables. */
static void test_marks_are_explained_where_they_are(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	json_array_remove(json_object_get(report, "sweeps"), 0);
	text = show_to_text(show_tables, report, &plain_terminal);
	assert_contains(text, "> Baseline: ");
	assert_contains(text, "* The class is only declared");
	assert_lacks(text, "~");
	assert_lacks(text, "?");
	free(text);
	json_decref(report);
}

static void test_colours_only_where_a_terminal_has_them(void **state)
{
	const struct terminal terminal = {.utf8 = true, .colour = true};
	json_t *report = load_document();
	char *text = show_to_text(show_tables, report, &terminal);

	(void)state;
	assert_contains(text, "\033[1mshare\033[0m: 2 threads");
	assert_contains(text, "\033[32m  1  device_slots ");
	assert_contains(text, "\033[1m >3  mutex_count ");
	free(text);
	json_decref(report);
}

static void test_ascii_for_a_locale_without_utf8(void **state)
{
	const struct terminal terminal = {.columns = 0};
	json_t *report = load_document();
	char *text = show_to_text(show_tables, report, &terminal);

	(void)state;
	for (const char *c = text; *c; c++)
		assert_true((unsigned char)*c < 0x80);
	assert_contains(text, "252x  244 to 262x ");
	assert_contains(text, "1.20 us");
	free(text);
	json_decref(report);
}

static void test_no_line_is_wider_than_the_terminal(void **state)
{
	const struct terminal terminal = {.columns = 80, .utf8 = true};
	json_t *report = load_document();
	char *text = show_to_text(show_tables, report, &terminal), *rest = text, *line;

	(void)state;
	assert_contains(text, "Columns that do not fit the width: ");
	while ((line = strsep(&rest, "\n")))
		assert_true(text_columns(line) <= 80);
	free(text);
	json_decref(report);
}

/* The output never has more lines than the terminal. If something is left out, the output says so,
 * and says where to find it. */
static void test_no_more_lines_than_the_terminal_has(void **state)
{
	json_t *report = load_document();
	char *whole = show_to_text(show_tables, report, &plain_terminal);

	(void)state;
	for (unsigned int rows = 10; rows < 80; rows++) {
		const struct terminal terminal = {.rows = rows, .utf8 = true};
		char *text = show_to_text(show_tables, report, &terminal);

		assert_true(count_lines(text) < rows);
		if (strcmp(text, whole) != 0) {
			assert_contains(text, "Left out to fit the height: ");
			assert_contains(text,
			    "ownbench report --format=markdown results/sweeps/one "
			    "results/sweeps/one/lifetime, or its report.json\n");
			/* The mark is explained if and only if the output contains it. */
			assert_int_equal(strstr(text, "* The class is only declared") != NULL,
			    strstr(text, "safe*") != NULL);
		}
		if (rows > 20) /* the headline's table is the last to be left out */
			assert_contains(text, "share: 2 threads, 1 group of 8 devices");
		free(text);
	}
	free(whole);
	json_decref(report);
}

static void test_several_machines_are_named(void **state)
{
	json_t *report = load_document(), *machine;
	char *text;

	(void)state;
	machine = json_deep_copy(document_member(report, "machines[0]"));
	json_object_set_new(machine, "id", json_integer(2));
	json_object_set_new(machine, "name", json_string("8 CPUs, Other"));
	json_array_append_new(json_object_get(report, "machines"), machine);
	set_member(report, "sweeps[1]", "machine", json_integer(2));
	text = show_to_text(show_tables, report, &plain_terminal);
	assert_contains(text, "unbind: 2 threads, 1 group of 1 device; on 8 CPUs, Other\n");
	assert_contains(text, "; on 2 virtual CPUs, Some CPU\n");
	free(text);
	json_decref(report);
}

static void test_nothing_measured(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	json_array_clear(json_object_get(report, "sweeps"));
	text = show_to_text(show_tables, report, &plain_terminal);
	assert_string_equal(text, "Nothing was measured.\n");
	free(text);
	json_decref(report);
}

static void test_hostile_names_stay_in_their_cell(void **state)
{
	json_t *report = load_document();
	char *text, *expected;
	size_t lines;

	(void)state;
	text = show_to_text(show_tables, report, &plain_terminal);
	lines = count_lines(text);
	free(text);
	set_member(
	    report, "sweeps[0].points[1].results[1]", "implementation", json_string(HOSTILE));
	set_member(report, "sweeps[0].points[1].results[5]", "failure", json_string(HOSTILE));
	set_member(report, "sweeps[0].points[1]", "workload", json_string(HOSTILE));
	text = show_to_text(show_tables, report, &plain_terminal);
	assert_int_equal(count_lines(text), lines);
	assert_lacks(text, "\033");
	assert_lacks(text, "\xe2\x80\xae");
	expected = text_printable(HOSTILE, true);
	assert_contains(text, expected);
	free(expected);
	free(text);
	json_decref(report);
}

static void test_very_long_names(void **state)
{
	const struct terminal terminal = {.columns = 80, .rows = 50, .utf8 = true};
	char name[5001] = "", *text;
	json_t *report = load_document();

	(void)state;
	memset(name, 'x', sizeof(name) - 1);
	set_member(report, "sweeps[0].points[1].results[1]", "implementation", json_string(name));
	text = show_to_text(show_tables, report, &terminal);
	assert_contains(text, "x.. ");
	free(text);
	json_decref(report);
}

/* A document with a missing member, or with a member of the wrong type, is refused, and the error
 * names the member. */
static void test_malformed_documents_are_refused(void **state)
{
	static const struct {
		const char *place, *key, *value /* value as JSON; NULL: missing */, *error;
	} cases[] = {
	    {"", "format", "2", "format is 2; this version reads format 1"},
	    {"", "sweeps", NULL, "sweeps is missing"},
	    {"made", "time", "3", "made.time is not a string"},
	    {"machines[0]", "name", NULL, "machines[0].name is missing"},
	    {"families[0]", "classes", "{}", "families[0].classes is not an array"},
	    {"sweeps[0]", "points", "[3]", "sweeps[0].points[0] is not an object"},
	    {"sweeps[0].points[1]", "workload", "null",
		"sweeps[0].points[1].workload is not a string"},
	    {"sweeps[0].points[1].results[1]", "implementation", NULL,
		"sweeps[0].points[1].results[1].implementation is missing"},
	    {"sweeps[0].points[1].results[1].value", "text", NULL,
		"sweeps[0].points[1].results[1].value.text is missing"},
	    {"sweeps[0].points[1].results[1]", "rank", "\"1\"",
		"sweeps[0].points[1].results[1].rank is not a number"},
	    {"sweeps[1]", "family", "\"none\"", "sweeps[1].family: no such family: none"},
	    {"sweeps[1]", "machine", "7", "sweeps[1].machine: no machine with this id"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *report = load_document();
		struct error err;

		if (cases[i].value)
			set_member(report, cases[i].place, cases[i].key,
			    json_loads(cases[i].value, JSON_DECODE_ANY, NULL));
		else
			json_object_del(document_member(report, cases[i].place), cases[i].key);
		assert_int_equal(show_tables(stdout, report, &plain_terminal, &err), -1);
		assert_contains(err.text, cases[i].error);
		json_decref(report);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_control_characters_are_not_printed),
	    cmocka_unit_test(test_text_is_cut_by_characters),
	    cmocka_unit_test(test_a_table_fits_its_width),
	    cmocka_unit_test(test_a_table_for_each_point),
	    cmocka_unit_test(test_marks_are_explained_where_they_are),
	    cmocka_unit_test(test_colours_only_where_a_terminal_has_them),
	    cmocka_unit_test(test_ascii_for_a_locale_without_utf8),
	    cmocka_unit_test(test_no_line_is_wider_than_the_terminal),
	    cmocka_unit_test(test_no_more_lines_than_the_terminal_has),
	    cmocka_unit_test(test_several_machines_are_named),
	    cmocka_unit_test(test_nothing_measured),
	    cmocka_unit_test(test_hostile_names_stay_in_their_cell),
	    cmocka_unit_test(test_very_long_names),
	    cmocka_unit_test(test_malformed_documents_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
