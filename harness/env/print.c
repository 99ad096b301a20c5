/* SPDX-License-Identifier: MIT */
/* Prints an environment as text. */
#include "harness/env/env.h"
#include "harness/env/read.h"

#define INDENT 16

typedef void show_fn(FILE *out, const json_t *value);

static void show_plain(FILE *out, const json_t *value)
{
	const char *text = json_string_value(value);

	if (text)
		fputs(*text ? text : "none", out);
	else if (json_is_boolean(value))
		fputs(json_is_true(value) ? "yes" : "no", out);
	else if (json_is_integer(value))
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		fprintf(out, "%.6g", json_real_value(value));
	else
		fputs("unknown", out);
}

static void show_bytes(FILE *out, const json_t *value)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
	double size = (double)json_integer_value(value);
	size_t i = 0;

	for (; size >= 1024 && i + 1 < sizeof(units) / sizeof(*units); i++)
		size /= 1024;
	fprintf(out, "%.4g %s", size, units[i]);
}

static void show_load(FILE *out, const json_t *value)
{
	const json_t *load;
	size_t i;

	json_array_foreach (value, i, load)
		fprintf(out, "%s%.2f", i ? " " : "", json_number_value(load));
}

/* Starts a new, indented line for every line of a value but the first. */
static void new_line(FILE *out, int first)
{
	if (!first)
		fprintf(out, "\n%*s", INDENT, "");
}

/* Prints an object's members as "name: value", one per line. */
static void show_members(FILE *out, const json_t *value)
{
	const json_t *member;
	const char *name;
	int first = 1;

	json_object_foreach ((json_t *)value, name, member) {
		new_line(out, first);
		fprintf(out, "%s: ", name);
		show_plain(out, member);
		first = 0;
	}
}

static void show_caches(FILE *out, const json_t *value)
{
	const json_t *cache;
	size_t i;

	json_array_foreach (value, i, cache) {
		new_line(out, i == 0);
		fprintf(out, "%s ", json_string_value(env_at(cache, "name")));
		show_bytes(out, env_at(cache, "bytes"));
		fprintf(out,
		    ", line size %" JSON_INTEGER_FORMAT " bytes, count %" JSON_INTEGER_FORMAT,
		    json_integer_value(env_at(cache, "line")),
		    json_integer_value(env_at(cache, "count")));
	}
}

static void show_nodes(FILE *out, const json_t *value)
{
	const json_t *node;
	size_t i;

	json_array_foreach (value, i, node) {
		new_line(out, i == 0);
		fprintf(
		    out, "%" JSON_INTEGER_FORMAT ": ", json_integer_value(env_at(node, "node")));
		show_bytes(out, env_at(node, "bytes"));
		fputs(", CPUs ", out);
		show_plain(out, env_at(node, "cpus"));
	}
}

static void show_kinds(FILE *out, const json_t *value)
{
	const json_t *cpus;
	size_t i;

	if (json_array_size(value) == 0)
		fputs("unknown", out);
	json_array_foreach (value, i, cpus) {
		new_line(out, i == 0);
		fputs("CPUs ", out);
		show_plain(out, cpus);
	}
}

/* Prints the highest frequency: one for all CPUs, or one for each kind of core. */
static void show_highest(FILE *out, const json_t *value)
{
	const json_t *kinds = env_at(value, "kinds"), *highest = env_at(value, "highest_mhz"),
		     *kind;
	size_t i;

	if (json_array_size(kinds) < 2) {
		if (highest)
			show_plain(out, highest);
		else
			fputs("unknown", out);
		return;
	}
	json_array_foreach (kinds, i, kind) {
		const char *driver = json_string_value(env_at(kind, "driver"));
		const json_int_t cpus = json_integer_value(env_at(kind, "cpus"));

		new_line(out, i == 0);
		fprintf(out, "%" JSON_INTEGER_FORMAT " on %" JSON_INTEGER_FORMAT " CPU%s by %s",
		    json_integer_value(env_at(kind, "highest_mhz")), cpus, cpus == 1 ? "" : "s",
		    driver ? driver : "an unknown driver");
	}
}

struct row {
	const char *label, *path;
	show_fn *show;
};

static const struct row rows[] = {
    {"time", "time", show_plain},
    {"kernel", "kernel.release", show_plain},
    {"", "kernel.version", show_plain},
    {"parameters", "kernel.parameters", show_plain},
    {"CPU", "cpu.model_name", show_plain},
    {"vendor", "cpu.vendor", show_plain},
    {"family", "cpu.family", show_plain},
    {"model", "cpu.model", show_plain},
    {"stepping", "cpu.stepping", show_plain},
    {"microcode", "cpu.microcode", show_plain},
    {"MHz now", "cpu.mhz", show_plain},
    {"MHz highest", "frequency", show_highest},
    {"governors", "frequency.governors", show_members},
    {"turbo", "frequency.turbo.on", show_plain},
    {"CPUs online", "cpus.online_list", show_plain},
    {"CPUs allowed", "cpus.allowed_list", show_plain},
    {"isolated", "cpus.isolated", show_plain},
    {"nohz_full", "cpus.nohz_full", show_plain},
    {"cgroup limit", "cgroup.cpu_limit", show_plain},
    {"packages", "topology.packages", show_plain},
    {"cores", "topology.cores", show_plain},
    {"hardware CPUs", "topology.cpus", show_plain},
    {"core kinds", "topology.kinds", show_kinds},
    {"SMT", "smt", show_plain},
    {"caches", "topology.caches", show_caches},
    {"memory", "memory.bytes", show_bytes},
    {"NUMA nodes", "topology.nodes", show_nodes},
    {"huge pages", "memory.transparent_huge_pages", show_plain},
    {"NUMA balancing", "memory.numa_balancing", show_plain},
    {"clock", "clock.source", show_plain},
    {"invariant TSC", "clock.invariant_tsc", show_plain},
    {"guest", "virtualization.guest", show_plain},
    {"machine", "virtualization.machine", show_plain},
    {"mitigations", "mitigations", show_members},
    {"speculation", "speculation", show_members},
    {"perf paranoid", "perf_event_paranoid", show_plain},
    {"load", "load", show_load},
    {"IOMMU groups", "iommu_groups", show_plain},
    {"libraries", "libraries", show_members},
    {"build", "build", show_members},
};

static void print_warnings(FILE *out, const json_t *env)
{
	json_t *warnings = env_warnings(env);
	const json_t *warning;
	size_t i;

	json_array_foreach (warnings, i, warning)
		fprintf(out, "\nwarning: %s\n    fix: %s\n",
		    json_string_value(env_at(warning, "what")),
		    json_string_value(env_at(warning, "mend")));
	json_decref(warnings);
}

void env_print(FILE *out, const json_t *env)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *row = &rows[i];
		const json_t *value = env_at(env, row->path);

		fprintf(out, "%-*s", INDENT, row->label);
		if (value)
			row->show(out, value);
		else
			fputs("unknown", out);
		fputc('\n', out);
	}
	print_warnings(out, env);
}
