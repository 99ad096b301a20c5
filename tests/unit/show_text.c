/* SPDX-License-Identifier: MIT */
/* A report document as a summary, as Markdown, and as CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness/show/show.h"
#include "tests/unit/documents.h"

static int show_as_markdown(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err)
{
	(void)terminal;
	return show_markdown(out, report, err);
}

static int show_as_csv(
    FILE *out, const json_t *report, const struct terminal *terminal, struct error *err)
{
	(void)terminal;
	return show_csv(out, report, err);
}

/* -- summary -- */

static void test_summary_has_the_answer(void **state)
{
	json_t *report = load_document();
	char *text = show_to_text(show_summary, report, &plain_terminal);

	(void)state;
	assert_contains(
	    text, "ownership: the fastest exact design, and its ratio to mutex_count\n");
	assert_contains(text, " share     device_slots   252×  244 to 262×   ");
	assert_contains(text, "2 of 2 points");
	assert_contains(text, " 2.08 to 2.18× ~ ");
	assert_contains(text, " unbind    kref_gone  13.3×  13.1 to 13.8×  802 M uses/s");
	assert_contains(text, "  fetch_add is cautious, but declares exact\n");
	assert_contains(text, "  list_walk, at 2 of 4 points: leaked: group 20 ");
	assert_contains(text, "   2 confirmed              C2 C3\n");
	assert_contains(text, "   1 refuted                C4\n");
	assert_contains(text, "   1 true up to a boundary  C1\n");
	assert_contains(text, "   1 undecided              C5\n");
	assert_contains(text, "   1 not run                C6\n");
	assert_contains(text, "  2 CPUs cannot show scaling\n");
	assert_contains(text, "  ownership: the hypervisor took 3.1% of ");
	assert_contains(
	    text, "  ownership: 39 of 279 within 5%, 79 within 10%; limited by the time budget");
	assert_lacks(text, "lifetime: 0 of");
	assert_lacks(text, "and more");
	free(text);
	json_decref(report);
}

static void test_summary_names_tied_designs(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	set_member(report, "sweeps[0].points[1].fastest.best_class", "told_apart", json_false());
	text = show_to_text(show_summary, report, &plain_terminal);
	assert_contains(text, "tied with");
	assert_contains(text, " packed_cas  2 threads");
	free(text);
	json_decref(report);
}

static void test_summary_without_verdicts(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	set_member(report, "sweeps[0]", "verify", json_null());
	set_member(report, "sweeps[0]", "claims", json_null());
	set_member(report, "sweeps[0]", "precision", json_null());
	json_array_clear(document_member(report, "machines[0].warnings"));
	json_array_clear(document_member(report, "sweeps[0].warnings"));
	text = show_to_text(show_summary, report, &plain_terminal);
	assert_contains(text, "Classes are only declared: no design was verified.\n");
	assert_contains(text, "  none known\n");
	assert_lacks(text, "Claims");
	assert_lacks(text, "precise");
	free(text);
	json_decref(report);
}

static void test_summary_of_a_workload_that_nothing_passed(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	set_member(report, "sweeps[1].points[0]", "fastest", json_null());
	text = show_to_text(show_summary, report, &plain_terminal);
	assert_contains(text, " unbind    none passed\n");
	free(text);
	json_decref(report);
}

/* Adds copies of each entry that can occur several times. */
static void multiply_entries(json_t *report, unsigned int times)
{
	for (unsigned int i = 0; i < times; i++) {
		json_t *point = json_deep_copy(document_member(report, "sweeps[0].points[1]"));
		json_t *sweep = json_deep_copy(document_member(report, "sweeps[0]"));
		json_t *machine = json_deep_copy(document_member(report, "machines[0]"));

		json_object_set_new(point, "workload", json_sprintf("workload%u", i));
		json_array_append_new(document_member(report, "sweeps[0].points"), point);
		json_object_set_new(machine, "id", json_integer(i + 2));
		json_object_set_new(machine, "name", json_sprintf("machine %u", i));
		json_array_append_new(json_object_get(report, "machines"), machine);
		json_object_set_new(sweep, "machine", json_integer(i + 2));
		json_array_append_new(json_object_get(report, "sweeps"), sweep);
	}
}

