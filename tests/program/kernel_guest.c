/* SPDX-License-Identifier: MIT */
/* Checks how runs end in guests that do not boot, that hang, or that crash. A script replaces QEMU,
 * so the test needs neither QEMU nor KVM. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/kernel/guest.h"
#include "harness/memory.h"
#include "tests/unit/tree.h"

#define RESULT "echo 'ownbench-run x'; echo 'ownbench-result {\"violations\": 0}'\n"

struct fixture {
	struct tree tree;
	struct kernel_place place;
	struct kernel_run runs[2];
	char *path; /* PATH before the test */
	struct error err;
};

/* Makes a shell script that is found in PATH before any other program of its name. */
static void make_program(struct fixture *f, const char *name, const char *script)
{
	char file[64], path[PATH_MAX], text[1024];

	snprintf(file, sizeof(file), "/bin/%s", name);
	snprintf(text, sizeof(text), "#!/bin/sh\n%s", script);
	tree_write(&f->tree, file, text);
	snprintf(path, sizeof(path), "%s%s", f->tree.path, file);
	assert_int_equal(chmod(path, 0755), 0);
}

static int set_up(void **state)
{
	struct fixture *f = allocate(1, sizeof(*f));
	char path[PATH_MAX];

	tree_make(&f->tree, NULL, NULL);
	f->path = copy_text(getenv("PATH"));
	snprintf(path, sizeof(path), "%s/bin:%s", f->tree.path, f->path);
	setenv("PATH", path, 1);
	make_program(f, "busybox", "");
	make_program(f, "cpio", "cat >/dev/null");
	tree_write(&f->tree, "/ownbench.ko", "");
	f->place = (struct kernel_place){.release = "6.1.0-1-none", .cpus = 2};
	snprintf(f->place.module, sizeof(f->place.module), "%s/ownbench.ko", f->tree.path);
	for (size_t i = 0; i < 2; i++)
		snprintf(f->runs[i].design, sizeof(f->runs[i].design), "design_%zu", i);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	setenv("PATH", f->path, 1);
	for (size_t i = 0; i < 2; i++)
		json_decref(f->runs[i].result);
	tree_remove(&f->tree);
	free(f->path);
	free(f);
	return 0;
}

static void qemu_is_missing(void **state)
{
	struct fixture *f = *state;

	make_program(f, "sh", "exit 0"); /* replaces the script that makes the initramfs */
	setenv("PATH", strtok(getenv("PATH"), ":"), 1);
	assert_int_equal(kernel_guest_run(&f->place, f->runs, 2, &f->err), -1);
	assert_string_equal(f->err.text, "no qemu-system-x86_64; install qemu-system-x86");
}

static void runs_have_results(void **state)
{
	struct fixture *f = *state;

	make_program(f, "qemu-system-x86_64", RESULT RESULT "echo ownbench-end");
	assert_int_equal(kernel_guest_run(&f->place, f->runs, 2, &f->err), 0);
	assert_non_null(f->runs[0].result);
	assert_non_null(f->runs[1].result);
}

/* Checks that, if `script` replaces a guest with KVM, the runs are executed without KVM. */
static void falls_back(struct fixture *f, const char *script)
{
	char text[512];

	snprintf(text, sizeof(text),
	    "case $* in *'-accel kvm'*) %s ;; esac\n" RESULT RESULT "echo ownbench-end", script);
	make_program(f, "qemu-system-x86_64", text);
	f->place.kvm = true;
	assert_int_equal(kernel_guest_run(&f->place, f->runs, 2, &f->err), 0);
	assert_false(f->place.kvm);
	assert_non_null(f->runs[0].result);
	assert_non_null(f->runs[1].result);
}

static void kvm_is_refused(void **state)
{
	falls_back(*state, "echo 'failed to initialize kvm: Permission denied' >&2; exit 1");
}

/* Runs for as long as a guest with KVM may take to boot. */
static void kvm_opens_but_does_not_boot(void **state)
{
	falls_back(*state, "exec sleep 600");
}

static void guest_does_not_boot(void **state)
{
	struct fixture *f = *state;

	make_program(f, "qemu-system-x86_64", "echo 'Kernel panic - not syncing: No init found'");
	assert_int_equal(kernel_guest_run(&f->place, f->runs, 2, &f->err), -1);
	assert_string_equal(
	    f->err.text, "the guest does not boot: Kernel panic - not syncing: No init found");
}

/* A design that crashes ends its guest. The remaining runs get another guest. */
static void crash_costs_one_run(void **state)
{
	struct fixture *f = *state;
	char text[512];

	snprintf(text, sizeof(text),
	    "[ -e %s/crashed ] && { " RESULT "echo ownbench-end; exit; }\n"
	    "touch %s/crashed; echo 'ownbench-run x'; echo 'BUG: unable to handle page fault'",
	    f->tree.path, f->tree.path);
	make_program(f, "qemu-system-x86_64", text);
	assert_int_equal(kernel_guest_run(&f->place, f->runs, 2, &f->err), 0);
	assert_null(f->runs[0].result);
	assert_string_equal(f->runs[0].failure, "BUG: unable to handle page fault");
	assert_non_null(f->runs[1].result);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(qemu_is_missing),
	    TEST(runs_have_results),
	    TEST(kvm_is_refused),
	    TEST(kvm_opens_but_does_not_boot),
	    TEST(guest_does_not_boot),
	    TEST(crash_costs_one_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
