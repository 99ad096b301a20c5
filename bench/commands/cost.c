/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "bench/commands/commands.h"
#include "bench/cost/cost.h"
#include "bench/families/families.h"
#include "bench/options/options.h"
#include "harness/files/file.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN };

struct cost_options {
	char **impls; /* patterns */
	size_t nr_impls;
	const char *sweep, *out;
	int format; /* -1: not chosen */
	bool json;
};

/* Some implementation that can be counted must be meant by each pattern. */
static int check_patterns(const struct cost_options *o, struct error *err)
{
	if (family_check_patterns(&families[0], o->impls, o->nr_impls, err))
		return -1;
	for (size_t p = 0; p < o->nr_impls; p++) {
		bool counted = false;

		for (size_t i = 0; i < nr_instances; i++)
			counted |= instance_matches(instances[i], o->impls[p]) &&
			           cost_counted(instances[i]);
		if (!counted)
			return error_set(err,
			    "--impl=%s: has no source below impl/ that could be counted",
			    o->impls[p]);
	}
	return 0;
}

static const char *const formats[] = {
    [FORMAT_TEXT] = "text", [FORMAT_JSON] = "json", [FORMAT_MARKDOWN] = "markdown", NULL};

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: those of the sweep,\n"
	"or all but the negative controls and what differs in the lock alone)",
	OPTION_TEXTS(struct cost_options, impls, nr_impls)},
    {"sweep", "DIR", "shows what a pair took in its share runs with 1 and 2 threads, too",
	OPTION_TEXT(struct cost_options, sweep, NULL)},
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

static void write_table(FILE *out, const struct cost_table *table, int format)
{
	if (format == FORMAT_JSON)
		cost_json(out, table);
	else if (format == FORMAT_MARKDOWN)
		cost_markdown(out, table);
	else
		cost_text(out, table);
}

static int write_file(
    const char *path, const struct cost_table *table, int format, struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	int ret;

	if (!memory)
		return error_errno(err, "cannot write %s", path);
	write_table(memory, table, format);
	if (fclose(memory))
		ret = error_errno(err, "cannot write %s", path);
	else
		ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}

/* Returns an exit status; the error is set unless it is EXIT_OK. */
static int count_and_write(const struct cost_options *o, struct error *err)
{
	struct cost_table table;
	int format = o->format, ret = 0;

	if (o->json || (format < 0 && o->out))
		format = FORMAT_JSON;
	if (check_patterns(o, err) || cost_table_make(&table, o->impls, o->nr_impls, o->sweep, err))
		return EXIT_USAGE;
	if (o->out)
		ret = write_file(o->out, &table, format, err);
	else
		write_table(stdout, &table, format);
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
