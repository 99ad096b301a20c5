/* SPDX-License-Identifier: MIT */
/* Tables of options: each type of row stores a correct value in its field. For a wrong value, it
 * reports what would be right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/options/options.h"
#include "bench/sweep/run_options.h"

struct fields {
	bool flag;
	uint64_t number;
	double part;
	unsigned int *sizes;
	size_t nr_sizes;
	const char *file, *listing;
	char **names;
	size_t nr_names;
	enum { RED, GREEN } colour;
	int twice;
};

static int set_twice(void *field, const char *value, struct error *err)
{
	if (!strcmp(value, "never"))
		return error_set(err, "--twice=never: must be a number");
	*(int *)field = 2 * (int)strtol(value, NULL, 10);
	return 0;
}

static const char *const colours[] = {[RED] = "red", [GREEN] = "green", NULL};

static const struct option_spec options[] = {
    {"flag", NULL, "", OPTION_FLAG(struct fields, flag)},
    {"number", "N", "", OPTION_UINT(struct fields, number, 2, UINT64_MAX)},
    {"n", "N", "", OPTION_UINT(struct fields, number, 1, 9)},
    {"part", "PART", "", OPTION_REAL(struct fields, part, 0.5, 1e6)},
    {"sizes", "N,..", "", OPTION_UINTS(struct fields, sizes, nr_sizes, 1, 64)},
    {"file", "FILE", "", OPTION_TEXT(struct fields, file, NULL)},
    {"listing", "[FILE]", "", OPTION_TEXT(struct fields, listing, "--listing= needs a file")},
    {"names", "A,..", "", OPTION_TEXTS(struct fields, names, nr_names)},
    {"colour", "COLOUR", "", OPTION_CHOICE(struct fields, colour, colours)},
    {"twice", "N", "", OPTION_FUNCTION(struct fields, twice, set_twice)},
    {"shown_*", NULL, "", OPTION_HELP_ONLY},
    {0},
};

static const struct command command = {.name = "test",
    .synopsis = "",
    .summary = "",
    .examples = {"", ""},
    .max_arguments = 1,
    .options = options};

/* Begins with the structure of the other command, so that it can use that command's options. */
struct heir {
	struct fields fields;
	bool own;
};

static const struct option_spec heirs_options[] = {
    {"own", NULL, "", OPTION_FLAG(struct heir, own)},
    {"sizes", "N,..", "", OPTION_OF_COMMAND(command)},
    {0},
};

enum { ARGUMENTS_MAX = 8 };

/* getopt_long() permutes argv, so arguments come after the program's name. */
static int parse(struct fields *fields, int *first, const char *const *arguments)
{
	char *argv[ARGUMENTS_MAX + 2] = {(char *)"test"};
	int argc = 1;

	for (; arguments[argc - 1]; argc++)
		argv[argc] = (char *)arguments[argc - 1];
	*fields = (struct fields){0};
	return options_parse(&command, argc, argv, fields, first);
}

#define PARSE(...) parse(&fields, &first, (const char *const[]){__VA_ARGS__, NULL})

static void test_fields(void **state)
{
	struct fields fields;
	int first;

	(void)state;
	assert_int_equal(
	    PARSE("--flag", "--part=1e3", "--colour=green", "--file=a,b", "--twice=4"), PARSED);
	assert_true(fields.flag);
	assert_true(fields.part == 1000);
	assert_int_equal(fields.colour, GREEN);
	assert_string_equal(fields.file, "a,b");
	assert_int_equal(fields.twice, 8);
	assert_int_equal(first, 6);
	assert_int_equal(PARSE("--number=18446744073709551615", "argument"), PARSED);
	assert_true(fields.number == UINT64_MAX);
	assert_int_equal(first, 2);
	assert_int_equal(PARSE("-n", "9"), PARSED);
	assert_int_equal(fields.number, 9);
	assert_false(fields.flag);
	assert_int_equal(fields.colour, RED);
}

static void test_optional_value(void **state)
{
	struct fields fields;
	int first;

	(void)state;
	assert_int_equal(PARSE("--listing"), PARSED);
	assert_string_equal(fields.listing, "");
	assert_int_equal(PARSE("--listing=file"), PARSED);
	assert_string_equal(fields.listing, "file");
	assert_int_equal(PARSE("--flag"), PARSED);
	assert_null(fields.listing);
}

