/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <unistd.h>

#include "bench/commands/commands.h"
#include "bench/kernel/check.h"
#include "bench/kernel/host.h"
#include "bench/kernel/place.h"
#include "bench/kernel/profile.h"
#include "bench/kernel/run.h"
#include "bench/kernel/sweep.h"
#include "bench/options/options.h"
#include "bench/sweep/interrupt.h"
#include "harness/files/file.h"

struct kernel_options {
	const char *release, *impls; /* NULL: the default */
	const char *baseline;
	int workload, depth;
	uint64_t threads, devices, groups, claimers; /* 0: the module's default */
	uint64_t hold_us, gap_us, devm_us;
	double duration;
	uint64_t repetitions, cpus;
	bool host, json;
	const char *event; /* of perf; NULL: depends on the machine */
	const char *out;   /* directory; NULL: none */
	int argc;
	char **argv; /* the command line */
};

static const char *const workloads[] = {
    "share", "spread", "takeover", "busy", "flap", "storm", "rendezvous", NULL};
static const char *const depths[] = {"core", "ops", NULL};

static int set_release(void *field, const char *value, struct error *err)
{
	static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ.+-_";

	if (!*value || strspn(value, allowed) != strlen(value))
		return error_set(
		    err, "--kernel=%s: must be a release, as 'uname -r' prints it", value);
	*(const char **)field = value;
	return 0;
}

#define UINT(field, min, max) OPTION_UINT(struct kernel_options, field, min, max)

static const struct option_spec options[] = {
    {"kernel", "RELEASE",
	"Use this kernel release, for example 6.1.0-57-cloud-amd64 (default:\n"
	"the running kernel for build and --host, else Debian's cloud kernel)",
	OPTION_FUNCTION(struct kernel_options, release, set_release)},
    {"impl", "A,B,..",
	"Use these designs: names, patterns such as 'mutex_count<*>', or the\n"
	"part of names before '<' (default: all; run leaves out the negative\n"
	"controls)",
	OPTION_TEXT(struct kernel_options, impls, NULL)},
    {"workload", "NAME",
	"Run share, spread, takeover, busy, flap, storm or rendezvous, in which\n"
	"two removes, or a remove and a probe, meet in the driver core\n"
	"(default: share)",
	OPTION_CHOICE(struct kernel_options, workload, workloads)},
    {"depth", "core|ops",
	"Bind and unbind through the driver core (core), or call only the\n"
	"ownership operations (ops) (default: core)",
	OPTION_CHOICE(struct kernel_options, depth, depths)},
    {"threads", "N", "Run this many kernel threads, each pinned to a CPU (default: 2)",
	UINT(threads, 1, 64)},
    {"devices", "N",
	"Put this many devices into a group (default: one for each thread that\n"
	"binds)",
	UINT(devices, 1, 1024)},
    {"groups", "N", "Set the number of groups (default: 1)", UINT(groups, 1, 1024)},
    {"claimers", "N", "Let this many threads of takeover claim as users (default: 1)",
	UINT(claimers, 1, 63)},
    {"hold-us", "N",
	"Keep a device bound, or a group claimed, for this many microseconds\n"
	"(default: 0)",
	UINT(hold_us, 0, 100000)},
    {"gap-us", "N",
	"Wait this many microseconds between an unbind and the next bind\n"
	"(default: 0)",
	UINT(gap_us, 0, 100000)},
    {"devm-us", "N", "Let the driver's devm action sleep this many microseconds (default: 0)",
	UINT(devm_us, 0, 10000)},
    {"duration", "S", "Run each design for this many seconds (default: 0.3)",
	OPTION_REAL(struct kernel_options, duration, 0.001, 60)},
    {"repetitions", "N", "Run each design this many times (default: 5)",
	UINT(repetitions, 1, 1000)},
    {"baseline", "NAME",
	"Divide each design's rate by that of this design (default:\n"
	"kernel_iommu)",
	OPTION_TEXT(struct kernel_options, baseline, NULL)},
    {"cpus", "N", "Give the virtual machine this many CPUs (default: 2)", UINT(cpus, 1, 64)},
    {"host", NULL, "Load the module into the running kernel, as root",
	OPTION_FLAG(struct kernel_options, host)},
    {"event", "EVENT",
	"With profile, sample this event of perf (default: cycles, or the\n"
	"software clock if the machine has no counters)",
	OPTION_TEXT(
	    struct kernel_options, event, "--event: must not be empty; 'perf list' shows them")},
    {"out", "DIR",
	"Write the runs into DIR as a sweep, for report and compare; with\n"
	"profile, write perf's files into DIR (default: profile-DATE-TIME)",
	OPTION_TEXT(struct kernel_options, out, NULL)},
    {"json", NULL, "Print each run as a line of JSON", OPTION_FLAG(struct kernel_options, json)},
    {0},
};

static const struct command command = {
    .name = "kernel",
    .synopsis = "build|run|check|profile [OPTION...]",
    .summary =
	"Run the designs inside a real kernel, as a module, under the real driver core.\n"
	"\n"
	"build compiles the module, from the same sources as this program, and prints its path.\n"
	"run measures designs side by side, with audit and witness. check runs each design under\n"
	"busy, rendezvous, share and takeover. An exact or cautious design must have no\n"
	"violation; ceiling, busted_unlocked_check, busted_notifier and list_walk must have one.\n"
	"\n"
	"run and check boot a Debian kernel in QEMU, without root. They download its package but\n"
	"do not install it; the image and the module stay in ~/.cache/ownbench. With --host, run\n"
	"loads the module into the running kernel instead: a fault in a design can then hang or\n"
	"crash this machine. profile needs --host: it samples a run of one design with perf, and\n"
	"shows the lines that take the time.",
    .examples = {"ownbench kernel run --impl=kernel_iommu,mutex_count,ceiling",
	"ownbench kernel check --impl=kernel_iommu,mutex_count,list_walk"},
    .max_arguments = 1,
    .options = options,
};

