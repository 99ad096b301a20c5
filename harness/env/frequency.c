/* SPDX-License-Identifier: MIT */
/* CPU frequency: driver, governors, highest frequency, and turbo. */
#include "harness/env/read.h"
#include "harness/env/sections.h"

#define CPU_PATH "/sys/devices/system/cpu"

static void count_one(json_t *counts, json_t *name)
{
	json_t *nr = json_object_get(counts, json_string_value(name));

	if (nr)
		json_integer_set(nr, json_integer_value(nr) + 1);
	else
		json_object_set_new(counts, json_string_value(name), json_integer(1));
	json_decref(name);
}

/* Counts the CPUs of each governor: {"performance": 7, "powersave": 1}. Reading only one CPU would
 * miss others with a different governor. */
static json_t *count_governors(const struct env_root *root)
{
	json_t *entries = env_read_directory(root, CPU_PATH);
	json_t *counts = json_object(), *entry;
	size_t i;

	json_array_foreach (entries, i, entry) {
		json_t *name = env_read_string(
		    root, CPU_PATH "/%s/cpufreq/scaling_governor", json_string_value(entry));

		if (name)
			count_one(counts, name);
	}
	json_decref(entries);
	if (json_object_size(counts) > 0)
		return counts;
	json_decref(counts);
	return NULL;
}

/* intel_pstate has a switch that disables turbo. All other drivers have one that enables it. */
struct turbo {
	const char *path;
	json_int_t on;
};

static json_t *read_turbo(const struct env_root *root)
{
	static const struct turbo switches[] = {
	    {CPU_PATH "/intel_pstate/no_turbo", 0},
	    {CPU_PATH "/cpufreq/boost", 1},
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		const struct turbo *s = &switches[i];
		json_t *value = env_read_integer(root, "%s", s->path);
		int on = json_integer_value(value) == s->on;

		if (!value)
			continue;
		json_decref(value);
		return json_pack(
		    "{s:b, s:s, s:i}", "on", on, "switch", s->path, "off_value", (int)!s->on);
	}
	return NULL;
}

/* Returns the CPU's highest frequency in MHz, the unit of "cpu.mhz". */
static json_t *highest_of(const struct env_root *root, const char *cpu)
{
	json_t *khz = env_read_integer(root, CPU_PATH "/%s/cpufreq/cpuinfo_max_freq", cpu);

	if (khz)
		json_integer_set(khz, json_integer_value(khz) / 1000);
	return khz;
}

/* Counts one CPU in `kinds`, under its driver and highest frequency. */
static void count_cpu(json_t *kinds, json_t *driver, json_t *highest)
{
	json_t *kind;
	size_t i;

	json_array_foreach (kinds, i, kind) {
		json_t *nr = json_object_get(kind, "cpus");

		if (json_equal(json_object_get(kind, "driver"), driver) &&
		    json_equal(json_object_get(kind, "highest_mhz"), highest)) {
			json_integer_set(nr, json_integer_value(nr) + 1);
			return;
		}
	}
	json_array_append_new(kinds,
	    json_pack("{s:O, s:O, s:i}", "driver", driver, "highest_mhz", highest, "cpus", 1));
}

/* Returns [{"driver", "highest_mhz", "cpus": number of CPUs}], one entry for each kind of core.
 * Offline CPUs have no frequency. */
static json_t *frequency_kinds(const struct env_root *root)
{
	json_t *entries = env_read_directory(root, CPU_PATH);
	json_t *kinds = json_array(), *entry;
	size_t i;

	json_array_foreach (entries, i, entry) {
		const char *cpu = json_string_value(entry);
		json_t *driver = env_read_string(root, CPU_PATH "/%s/cpufreq/scaling_driver", cpu);
		json_t *highest = highest_of(root, cpu);

		if (driver || highest) {
			driver = driver ? driver : json_null();
			highest = highest ? highest : json_null();
			count_cpu(kinds, driver, highest);
		}
		json_decref(driver);
		json_decref(highest);
	}
	json_decref(entries);
	return kinds;
}

/* Returns the kind of core with the highest frequency, a borrowed reference; NULL if no frequency
 * is known. */
static json_t *fastest_kind(const json_t *kinds)
{
	json_t *kind, *fastest = NULL;
	size_t i;

	json_array_foreach (kinds, i, kind) {
		if (!fastest || json_integer_value(json_object_get(kind, "highest_mhz")) >
				    json_integer_value(json_object_get(fastest, "highest_mhz")))
			fastest = kind;
	}
	return fastest;
}

json_t *env_frequency(const struct env_root *root)
{
	json_t *frequency = json_object(), *kinds = frequency_kinds(root);
	json_t *fastest = fastest_kind(kinds);

	env_put(frequency, "driver", json_incref(json_object_get(fastest, "driver")));
	env_put(frequency, "governors", count_governors(root));
	env_put(frequency, "highest_mhz", json_incref(json_object_get(fastest, "highest_mhz")));
	env_put(frequency, "kinds", fastest ? kinds : NULL);
	env_put(frequency, "turbo", read_turbo(root));
	if (!fastest)
		json_decref(kinds);
	return frequency;
}
