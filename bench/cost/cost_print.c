/* SPDX-License-Identifier: MIT */
/* Prints the cost model's counts as text, as JSON, and as the table of impl/README.md. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/cost/cost.h"
#include "harness/files/file.h"
#include "harness/report/number.h"

enum { NAME_WIDTH = 22 };

/* Formats a count, e.g. "3" or "3.5". */
static struct text count_text(double count)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%.4g", count);
	return text;
}

/* Returns an operation's key in the output, e.g. "probe" or "shared_probe". */
static struct text operation_key(enum cost_setting setting, enum cost_op op)
{
	struct text text;

	snprintf(text.s, sizeof(text.s), "%s%s", setting == COST_SHARED ? "shared_" : "",
	    cost_op_names[op]);
	return text;
}

/* -- text -- */

static void write_measured(FILE *out, const struct cost_row *row)
{
	const char *before = ": measured, a probe and its remove take ";

	for (int i = 0; i < COST_MEASURED; i++) {
		if (isnan(row->pair_ns[i]))
			continue;
		fprintf(out, "%s%s with %d thread%s", before, number_time(row->pair_ns[i]).s, i + 1,
		    i ? "s" : "");
		before = ", ";
	}
}

static void write_counts(
    FILE *out, const struct cost_row *row, enum cost_setting setting, enum cost_op op)
{
	const struct cost *cost = &row->costs.of[setting][op];

	if (!cost->known)
		return;
	fprintf(out, "  %-*s", NAME_WIDTH, operation_key(setting, op).s);
	for (int i = 0; i < NR_COUNTS; i++)
		fprintf(out, "  %*s", (int)strlen(count_names[i]), count_text(cost->counts[i]).s);
	putc('\n', out);
}

static void print_text(FILE *out, const struct cost_table *table)
{
	fprintf(out, "%-*s", NAME_WIDTH + 2, "of one operation");
	for (int i = 0; i < NR_COUNTS; i++)
		fprintf(out, "  %s", count_names[i]);
	putc('\n', out);
	for (size_t i = 0; i < table->nr; i++) {
		fputs(table->rows[i].instance->name, out);
		write_measured(out, &table->rows[i]);
		putc('\n', out);
		for (int setting = 0; setting < NR_COST_SETTINGS; setting++) {
			for (int op = 0; op < NR_COST_OPS; op++)
				write_counts(out, &table->rows[i], (enum cost_setting)setting,
				    (enum cost_op)op);
		}
	}
}

/* -- JSON -- */

/* Writes a whole number without a decimal point. */
static json_t *count_json(double count)
{
	return count == floor(count) ? json_integer((json_int_t)count) : json_real(count);
}

static json_t *operations_json(const struct costs *costs)
{
	json_t *all = json_object();

	for (int setting = 0; setting < NR_COST_SETTINGS; setting++) {
		for (int op = 0; op < NR_COST_OPS; op++) {
			const struct cost *cost = &costs->of[setting][op];
			json_t *counts;

			if (!cost->known)
				continue;
			counts = json_object();
			for (int i = 0; i < NR_COUNTS; i++)
				json_object_set_new(
				    counts, count_names[i], count_json(cost->counts[i]));
			json_object_set_new(all,
			    operation_key((enum cost_setting)setting, (enum cost_op)op).s, counts);
		}
	}
	return all;
}

static json_t *row_json(const struct cost_row *row)
{
	static const char *const names[COST_MEASURED] = {"1_thread", "2_threads"};
	json_t *entry = json_pack("{s:s, s:o}", "implementation", row->instance->name, "operations",
	    operations_json(&row->costs));
	json_t *measured = json_object();

	for (int i = 0; i < COST_MEASURED; i++) {
		if (!isnan(row->pair_ns[i]))
			json_object_set_new(measured, names[i], json_real(row->pair_ns[i]));
	}
	if (json_object_size(measured))
		json_object_set(entry, "measured_pair_ns", measured);
	json_decref(measured);
	return entry;
}

static void print_json(FILE *out, const struct cost_table *table)
{
	json_t *list = json_array();
	json_t *root;

	for (size_t i = 0; i < table->nr; i++)
		json_array_append_new(list, row_json(&table->rows[i]));
	root = json_pack("{s:i, s:i, s:o}", "line_bytes", COST_LINE, "devices", COST_DEVICES,
	    "implementations", list);
	json_dumpf(root, out, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putc('\n', out);
	json_decref(root);
}

/* -- markdown -- */

static void write_cell(FILE *out, const struct cost *cost)
{
	const double *counts = cost->counts;

	if (!cost->known) {
		fputs(" - |", out);
		return;
	}
	fprintf(out, " %s / %s / %s", count_text(counts[COUNT_RMWS]).s,
	    count_text(counts[COUNT_FENCES]).s, count_text(counts[COUNT_TRANSFERS]).s);
	if (counts[COUNT_MEMBARRIERS] > 0)
		fputs(" + M", out);
	if (counts[COUNT_GRACE_PERIODS] > 0)
		fputs(" + G", out);
	if (counts[COUNT_SECTIONS] > 0)
		fputs(" + S", out);
	fputs(" |", out);
}

/* Writes e.g. "[device_slots](device_slots.c)`<seq_cst>`", with the link relative to impl/. */
static void write_name(FILE *out, const struct instance *instance)
{
	const char *over = strchr(instance->name, '<');
	int len = (int)strcspn(instance->name, "<");
	const char *file = instance->file;

	if (!strncmp(file, "impl/", strlen("impl/")))
		file += strlen("impl/");
	fprintf(out, "| [%.*s](%s)", len, instance->name, file);
	if (over)
		fprintf(out, "`%s`", over);
	fputs(" |", out);
}

static void write_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("|*_<\\", *text))
			putc('\\', out);
		putc(*text, out);
	}
}

static void print_markdown(FILE *out, const struct cost_table *table)
{
	fputs("| implementation | probe is | class | probe | remove | refused probe | claim | "
	      "release "
	      "| refused claim |",
	    out);
	fputs(" bytes, group + device | source |\n|---|---|---|", out);
	for (int op = 0; op < NR_COST_OPS; op++)
		fputs("---|", out);
	fputs("---|---|\n", out);
	for (size_t i = 0; i < table->nr; i++) {
		const struct cost_row *row = &table->rows[i];
		const struct impl_about *about = row->instance->about;
		const struct impl_ops *ops = row->instance->ops;

		write_name(out, row->instance);
		fprintf(out, " %s | %s |",
		    about->class == CLASS_NONE ? "" : impl_progress_name(about->progress),
		    impl_class_name(about->class));
		for (int op = 0; op < NR_COST_OPS; op++)
			write_cell(out, &row->costs.of[COST_SHARED][op]);
		fprintf(out, " %zu + %zu | ", ops->group_size, ops->device_size);
		write_escaped(out, about->source);
		fputs(" |\n", out);
	}
}

void cost_table_print(FILE *out, const struct cost_table *table, enum cost_format format)
{
	if (format == COST_JSON)
		print_json(out, table);
	else if (format == COST_MARKDOWN)
		print_markdown(out, table);
	else
		print_text(out, table);
}

int cost_table_save(
    const char *path, const struct cost_table *table, enum cost_format format, struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *memory = open_memstream(&text, &size);
	int ret;

	if (!memory)
		return error_errno(err, "cannot write %s", path);
	cost_table_print(memory, table, format);
	if (fclose(memory))
		ret = error_errno(err, "cannot write %s", path);
	else
		ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}