static void add_number(char *spec, size_t size, const char *key, uint64_t value)
{
	size_t len = strlen(spec);

	if (value)
		snprintf(spec + len, size - len, " %s=%llu", key, (unsigned long long)value);
}

static struct kernel_request request_of(const struct kernel_options *o)
{
	struct kernel_request request = {.patterns = o->impls,
	    .repetitions = (unsigned int)o->repetitions,
	    .baseline = o->baseline};
	char *spec = request.spec;
	size_t size = sizeof(request.spec);

	snprintf(spec, size, "workload=%s depth=%s", workloads[o->workload], depths[o->depth]);
	add_number(spec, size, "threads", o->threads);
	add_number(spec, size, "devices", o->devices);
	add_number(spec, size, "groups", o->groups);
	add_number(spec, size, "claimers", o->claimers);
	add_number(spec, size, "hold_us", o->hold_us);
	add_number(spec, size, "gap_us", o->gap_us);
	add_number(spec, size, "devm_us", o->devm_us);
	add_number(spec, size, "ms", (uint64_t)(o->duration * 1000 + 0.5));
	return request;
}

/* Builds the module, and makes an image to boot unless the module runs in the running kernel. */
static int prepare(struct kernel_place *place, const struct kernel_options *o, struct error *err)
{
	*place = (struct kernel_place){.host = o->host,
	    .cpus = o->host ? (unsigned int)sysconf(_SC_NPROCESSORS_ONLN) : (unsigned int)o->cpus,
	    .kvm = !o->host && !access("/dev/kvm", R_OK | W_OK)};
	if (o->host && kernel_host_check(NULL, o->release, err))
		return -1;
	if (o->host)
		fprintf(stderr,
		    "ownbench kernel: loading a module into this kernel; it binds and unbinds "
		    "devices of its own and is unloaded afterwards. A fault in a design can "
		    "hang or crash this machine\n");
	if (kernel_place_build(place, o->release, o->host, err))
		return -1;
	return o->host ? 0 : kernel_place_image(place, err);
}

static int do_build(const struct kernel_options *o, struct error *err)
{
	struct kernel_place place = {0};

	if (kernel_place_build(&place, o->release, true, err))
		return EXIT_USAGE;
	puts(place.module);
	return EXIT_OK;
}

static int do_run(const struct kernel_options *o, struct error *err)
{
	const struct kernel_request request = request_of(o);
	struct kernel_place place;
	struct kernel_table table;
	bool failed;

	if (prepare(&place, o, err) || kernel_table_measure(&table, &place, &request, err))
		return interrupted ? EXIT_INTERRUPTED : EXIT_USAGE;
	failed = kernel_table_has_failures(&table);
	if (o->out && kernel_sweep_write(o->out, &table, &place, &request, o->argc, o->argv, err))
		failed = true;
	if (o->json)
		kernel_table_json(stdout, &table, &place);
	else
		kernel_table_print(stdout, &table, &place, &request);
	kernel_table_free(&table);
	return failed ? EXIT_CHECK_FAILED : EXIT_OK;
}

static int do_check(const struct kernel_options *o, struct error *err)
{
	struct kernel_place place;
	unsigned int failures;

	if (o->host) {
		error_set(err, "--host cannot be combined with check, whose negative controls can "
			       "hang or crash this machine");
		return EXIT_USAGE;
	}
	if (prepare(&place, o, err) || kernel_check(&place, o->impls, &failures, err))
		return interrupted ? EXIT_INTERRUPTED : EXIT_USAGE;
	return failures ? EXIT_CHECK_FAILED : EXIT_OK;
}

static int do_profile(const struct kernel_options *o, struct error *err)
{
	const struct kernel_request request = request_of(o);
	const struct file_path dated = file_dated_name("profile");
	struct kernel_place place;

	if (!o->host) {
		error_set(err, "profile needs --host, because a virtual machine has no perf");
		return EXIT_USAGE;
	}
	if (prepare(&place, o, err))
		return EXIT_USAGE;
	return kernel_profile(&place, &request, o->threads ? (unsigned int)o->threads : 2, o->event,
	    o->out ? o->out : dated.s, err);
}

int cmd_kernel(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(const struct kernel_options *o, struct error *err);
	} actions[] = {
	    {"build", do_build}, {"run", do_run}, {"check", do_check}, {"profile", do_profile}};
	struct kernel_options o = {.argc = argc,
	    .argv = argv,
	    .duration = 0.3,
	    .repetitions = 5,
	    .cpus = 2,
	    .baseline = "kernel_iommu"};
	struct error err = {0};
	int first, status = options_parse(&command, argc, argv, &o, &first);

	if (status != PARSED)
		return status;
	for (size_t i = 0; first < argc && i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (strcmp(argv[first], actions[i].name))
			continue;
		status = actions[i].run(&o, &err);
		if (*err.text)
			command_error(command.name, &err);
		return status;
	}
	return command_lacks(&command, "the first argument must be build, run, check or profile");
}
