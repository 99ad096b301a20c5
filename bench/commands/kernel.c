/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "bench/commands/commands.h"
#include "bench/kernel/check.h"
#include "bench/kernel/place.h"
#include "bench/options/options.h"

struct kernel_options {
	const char *release, *impls; /* NULL: the default */
	uint64_t cpus;
};

static int set_kernel(void *context, const char *value, struct error *err)
{
	if (!*value ||
	    strspn(value, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			  ".+-_") != strlen(value))
		return error_set(
		    err, "--kernel=%s: must be a release, as 'uname -r' prints it", value);
	((struct kernel_options *)context)->release = value;
	return 0;
}

static int set_impl(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct kernel_options *)context)->impls = value;
	return 0;
}

static int set_cpus(void *context, const char *value, struct error *err)
{
	return option_uint("cpus", value, 1, 64, &((struct kernel_options *)context)->cpus, err);
}

static const struct option_spec options[] = {
    {"kernel", "RELEASE",
	"the kernel to build for and to boot, as 6.1.0-57-cloud-amd64 (default: for build\n"
	"the running one, else Debian's cloud kernel whose headers are installed)",
	set_kernel},
    {"impl", "A,B,..", "names, patterns, or a name before '<' (default: all)", set_impl},
    {"cpus", "N", "CPUs of the virtual machine (default: 2)", set_cpus},
    {0},
};

static const struct command command = {
    .name = "kernel",
    .synopsis = "build|check [OPTION...]",
    .summary =
	"Runs the designs inside a real kernel, as a module, under the real driver core.\n"
	"\n"
	"build compiles the module, of the same files as every other run, and prints its path.\n"
	"check boots a Debian kernel in QEMU, with no need of root, and runs every design under\n"
	"share, rendezvous and takeover, with audit and witness: what is exact or cautious must\n"
	"have no violation; the ceiling, busted_unlocked_check and list_walk must have one.\n"
	"\n"
	"The kernel's image is downloaded as a package and not installed; it and the module stay\n"
	"in ~/.cache/ownbench.",
    .example = "ownbench kernel check --impl=kernel_iommu,mutex_count,list_walk",
    .max_arguments = 1,
    .options = options,
};

static int run_build(const struct kernel_options *o, struct error *err)
{
	struct kernel_place place = {0};

	if (kernel_place_build(&place, o->release, true, err))
		return EXIT_USAGE;
	puts(place.module);
	return EXIT_OK;
}

static int run_check(const struct kernel_options *o, struct error *err)
{
	struct kernel_place place = {
	    .cpus = (unsigned int)o->cpus, .kvm = !access("/dev/kvm", R_OK | W_OK)};
	unsigned int failures;

	if (kernel_place_build(&place, o->release, false, err) || kernel_place_image(&place, err) ||
	    kernel_check(&place, o->impls, &failures, err))
		return EXIT_USAGE;
	return failures ? EXIT_CHECK_FAILED : EXIT_OK;
}

int cmd_kernel(int argc, char **argv)
{
	struct kernel_options o = {.cpus = 2};
	struct error err = {0};
	int first, status = options_parse(&command, argc, argv, &o, &first);

	if (status != PARSED)
		return status;
	if (first >= argc)
		return command_lacks(&command, "what to do: build or check");
	if (!strcmp(argv[first], "build"))
		status = run_build(&o, &err);
	else if (!strcmp(argv[first], "check"))
		status = run_check(&o, &err);
	else
		status = command_lacks(&command, "what to do: build or check");
	if (*err.text)
		command_error(&command, &err);
	return status;
}
