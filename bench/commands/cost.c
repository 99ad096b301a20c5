/* SPDX-License-Identifier: MIT */
#include "bench/cost/cost.h"
#include "bench/commands/commands.h"
#include "bench/options/options.h"

struct cost_options {
	struct cost_request request;
	const char *out;
	int format; /* enum cost_format; -1: not given */
	bool json;
};

static const char *const formats[] = {
    [COST_TEXT] = "text", [COST_JSON] = "json", [COST_MARKDOWN] = "markdown", NULL};

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"Count these implementations: names, patterns such as 'mutex_count<*>',\n"
	"or a base name such as 'rcu_driver' for every rcu_driver<..> (default:\n"
	"the designs of --sweep, or all except negative controls and variants\n"
	"over other locks)",
	OPTION_TEXTS(struct cost_options, request.impls, request.nr_impls)},
    {"sweep", "DIR",
	"Also show the time of a probe and its remove, as measured by this\n"
	"sweep under share with 1 and 2 threads",
	OPTION_TEXT(struct cost_options, request.sweep, NULL)},
    {"json", NULL, "Print JSON, as --format=json", OPTION_FLAG(struct cost_options, json)},
    {"format", "text|json|markdown",
	"Print in this format; markdown is the table of impl/README.md\n"
	"(default: text)",
	OPTION_CHOICE(struct cost_options, format, formats)},
    {"out", "FILE",
	"Write to FILE, as JSON unless --format is given; if this fails, FILE\n"
	"is unchanged",
	OPTION_TEXT(struct cost_options, out, "--out: the name of a file is missing")},
    {0},
};

static const struct command command = {
    .name = "cost",
    .synopsis = "[OPTION...]",
    .summary =
	"Count what each operation does: atomic read-modify-writes, full fences, membarriers,\n"
	"locks, grace periods, read-side sections, atomic loads and stores, and the 64-byte cache\n"
	"lines that travel between two CPUs. The counts come from the implementation's own source\n"
	"in a model of x86, and are the same on every machine. They are not measurements.\n"
	"\n"
	"There is one group of 8 devices. CPU 0 alone repeats a probe and its remove, a claim and\n"
	"its release, a refused probe (a user owns the group), and a refused claim (a driver is\n"
	"bound). In lines that begin with shared_, two CPUs with a device each take turns; there\n"
	"a claim follows a probe and a remove by the other CPU.\n"
	"\n"
	"A seq_cst store counts as a read-modify-write; weaker fences cost nothing. Taking a lock\n"
	"is one read-modify-write; releasing glibc's mutex is another. A cache line counts as a\n"
	"transfer if it is fetched from the other CPU, or written while both have it. Operations\n"
	"do not overlap, so no thread spins or retries. Locks and RCU libraries are replaced by\n"
	"models.",
    .examples = {"ownbench cost --impl=mutex_count,device_slots",
	"ownbench cost --format=markdown"},
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
