/* SPDX-License-Identifier: MIT */
/* What is known of an implementation, wherever it stands. */
#include <string.h>

#include "harness/results/report/report.h"

const char *report_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* In root's list, the entry whose `key` is `impl`. */
static const json_t *entry_of(const json_t *root, const char *key, const char *impl)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(root, "implementations"), i, entry) {
		if (!strcmp(report_text(entry, key), impl))
			return entry;
	}
	return NULL;
}

/* Several families can have one of a name. */
const json_t *report_facts(const struct report *report, const char *impl)
{
	const json_t *entry;
	size_t i;

	json_array_foreach (json_object_get(report->catalogue, "implementations"), i, entry) {
		const char *family = report_text(entry, "family");

		if (!strcmp(report_text(entry, "name"), impl) &&
		    (!report->family || !*family || !strcmp(family, report->family->name)))
			return entry;
	}
	return NULL;
}

const json_t *report_verdict(const struct report_machine *machine, const char *impl)
{
	return entry_of(machine->verify, "name", impl);
}

const json_t *report_cost(const struct report_machine *machine, const char *impl)
{
	return entry_of(machine->cost, "implementation", impl);
}

const json_t *report_claim(const struct report_machine *machine, const char *id)
{
	const json_t *claim;
	size_t i;

	json_array_foreach (json_object_get(machine->claims, "claims"), i, claim) {
		if (!strcmp(report_text(claim, "id"), id))
			return claim;
	}
	return NULL;
}

const char *report_claim_verdict(const json_t *claim)
{
	const char *verdict = report_text(claim, "verdict");

	return *verdict ? verdict : "not run";
}

bool report_claim_before(const struct report *report, size_t m, const char *id)
{
	for (size_t i = 0; i < m; i++) {
		if (report_claim(&report->machines[i], id))
			return true;
	}
	return false;
}

const char *report_class(
    const struct report *report, const struct report_machine *machine, const char *impl)
{
	const json_t *verdict = machine ? report_verdict(machine, impl) : NULL;
	const json_t *facts = report_facts(report, impl);

	if (verdict)
		return report_text(verdict, "found");
	return facts ? report_text(facts, "class") : "unknown";
}

bool report_ranks(
    const struct report *report, const struct report_machine *machine, const char *impl)
{
	const char *class = report_class(report, machine, impl);

	return strcmp(impl, "ceiling") != 0 && strcmp(impl, "handwritten") != 0 &&
	       !json_is_true(json_object_get(report_facts(report, impl), "negative_control")) &&
	       (!strcmp(class, "exact") || !strcmp(class, "safe") || !strcmp(class, "cautious") ||
		   !strcmp(class, "leaky"));
}

size_t report_index(const struct report *report, const char *impl)
{
	size_t i = 0;

	while (i < report->nr_impls && strcmp(report->impls[i], impl) != 0)
		i++;
	return i;
}
