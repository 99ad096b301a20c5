/* SPDX-License-Identifier: MIT */
#include "bench/claims/claim.h"

#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/process/child.h"

const struct claim *claim_find(const char *id)
{
	for (size_t i = 0; i < nr_claims; i++) {
		if (!strcmp(claims[i]->id, id))
			return claims[i];
	}
	return NULL;
}

void claim_value(
    struct claim_result *result, double value, double low, double high, const char *unit)
{
	result->value = value;
	result->low = low;
	result->high = high;
	snprintf(result->unit, sizeof(result->unit), "%s", unit);
}

size_t claim_runs(const struct claim_options *options)
{
	return options->quick ? RATE_RUNS_QUICK : RATE_RUNS;
}

void claim_rate(struct claim_result *result, const struct rate_runs *runs, const char *unit)
{
	const struct rate rate = rate_of(runs);

	claim_value(result, rate.mean, rate.around.low, rate.around.high, unit);
}

void claim_boundary_sizes(
    struct claim_result *result, const size_t *sizes, size_t below, size_t first)
{
	if (result->verdict != CLAIM_BOUNDARY)
		return;
	if (below)
		snprintf(result->boundary, sizeof(result->boundary),
		    "between groups of %zu and of %zu devices", sizes[below - 1], sizes[first]);
	else
		snprintf(result->boundary, sizeof(result->boundary),
		    "at or below groups of %zu devices", sizes[first]);
}

void claim_undecided(struct claim_result *result, const char *format, ...)
{
	va_list args;

	if (result->verdict != CLAIM_UNDECIDED)
		return;
	va_start(args, format);
	vsnprintf(result->boundary, sizeof(result->boundary), format, args);
	va_end(args);
}

void claim_figure(struct claim_result *result, const char *format, ...)
{
	size_t len = strlen(result->figure);
	va_list args;

	if (len)
		len += (size_t)snprintf(result->figure + len, sizeof(result->figure) - len, "; ");
	if (len >= sizeof(result->figure))
		return;
	va_start(args, format);
	vsnprintf(result->figure + len, sizeof(result->figure) - len, format, args);
	va_end(args);
}

/* -- the experiment's process -- */

struct experiment {
	const struct claim *claim;
	const struct claim_options *options;
	struct claim_result result;
	struct error err;
	bool failed;
};

static void run_experiment(void *arg)
{
	struct experiment *x = arg;

	signal(SIGINT, SIG_DFL);
	x->failed = x->claim->run(x->options, &x->result, &x->err) != 0;
}

static int describe_end(const struct experiment *x, const struct child_end *end, struct error *err)
{
	char text[128];

	if (end->outcome != CHILD_EXITED || end->code) {
		child_describe(end, text, sizeof(text));
		return error_set(err, "%s: %s", x->claim->id, text);
	}
	return x->failed ? error_set(err, "%s: %s", x->claim->id, x->err.text) : 0;
}

int claim_run(const struct claim *claim, const struct claim_options *options,
    struct claim_result *result, struct error *err)
{
	const double timeout = options->timeout > 0 ? options->timeout : 30 + 10 * options->seconds;
	struct experiment *x = child_memory_map(sizeof(*x));
	struct child child = {
	    .group = true}; /* a timeout also kills processes that the experiment started */
	struct child_end end;
	int ret;

	if (!x)
		return error_errno(err, "%s: cannot allocate memory for its result", claim->id);
	x->claim = claim;
	x->options = options;
	claim_value(&x->result, NAN, NAN, NAN, "");
	if (child_start(&child, run_experiment, x)) {
		ret = error_errno(err, "%s: cannot start a process", claim->id);
	} else {
		end = child_finish(&child, timeout, NULL);
		ret = describe_end(x, &end, err);
		*result = x->result;
	}
	child_memory_unmap(x, sizeof(*x));
	return ret;
}
