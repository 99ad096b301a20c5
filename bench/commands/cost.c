/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bench/commands/commands.h"
#include "bench/cost/cost.h"
#include "bench/options/options.h"
#include "harness/files/file.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_MARKDOWN };

struct cost_options {
	const char *impls; /* patterns with commas; NULL: the default */
	const char *sweep, *out;
	int format; /* -1: not chosen */
};

/* Some implementation that can be counted must be meant by each pattern. */
static int check_pattern(const char *pattern, struct error *err)
{
	bool found = false;

	for (size_t i = 0; i < nr_instances; i++) {
		if (!instance_matches(instances[i], pattern))
			continue;
		found = true;
		if (cost_counted(instances[i]))
			return 0;
	}
	if (found)
		return error_set(
		    err, "--impl=%s: has no source below impl/ that could be counted", pattern);
	return error_set(
	    err, "--impl=%s: no such implementation; 'ownbench list' shows them", pattern);
}

static int set_impl(void *context, const char *value, struct error *err)
{
	char *copy = strdup(value), *rest = copy, *pattern;
	int ret = copy ? 0 : error_set(err, "not enough memory");

	while (!ret && (pattern = strsep(&rest, ",")))
		ret = check_pattern(pattern, err);
	free(copy);
	((struct cost_options *)context)->impls = value;
	return ret;
}

static int set_sweep(void *context, const char *value, struct error *err)
{
	(void)err;
	((struct cost_options *)context)->sweep = value;
	return 0;
}

static int set_out(void *context, const char *value, struct error *err)
{
	if (!*value)
		return error_set(err, "--out: the name of a file is missing");
	((struct cost_options *)context)->out = value;
	return 0;
}

static int set_json(void *context, const char *value, struct error *err)
{
	(void)value;
	(void)err;
	((struct cost_options *)context)->format = FORMAT_JSON;
	return 0;
}

static int set_format(void *context, const char *value, struct error *err)
{
	static const char *const names[] = {"text", "json", "markdown", NULL};

	return option_choice(
	    "format", value, names, &((struct cost_options *)context)->format, err);
}

static const struct option_spec options[] = {
    {"impl", "A,B,..",
	"names, patterns, or a name before '<' (default: those of the sweep,\n"
	"or all but the negative controls and what differs in the lock alone)",
	set_impl},
    {"sweep", "DIR", "shows what a pair took in its share runs with 1 and 2 threads, too",
	set_sweep},
    {"json", NULL, "as JSON; the same as --format=json", set_json},
    {"format", "text|json|markdown", "markdown: the table of impl/README.md (default: text)",
	set_format},
    {"out", "FILE", "where it goes, whole or not at all; JSON if nothing else is said", set_out},
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
    .examples = {"ownbench cost --impl=mutex_count,device_slots",
	"ownbench cost --format=markdown"},
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

int cmd_cost(int argc, char **argv)
{
	struct cost_options o = {.format = -1};
	struct cost_table table;
	struct error err;
	int first, status = options_parse(&command, argc, argv, &o, &first), ret = 0;

	if (status != PARSED)
		return status;
	if (o.format < 0)
		o.format = o.out ? FORMAT_JSON : FORMAT_TEXT;
	if (cost_table_make(&table, o.impls, o.sweep, &err)) {
		command_error(&command, &err);
		return EXIT_USAGE;
	}
	if (o.out)
		ret = write_file(o.out, &table, o.format, &err);
	else
		write_table(stdout, &table, o.format);
	cost_table_free(&table);
	if (ret)
		command_error(&command, &err);
	return ret ? EXIT_CHECK_FAILED : EXIT_OK;
}
