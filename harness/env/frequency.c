/* SPDX-License-Identifier: MIT */
/* Who sets the CPUs' frequency, and whether it may rise above the nominal one. */
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

/* CPUs by governor, {"performance": 7, "powersave": 1}: one left behind is easily overlooked. */
static json_t *governors(const struct env_root *root)
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

/* Intel's own driver has a switch that turns turbo off, all others one that turns it on. */
struct turbo {
	const char *path;
	json_int_t on;
};

static json_t *turbo(const struct env_root *root)
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

/* In MHz, as "cpu.mhz" is. */
static json_t *highest(const struct env_root *root)
{
	json_t *khz = env_read_integer(root, CPU_PATH "/cpu0/cpufreq/cpuinfo_max_freq");

	if (khz)
		json_integer_set(khz, json_integer_value(khz) / 1000);
	return khz;
}

json_t *env_frequency(const struct env_root *root)
{
	json_t *frequency = json_object();

	env_put(
	    frequency, "driver", env_read_string(root, CPU_PATH "/cpu0/cpufreq/scaling_driver"));
	env_put(frequency, "governors", governors(root));
	env_put(frequency, "highest_mhz", highest(root));
	env_put(frequency, "turbo", turbo(root));
	return frequency;
}
