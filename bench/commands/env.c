/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <stdbool.h>

#include "bench/commands/commands.h"
#include "bench/options/options.h"
#include "bench/version/build_info.h"

struct env_options {
	bool json;
};

static const struct option_spec options[] = {
    {"json", NULL, "Print JSON", OPTION_FLAG(struct env_options, json)},
    {0},
};

static const struct command command = {
    .name = "env",
    .synopsis = "[--json]",
    .summary =
	"Show what affects results on this machine. Warn about each condition that would distort\n"
	"a run, and print the command that changes it.",
    .examples = {"ownbench env", "ownbench env --json | jq .cpu"},
    .options = options,
};

int cmd_env(int argc, char **argv)
{
	struct env_options chosen = {0};
	json_t *env;
	int first;
	int status = options_parse(&command, argc, argv, &chosen, &first);

	if (status != PARSED)
		return status;
	env = env_collect(NULL, build_info());
	if (chosen.json) {
		json_dumpf(env, stdout, JSON_INDENT(2));
		putchar('\n');
	} else {
		env_print(stdout, env);
	}
	json_decref(env);
	return EXIT_OK;
}