static void test_summary_is_never_longer_than_its_limit(void **state)
{
	(void)state;
	for (unsigned int times = 0; times < 30; times += 3) {
		json_t *report = load_document();
		char *text;

		multiply_entries(report, times);
		text = show_to_text(show_summary, report, &plain_terminal);
		assert_true(count_lines(text) <= SUMMARY_LINES_MAX);
		/* If entries occur many times, some are left out, and this is reported. */
		if (times)
			assert_true(strstr(text, "  .. and ") || strstr(text, "Left out"));
		free(text);
		json_decref(report);
	}
}

/* -- Markdown -- */

static void test_markdown_has_all_tables(void **state)
{
	json_t *report = load_document();
	char *text = show_to_text(show_as_markdown, report, &plain_terminal);

	(void)state;
	assert_contains(text, "# ownbench: Who owns the group’s DMA?\n");
	assert_contains(text, "# ownbench: Who uses a device that is unbound?\n");
	assert_contains(text,
	    "- Fastest exact design: **device\\_slots** (exact), 2.48 G pairs/s, "
	    "252× mutex\\_count (244 to 262×), 0.321× of the ceiling. Of the ownership operations "
	    "alone.\n");
	assert_contains(text, "- Fastest design of any class: **");
	assert_contains(text, "| C1 | Something of C1 | boundary: between groups of 128 ");
	assert_contains(
	    text, "\n### share: 2 threads, 1 group of 8 devices, path ops, hold 0, gap 0\n");
	assert_contains(text, "| mutex\\_count | exact | 10.0 M | 9.25 M to 10.2 M | 1.00× |  | ");
	assert_contains(
	    text, " | failed: leaked: group 20 is still owned after its last release |\n");
	assert_contains(text, "| packed\\_cas | 586 ns | 612 ns |\n");
	assert_contains(text, "| kref\\_gone | safe (declared) | 802 M |");
	assert_contains(text, "- Warning: 2 CPUs cannot show scaling.\n");
	assert_contains(
	    text, "- Warning: the hypervisor took 3.1% of the CPUs’ time during the runs.\n");
	assert_contains(text, "Made at 2026-11-29T13:40:00Z by ownbench 0.2.0 (0123abc).\n");
	free(text);
	json_decref(report);
}

static void test_markdown_says_what_a_headline_leaves_open(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	set_member(report, "sweeps[0].points[1].fastest.best_class", "told_apart", json_false());
	set_member(report, "sweeps[0].points[1].fastest.best_class", "precise", json_false());
	text = show_to_text(show_as_markdown, report, &plain_terminal);
	assert_contains(text, " of the ceiling; the requested precision was not reached; not "
			      "significantly faster than "
			      "packed\\_cas. Of");
	free(text);
	json_decref(report);
}

/* Checks that each row of a table has as many cells as its heading. */
static void assert_even_tables(char *text)
{
	size_t width = 0;
	char *line;

	while ((line = strsep(&text, "\n"))) {
		size_t bars = 0;

		for (const char *c = line; *line == '|' && *c; c++)
			bars += *c == '|' && (c == line || c[-1] != '\\');
		if (width && bars)
			assert_int_equal(bars, width);
		width = bars;
	}
}

static void test_markdown_keeps_hostile_names_in_their_cell(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	set_member(
	    report, "sweeps[0].points[1].results[1]", "implementation", json_string(HOSTILE));
	set_member(report, "sweeps[0].points[1].results[5]", "failure", json_string(HOSTILE));
	set_member(report, "sweeps[0].claims[0]", "figure", json_string(HOSTILE));
	text = show_to_text(show_as_markdown, report, &plain_terminal);
	assert_contains(text, "a\\|b  \\[31m\"c\",\\<d\\>\\`");
	assert_lacks(text, "\033");
	assert_even_tables(text);
	free(text);
	json_decref(report);
}

/* -- CSV -- */

