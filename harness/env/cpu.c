/* SPDX-License-Identifier: MIT */
/* The CPU's model, and which CPUs this process may use. */
#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

#define CPU_PATH "/sys/devices/system/cpu"

int env_is_x86(const char *architecture)
{
	return architecture &&
	       (strcmp(architecture, "x86_64") == 0 || fnmatch("i?86", architecture, 0) == 0);
}

/* Architectures use different names in /proc/cpuinfo. The first name found is used. */
static const char *const model_names[] = {"model name", "Processor", "cpu", "uarch", NULL};
static const char *const vendor_names[] = {"vendor_id", "CPU implementer", "mvendorid", NULL};
static const char *const family_names[] = {"cpu family", "CPU architecture", "isa", NULL};
static const char *const number_names[] = {"model", "CPU part", "marchid", NULL};
static const char *const stepping_names[] = {"stepping", "CPU revision", "revision", NULL};
static const char *const microcode_names[] = {"microcode", NULL};
static const char *const mhz_names[] = {"cpu MHz", "CPU MHz", "clock", NULL};

static char *first_value(const char *cpuinfo, const char *const *names)
{
	char *value = NULL;

	while (!value && *names)
		value = env_value(cpuinfo, *names++);
	return value;
}

static json_t *first_string(const char *cpuinfo, const char *const *names)
{
	return env_string_own(first_value(cpuinfo, names));
}

/* Returns the current frequency in kHz of the first CPU that reports one; offline CPUs report
 * none. */
static json_t *first_khz(const struct env_root *root)
{
	json_t *entries = env_read_directory(root, CPU_PATH), *entry;
	json_t *khz = NULL;
	size_t i;

	json_array_foreach (entries, i, entry) {
		khz = env_read_integer(
		    root, CPU_PATH "/%s/cpufreq/scaling_cur_freq", json_string_value(entry));
		if (khz)
			break;
	}
	json_decref(entries);
	return khz;
}

/* Returns the current frequency in MHz. It varies, so a sweep records only the frequency at its
 * start. */
static json_t *mhz_now(const struct env_root *root, const char *cpuinfo)
{
	char *mhz = first_value(cpuinfo, mhz_names);
	json_t *value = NULL;

	if (mhz)
		value = json_real(strtod(mhz, NULL));
	else
		value = first_khz(root);
	if (json_is_integer(value))
		json_integer_set(value, json_integer_value(value) / 1000);
	free(mhz);
	return value;
}

/* On 64-bit Arm, /proc/cpuinfo contains only numeric IDs, but the device tree has the board's
 * name. */
static json_t *model_name(const struct env_root *root, const char *cpuinfo)
{
	json_t *name = first_string(cpuinfo, model_names);

	return name ? name : env_read_string(root, "/proc/device-tree/model");
}

json_t *env_cpu(const struct env_root *root)
{
	char *cpuinfo = env_read(root, "/proc/cpuinfo");
	json_t *cpu = json_object();

	env_put(cpu, "model_name", model_name(root, cpuinfo));
	env_put(cpu, "vendor", first_string(cpuinfo, vendor_names));
	env_put(cpu, "family", first_string(cpuinfo, family_names));
	env_put(cpu, "model", first_string(cpuinfo, number_names));
	env_put(cpu, "stepping", first_string(cpuinfo, stepping_names));
	env_put(cpu, "microcode", first_string(cpuinfo, microcode_names));
	env_put(cpu, "mhz", mhz_now(root, cpuinfo));
	free(cpuinfo);
	return cpu;
}

/* Returns the number of CPUs in a list such as "0-3,8", or NULL if `list` is NULL. */
static json_t *count_list(const json_t *list)
{
	const char *text = json_string_value(list);
	unsigned long nr = 0;

	while (text && isdigit((unsigned char)*text)) {
		char *end;
		unsigned long first = strtoul(text, &end, 10);
		unsigned long last = *end == '-' ? strtoul(end + 1, &end, 10) : first;

		nr += last >= first ? last - first + 1 : 0;
		text = *end == ',' ? end + 1 : NULL;
	}
	return nr ? json_integer((json_int_t)nr) : NULL;
}

static json_t *allowed_list(const struct env_root *root)
{
	char *status = env_read(root, "/proc/self/status");
	json_t *list = env_string_own(env_value(status, "Cpus_allowed_list"));

	free(status);
	return list;
}

/* Some kernels print "(null)" for a list that was never set. Treat it as empty. */
static json_t *boot_list(const struct env_root *root, const char *name)
{
	json_t *list = env_read_string(root, CPU_PATH "/%s", name);

	if (list && strcmp(json_string_value(list), "(null)") == 0)
		json_string_set(list, "");
	return list;
}

json_t *env_cpus(const struct env_root *root)
{
	json_t *online = env_read_string(root, CPU_PATH "/online");
	json_t *allowed = allowed_list(root);
	json_t *cpus = json_object();

	env_put(cpus, "online", count_list(online));
	env_put(cpus, "online_list", online);
	env_put(cpus, "allowed", count_list(allowed));
	env_put(cpus, "allowed_list", allowed);
	env_put(cpus, "isolated", boot_list(root, "isolated"));
	env_put(cpus, "nohz_full", boot_list(root, "nohz_full"));
	return cpus;
}
