/* SPDX-License-Identifier: MIT */
/* Functions and source lines of samples in the module. A script replaces addr2line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/kernel/module_lines.h"
#include "tests/unit/tree.h"

/* Two samples: one in the module, with callers in the module and in the kernel; and one in the
 * kernel. */
static const char script[] = " 100    1000 cpu-clock: \n"
			     "\tffffffffc0400010 ops_bind ([kernel.kallsyms])\n"
			     "\tffffffffc0400021 ops_share ([ownbench])\n"
			     "\tffffffff81000000 kthread ([kernel.kallsyms])\n\n"
			     " 100    3000 cpu-clock: \n"
			     "\tffffffff81000008 mutex_lock ([kernel.kallsyms])\n\n";

static const char addr2line[] = "#!/bin/sh\n"
				"for file; do :; done\n"
				"cat \"${file#@}\" >\"$(dirname \"$0\")/offsets\"\n"
				"cat <<'END'\n"
				"0x0000000000000010\n"
				"lock_acquire\n"
				"/ownbench/impl/lock/kernel/mutex.h:12\n"
				"mutex_count_use\n"
				"/ownbench/impl/mutex_count.c:40 (discriminator 1)\n"
				"0x0000000000000020\n"
				"??\n"
				"??:?\n"
				"END\n";

/* The result for the samples, as text. */
static void print_sample(void *arg, const struct perf_sample *sample)
{
	FILE *out = arg;

	fprintf(out, "%s %.0f:", sample->event, sample->weight);
	for (size_t i = 0; i < sample->nr; i++)
		fprintf(out, " %s(%s:%u)", sample->frames[i].function,
		    sample->frames[i].file ? sample->frames[i].file : "-", sample->frames[i].line);
	fprintf(out, "\n");
}

static void frames_of_the_module_are_replaced(void **state)
{
	char bin[64], path[PATH_MAX], text[1024] = "", offsets[64] = "";
	char module[64], script_path[64], log[64];
	struct error err = {0};
	struct tree tree;
	FILE *file;

	(void)state;
	tree_make(&tree, NULL, NULL);
	tree_write(&tree, "/script", script);
	tree_write(&tree, "/addr2line", addr2line);
	snprintf(bin, sizeof(bin), "%s/addr2line", tree.path);
	assert_int_equal(chmod(bin, 0755), 0);
	snprintf(path, sizeof(path), "%s:%s", tree.path, getenv("PATH"));
	setenv("PATH", path, 1);
	snprintf(module, sizeof(module), "%s/ownbench.ko", tree.path);
	snprintf(script_path, sizeof(script_path), "%s/script", tree.path);
	snprintf(log, sizeof(log), "%s/log", tree.path);
	file = fmemopen(text, sizeof(text), "w");
	if (module_samples_read(&(struct module_samples){.module = module,
				    .code = 0xffffffffc0400000,
				    .size = 0x1000,
				    .script = script_path,
				    .top = "/src",
				    .log = log},
		print_sample, file, &err))
		fail_msg("%s", err.text);
	fclose(file);
	assert_string_equal(text,
	    "cpu-clock 1000: lock_acquire(/src/impl/lock/kernel/mutex.h:12) "
	    "mutex_count_use(/src/impl/mutex_count.c:40) ops_share(-:0) kthread(-:0)\n"
	    "cpu-clock 3000: mutex_lock(-:0)\n");
	/* A caller's line is that of its call instruction, which precedes the return address. */
	snprintf(path, sizeof(path), "%s/offsets", tree.path);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(offsets, 1, sizeof(offsets) - 1, file) > 0);
	fclose(file);
	assert_string_equal(offsets, "0x10\n0x20\n");
	tree_remove(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(frames_of_the_module_are_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
