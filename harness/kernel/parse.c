// SPDX-License-Identifier: MIT
#include <linux/kernel.h>
#include <linux/string.h>

#include "harness/kernel/run.h"

/* A key with a numeric value. */
struct number {
	const char *key;
	size_t offset; /* offset of its member in struct run_spec */
	unsigned int least, most;
};

static const struct number numbers[] = {
	{ "threads", offsetof(struct run_spec, threads), 1, 64 },
	{ "groups", offsetof(struct run_spec, groups), 1, 1024 },
	{ "devices", offsetof(struct run_spec, devices), 1, 1024 },
	{ "claimers", offsetof(struct run_spec, claimers), 1, 63 },
	{ "ms", offsetof(struct run_spec, ms), 1, 60000 },
	{ "hold_us", offsetof(struct run_spec, hold_us), 0, 100000 },
	{ "gap_us", offsetof(struct run_spec, gap_us), 0, 100000 },
	{ "devm_us", offsetof(struct run_spec, devm_us), 0, 10000 },
	{ "until_violation", offsetof(struct run_spec, until_violation), 0, 1 },
	{ "seed", offsetof(struct run_spec, seed), 0, U32_MAX },
};

enum { DEVICES_MAX = 4096 }; /* limit for all groups together */

/* Returns the index of `name` in `names`, or -EINVAL. */
static int find_name(const char *name, const char *const *names, int nr)
{
	for (int i = 0; i < nr; i++) {
		if (!strcmp(names[i], name))
			return i;
	}
	return -EINVAL;
}

static struct design *find_design(const char *name)
{
	for (unsigned int i = 0; i < nr_designs; i++) {
		if (!strcmp(designs[i]->name, name))
			return designs[i];
	}
	return NULL;
}

static int parse_number(const char *key, const char *value, struct run_spec *spec)
{
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		const struct number *number = &numbers[i];
		unsigned int *place = (void *)spec + number->offset;

		if (strcmp(number->key, key))
			continue;
		if (kstrtouint(value, 10, place) || *place < number->least ||
		    *place > number->most) {
			pr_err("ownbench: %s=%s: the value must be a number from %u to %u\n", key,
			       value, number->least, number->most);
			return -EINVAL;
		}
		return 0;
	}
	pr_err("ownbench: %s: unknown key\n", key);
	return -EINVAL;
}

static int parse_name(const char *key, const char *value, const char *const *names, int nr)
{
	int i = find_name(value, names, nr);

	if (i < 0)
		pr_err("ownbench: %s=%s: no such %s\n", key, value, key);
	return i;
}

static int parse_word(const char *key, const char *value, struct run_spec *spec)
{
	int i;

	if (!strcmp(key, "design")) {
		spec->design = find_design(value);
		if (spec->design)
			return 0;
		pr_err("ownbench: design=%s: no such design; the file 'designs' lists them\n",
		       value);
		return -EINVAL;
	}
	if (!strcmp(key, "workload")) {
		i = parse_name(key, value, workload_names, NR_WORKLOADS);
		spec->workload = i;
	} else if (!strcmp(key, "depth")) {
		i = parse_name(key, value, depth_names, NR_DEPTHS);
		spec->depth = i;
	} else {
		return parse_number(key, value, spec);
	}
	return i < 0 ? i : 0;
}

/* Returns the number of threads that bind. Each needs a device of its own in every group. */
static unsigned int nr_binders(const struct run_spec *spec)
{
	if (spec->workload != WORKLOAD_TAKEOVER)
		return spec->threads;
	return spec->threads - min(spec->claimers, spec->threads);
}

/* Checks that the parameters fit together. Returns 0, or -EINVAL after logging what is wrong. */
static int check(const struct run_spec *spec)
{
	const char *wrong = NULL;

	if (!spec->design)
		wrong = "design= is missing";
	else if (spec->groups * spec->devices > DEVICES_MAX)
		wrong = "groups times devices must be at most 4096";
	else if (spec->workload == WORKLOAD_TAKEOVER && spec->threads <= spec->claimers)
		wrong = "threads= must be more than claimers=";
	else if (spec->workload != WORKLOAD_STORM && spec->devices < nr_binders(spec))
		wrong = "devices= must be at least the number of threads that bind";
	else if (spec->workload == WORKLOAD_RENDEZVOUS && spec->threads != 2)
		wrong = "workload=rendezvous requires threads=2";
	else if (spec->depth == DEPTH_OPS && spec->devm_us)
		wrong = "devm_us= requires depth=core";
	if (wrong)
		pr_err("ownbench: %s\n", wrong);
	return wrong ? -EINVAL : 0;
}

int run_parse(char *text, struct run_spec *spec)
{
	char *word;

	*spec = (struct run_spec){ .threads = 2, .groups = 1, .claimers = 1, .ms = 300, .seed = 1 };
	while ((word = strsep(&text, " \t\n"))) {
		char *key = strsep(&word, "=");
		int ret;

		if (!*key)
			continue;
		if (!word) {
			pr_err("ownbench: %s: must be KEY=VALUE\n", key);
			return -EINVAL;
		}
		ret = parse_word(key, word, spec);
		if (ret)
			return ret;
	}
	if (!spec->devices)
		spec->devices = max(nr_binders(spec), 1u);
	return check(spec);
}