/* If an option is given again, its numbers replace the earlier ones, and its names are appended. */
static void test_lists(void **state)
{
	struct fields fields;
	int first;

	(void)state;
	assert_int_equal(
	    PARSE("--sizes=1,2,3", "--names=a,b", "--sizes=64,8", "--names=c"), PARSED);
	assert_int_equal(fields.nr_sizes, 2);
	assert_int_equal(fields.sizes[0], 64);
	assert_int_equal(fields.sizes[1], 8);
	assert_int_equal(fields.nr_names, 3);
	assert_string_equal(fields.names[0], "a");
	assert_string_equal(fields.names[2], "c");
	options_free(&command, &fields);
	assert_int_equal(PARSE("--sizes=5,x", "--names=never"), EXIT_USAGE);
	options_free(&command, &fields);
}

static void test_errors(void **state)
{
	static const struct {
		const char *name, *value, *error;
	} rows[] = {
	    {"number", "1", "--number=1: must be a whole number from 2 to 18446744073709551615"},
	    {"number", "18446744073709551616", "--number=18446744073709551616: must be"},
	    {"number", "", "--number=: must be a whole number"},
	    {"number", "+3", "--number=+3: must be a whole number"},
	    {"number", "0x3", "--number=0x3: must be a whole number"},
	    {"n", "10", "-n=10: must be a whole number from 1 to 9"},
	    {"part", "0.49", "--part=0.49: must be a number from 0.5 to 1e+06"},
	    {"part", "1000001", "--part=1000001: must be a number"},
	    {"part", "nan", "--part=nan: must be a number"},
	    {"part", "1e", "--part=1e: must be a number"},
	    {"sizes", "1,65", "--sizes=65: must be a whole number from 1 to 64"},
	    {"sizes", "1,", "--sizes=: must be a whole number"},
	    {"file", "", "--file: must not be empty"},
	    {"listing", "", "--listing= needs a file"},
	    {"names", "a,,b", "--names: must not be empty"},
	    {"colour", "blue", "--colour=blue: must be one of red, green"},
	    {"twice", "never", "--twice=never: must be a number"},
	    {"shown_*", "x", "no such option: --shown_*"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fields fields = {0};
		struct error err = {""};

		assert_int_equal(
		    option_set(option_find(options, rows[i].name), &fields, rows[i].value, &err),
		    -1);
		if (strncmp(err.text, rows[i].error, strlen(rows[i].error)) != 0)
			fail_msg("'%s', not '%s'", err.text, rows[i].error);
		options_free(&command, &fields);
	}
}

static void test_of_command(void **state)
{
	struct heir heir = {.own = false};
	struct error err;

	(void)state;
	assert_int_equal(option_set(option_find(heirs_options, "sizes"), &heir, "7", &err), 0);
	assert_int_equal(heir.fields.nr_sizes, 1);
	assert_int_equal(heir.fields.sizes[0], 7);
	assert_int_equal(option_set(option_find(heirs_options, "own"), &heir, NULL, &err), 0);
	assert_true(heir.own);
	options_free(&command, &heir.fields);
	assert_null(option_find(heirs_options, "names"));
}

/* A run's goal has defaults for the parts that are left out. */
static void test_goal_of_run(void **state)
{
	static const struct {
		const char *argument;
		double precision, budget;
		uint64_t repetitions;
	} rows[] = {
	    {"--seed=2", 0.05, 240, 0},
	    {"--precision=10%", 0.1, 240, 0},
	    {"--budget=2m", 0.05, 120, 0},
	    {"--repetitions=7", 0.05, 240, 7},
	    {"--check=witness", 0.05, 240, 5},
	    {"--benchmark_repetitions=3", 0.05, 240, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *argv[] = {(char *)"run", (char *)rows[i].argument, NULL};
		struct run_options run;

		assert_int_equal(run_options_parse(&run, 2, argv), PARSED);
		assert_true(run.precision == rows[i].precision);
		assert_true(run.budget == rows[i].budget);
		assert_int_equal(run.repetitions, rows[i].repetitions);
		assert_true(run.order_seed == ORDER_SEED_DRAWN);
		run_options_free(&run);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_optional_value),
	    cmocka_unit_test(test_lists),
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_of_command),
	    cmocka_unit_test(test_goal_of_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