/* Splits one record of RFC 4180 off the text, in place. Returns the number of its fields. */
static size_t next_record(char **text, char **fields, size_t most)
{
	char *read = *text, *write = *text;
	size_t nr = 0;
	bool quoted = false;

	fields[nr++] = write;
	for (; *read && (quoted || *read != '\r'); read++) {
		if (*read == '"' && quoted && read[1] == '"') {
			*write++ = *read++;
		} else if (*read == '"') {
			quoted = !quoted;
		} else if (*read == ',' && !quoted) {
			*write++ = '\0';
			assert_true(nr < most);
			fields[nr++] = write;
		} else {
			*write++ = *read;
		}
	}
	assert_true(read[0] == '\r' && read[1] == '\n');
	*write = '\0';
	*text = read + 2;
	return nr;
}

/* Returns the field below a heading, or "" if there is none. */
static const char *field_below(
    char *const *headings, char *const *fields, size_t nr, const char *heading)
{
	for (size_t i = 0; i < nr; i++) {
		if (fields[i] && !strcmp(headings[i], heading))
			return fields[i];
	}
	return "";
}

enum { MOST_FIELDS = 64, NR_RESULTS = 6 + 6 + 2 + 2 + 2 };

static void test_csv_has_a_record_for_each_result(void **state)
{
	json_t *report = load_document();
	char *headings[MOST_FIELDS] = {NULL}, *fields[MOST_FIELDS] = {NULL}, *text, *rest;
	size_t nr, records = 0, failures = 0, slots = 0;

	(void)state;
	set_member(
	    report, "sweeps[0].points[1].results[1]", "implementation", json_string(HOSTILE));
	text = rest = show_to_text(show_as_csv, report, &plain_terminal);
	nr = next_record(&rest, headings, MOST_FIELDS);
	for (; *rest; records++) {
		assert_int_equal(next_record(&rest, fields, MOST_FIELDS), nr);
		failures += *field_below(headings, fields, nr, "failure") != '\0';
		if (strcmp(field_below(headings, fields, nr, "implementation"), HOSTILE) != 0)
			continue;
		slots++;
		assert_string_equal(
		    field_below(headings, fields, nr, "machine"), "2 virtual CPUs, Some CPU");
		assert_string_equal(field_below(headings, fields, nr, "value"), "2480000000");
		assert_string_equal(field_below(headings, fields, nr, "to_baseline_low"), "244");
		assert_string_equal(field_below(headings, fields, nr, "to_ceiling"), "0.321");
		assert_string_equal(field_below(headings, fields, nr, "refused_percent"), "2.1");
		assert_string_equal(
		    field_below(headings, fields, nr, "samples"), "0:2480000000 1:2480000000");
	}
	assert_int_equal(records, NR_RESULTS);
	assert_int_equal(failures, 2);
	assert_int_equal(slots, 1);
	free(text);
	json_decref(report);
}

static void test_csv_of_nothing_is_its_headings(void **state)
{
	json_t *report = load_document();
	char *text;

	(void)state;
	json_array_clear(json_object_get(report, "sweeps"));
	text = show_to_text(show_as_csv, report, &plain_terminal);
	assert_int_equal(count_lines(text), 1);
	assert_contains(text, "sweep,machine,family,");
	free(text);
	json_decref(report);
}

/* Every format refuses a malformed document. */
static void test_malformed_documents_are_refused(void **state)
{
	static show_function *const shows[] = {show_summary, show_as_markdown, show_as_csv};
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(shows) / sizeof(shows[0]); i++) {
		json_t *report = load_document();

		json_object_del(document_member(report, "sweeps[0]"), "dir");
		assert_int_equal(shows[i](stdout, report, &plain_terminal, &err), -1);
		assert_string_equal(err.text, "report.json: sweeps[0].dir is missing");
		json_decref(report);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_summary_has_the_answer),
	    cmocka_unit_test(test_summary_names_tied_designs),
	    cmocka_unit_test(test_summary_without_verdicts),
	    cmocka_unit_test(test_summary_of_a_workload_that_nothing_passed),
	    cmocka_unit_test(test_summary_is_never_longer_than_its_limit),
	    cmocka_unit_test(test_markdown_has_all_tables),
	    cmocka_unit_test(test_markdown_says_what_a_headline_leaves_open),
	    cmocka_unit_test(test_markdown_keeps_hostile_names_in_their_cell),
	    cmocka_unit_test(test_csv_has_a_record_for_each_result),
	    cmocka_unit_test(test_csv_of_nothing_is_its_headings),
	    cmocka_unit_test(test_malformed_documents_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
