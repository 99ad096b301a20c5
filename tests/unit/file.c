/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/files/file.h"

static void written_file_reads_back(void **state)
{
	char path[] = "/tmp/ownbench-file-XXXXXX";
	struct error err;
	size_t size;
	char *data;

	(void)state;
	close(mkstemp(path));
	assert_int_equal(file_write_whole(path, "a\0b", 3, &err), 0);
	data = file_read_whole(path, &size, &err);
	assert_non_null(data);
	assert_int_equal(size, 3);
	assert_memory_equal(data, "a\0b", 4);
	free(data);
	unlink(path);
}

static void full_device_is_an_error(void **state)
{
	struct error err;

	(void)state;
	assert_int_equal(file_write_whole("/dev/full", "x", 1, &err), -1);
	assert_string_equal(err.text, "cannot write /dev/full: No space left on device");
}

static void missing_directory_is_an_error(void **state)
{
	struct error err;
	size_t size;

	(void)state;
	assert_int_equal(file_write_whole("/nowhere/at/all", "x", 1, &err), -1);
	assert_string_equal(err.text, "cannot write /nowhere/at/all: No such file or directory");
	assert_null(file_read_whole("/nowhere/at/all", &size, &err));
	assert_string_equal(err.text, "cannot read /nowhere/at/all: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(written_file_reads_back),
	    cmocka_unit_test(full_device_is_an_error),
	    cmocka_unit_test(missing_directory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
