/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/options/usage_text.h"
#include "bench/version/build_info.h"

static const struct document_entry commands[] = {
    {"list", "list the implementations and the workloads", cmd_list},
    {"run", "measure: run a sweep and print its table", cmd_run},
    {"plot", "draw a sweep's plots", cmd_plot},
    {"compare", "compare two sweeps, or two implementations of one", cmd_compare},
    {"merge", "merge the sweeps of several machines into one", cmd_merge},
    {"report", "write one HTML page about one or more sweeps", cmd_report},
    {"verify", "find the class of each implementation", cmd_verify},
    {"check", "check recorded histories for linearizability", cmd_check},
    {"explore", "try all interleavings of small scenarios", cmd_explore},
    {"profile", "profile one run with perf, and show where the time goes", cmd_profile},
    {"claims", "test each claim of the debate by an experiment", cmd_claims},
    {"misuse", "break the rules for callers, and show the group's state afterwards", cmd_misuse},
    {"cost", "count what each operation does, and the cache lines it moves", cmd_cost},
    {"kernel", "run the designs inside a real kernel", cmd_kernel},
    {"env", "show what affects results on this machine", cmd_env},
};
enum { NR_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void print_usage(FILE *out)
{
	fprintf(out, "usage: ownbench COMMAND [OPTION...]\n\n"
		     "Measure and check designs of group ownership: who owns the DMA of a group "
		     "of devices.\n\n");
	for (int i = 0; i < NR_COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].summary);
	fprintf(out, "\n'ownbench COMMAND --help' lists a command's options.\n"
		     "\nexamples:\n"
		     "    ownbench run --workload=share --threads=2 --impl=mutex_count,packed_cas "
		     "--budget=3 --out=before\n"
		     "    ownbench compare before mutex_count packed_cas\n");
}

static int dispatch_command(int argc, char **argv)
{
	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		print_usage(stdout);
		return EXIT_OK;
	}
	if (!strcmp(argv[1], "--version")) {
		printf("ownbench %s (%s)\n", build_info()->version, build_info()->commit);
		return EXIT_OK;
	}
	if (!strcmp(argv[1], "--man")) {
		document_man(commands, NR_COMMANDS);
		return EXIT_OK;
	}
	if (!strcmp(argv[1], "--completion=bash")) {
		document_completion(commands, NR_COMMANDS);
		return EXIT_OK;
	}
	for (int i = 0; i < NR_COMMANDS; i++) {
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	}
	fprintf(stderr, "ownbench: no such command: %s; 'ownbench --help' lists them\n", argv[1]);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	int status = dispatch_command(argc, argv);

	if ((fflush(stdout) || ferror(stdout)) && status == EXIT_OK) {
		fprintf(stderr, "ownbench: cannot write standard output: %s\n", strerror(errno));
		return EXIT_CHECK_FAILED;
	}
	return status;
}
