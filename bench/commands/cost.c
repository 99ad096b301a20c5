/* SPDX-License-Identifier: MIT */
#include "bench/cost/cost.h"
#include "bench/commands/commands.h"
#include "bench/options/options.h"

struct cost_options {
	struct cost_request request;
	const char *out;
	int format; /* enum cost_format; -1: not chosen */
	bool json;
};

static const char *const formats[] = {
    [COST_TEXT] = "text", [COST_JSON] = "json", [COST_MARKDOWN] = "markdown", NULL};

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: those of the sweep,\n"
	"or all but the negative controls and what differs in the lock alone)",
	OPTION_TEXTS(struct cost_options, request.impls, request.nr_impls)},
    {"sweep", "DIR", "shows what a pair took in its share runs with 1 and 2 threads, too",
	OPTION_TEXT(struct cost_options, request.sweep, NULL)},
    {"json", NULL, "as JSON; the same as --format=json", OPTION_FLAG(struct cost_options, json)},
    {"format", "text|json|markdown", "markdown: the table of impl/README.md (default: text)",
	OPTION_CHOICE(struct cost_options, format, formats)},
    {"out", "FILE", "where it goes, whole or not at all; JSON if nothing else is said",
	OPTION_TEXT(struct cost_options, out, "--out: the name of a file is missing")},
    {0},
};

static const struct command command = {
    .name = "cost",
    .synopsis = "[OPTION...]",
    .summary =
	"Counts what each operation does: atomic read-modify-writes, full fences, membarriers,\n"
	"locks, grace periods, readers' sections, atomic loads and stores, and the 64-byte cache\n"
	"lines that have to travel between two CPUs. Counts are no measurements: they are of the\n"
	"implementation's own source, run in a model, and the same on every machine.\n"
	"\n"
	"A group of 8 devices. Alone, CPU 0 repeats the operation: probe and remove; claim and\n"
	"release; a probe that is refused, a user owning the group; a claim that is refused, a\n"
	"driver being bound. In the lines named shared_.. two CPUs take turns, with a device "
	"each;\n"
	"a claim there follows a probe and a remove by the other CPU.\n"
	"\n"
	"The model is x86: a seq_cst store is a read-modify-write, weaker fences are nothing. A\n"
	"lock costs one read-modify-write to take and one store to release (glibc's mutex has a\n"
	"read-modify-write there, too). A line that the other CPU has in its cache is one "
	"transfer\n"
	"when it is fetched, and one when it is written after both had it. Plain fields count by\n"
	"their lines alone. Operations do not overlap: nobody spins or tries again. Locks and\n"
	"readers' libraries are stood in for, and counted as such, not their own instructions.",
    .example = "ownbench cost --impl=mutex_count,device_slots",
    .options = options,
};

/* Returns an exit status; the error is set unless it is EXIT_OK. */
static int count_and_write(const struct cost_options *o, struct error *err)
{
	enum cost_format format = o->format < 0 ? COST_TEXT : (enum cost_format)o->format;
	struct cost_table table;
	int ret = 0;

	if (o->json || (o->format < 0 && o->out))
		format = COST_JSON;
	if (cost_table_make(&table, &o->request, err))
		return EXIT_USAGE;
	if (o->out)
		ret = cost_table_save(o->out, &table, format, err);
	else
		cost_table_print(stdout, &table, format);
	cost_table_free(&table);
	return ret ? EXIT_CHECK_FAILED : EXIT_OK;
}

int cmd_cost(int argc, char **argv)
{
	struct cost_options o = {.format = -1};
	int first, status = options_parse(&command, argc, argv, &o, &first);
	struct error err;

	if (status == PARSED) {
		status = count_and_write(&o, &err);
		if (status != EXIT_OK)
			command_error(command.name, &err);
	}
	options_free(&command, &o);
	return status;
}
