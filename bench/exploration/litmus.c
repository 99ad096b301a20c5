/* SPDX-License-Identifier: MIT */
#include "harness/explore/litmus/litmus.h"

#include <stdio.h>
#include <string.h>

#include "bench/exploration/exploration.h"
#include "bench/options/options.h"
#include "harness/explore/example.h"

/* Returns herd7's word for whether the condition holds in all, some or none of the final states. */
static const char *observation(const struct litmus_test *test, const struct litmus_result *result)
{
	unsigned int satisfy = 0;

	if (litmus_quantifier(test) == LITMUS_NO_CONDITION)
		return "";
	for (unsigned int i = 0; i < result->nr_states; i++)
		satisfy += result->states[i].satisfies;
	return !satisfy ? "Never" : satisfy == result->nr_states ? "Always" : "Sometimes";
}

static void print_model(
    enum memory_model model, const struct litmus_test *test, const struct litmus_result *result)
{
	printf("%-4s  %-9s  %3u states  %6llu executions  %s\n", model_name(model),
	    observation(test, result), result->nr_states,
	    (unsigned long long)result->explored.executions,
	    result->explored.exhausted && !result->full ? "exhausted" : "NOT EXHAUSTED");
}

static bool has_state(const struct litmus_result *result, const char *text)
{
	for (unsigned int i = 0; i < result->nr_states; i++)
		if (!strcmp(result->states[i].text, text))
			return true;
	return false;
}

static void print_state(const struct exploration_request *request,
    const struct litmus_result *results, const struct litmus_state *state)
{
	printf("  %-40s", state->text);
	for (int m = 0; m < NR_MEMORY_MODELS; m++)
		if (exploration_has_model(request, m))
			printf("  %-4s", has_state(&results[m], state->text)
					     ? model_name((enum memory_model)m)
					     : "-");
	printf("%s\n", state->satisfies ? "  *" : "");
}

/* Returns whether the final state was already printed, because an earlier model allows it, too. */
static bool is_shown(const struct litmus_result *results, int model, const char *text)
{
	for (int m = 0; m < model; m++)
		if (has_state(&results[m], text))
			return true;
	return false;
}

static void print_states(
    const struct exploration_request *request, const struct litmus_result *results)
{
	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		for (unsigned int i = 0; i < results[m].nr_states; i++) {
			const struct litmus_state *state = &results[m].states[i];

			if (!is_shown(results, m, state->text))
				print_state(request, results, state);
		}
	}
	printf("*: the condition holds. READ_ONCE() and plain accesses are relaxed, smp_mb() is a\n"
	       "sequentially consistent fence, and dependencies order nothing: "
	       "harness/check/README.md,\n\"Litmus tests\".\n");
}

/* Explores the test under each requested model. Returns 0, or -1 with the error set. */
static int explore_models(const struct exploration_request *request, const struct litmus_test *test,
    struct litmus_result *results, struct error *err)
{
	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		const struct explore_options options = {.model = (enum memory_model)m,
		    .no_reduction = request->no_reduction,
		    .budget = request->budget,
		    .max_executions = request->max_executions,
		    .spin_bound = (unsigned int)request->spin};

		if (!exploration_has_model(request, m))
			continue;
		if (litmus_explore(test, &options, &results[m], err))
			return -1;
		print_model((enum memory_model)m, test, &results[m]);
	}
	return 0;
}

int exploration_litmus(
    const struct exploration_request *request, const char *path, struct error *err)
{
	static struct litmus_result results[NR_MEMORY_MODELS];
	struct litmus_test *test = litmus_read(path, err);
	int ret;

	if (!test)
		return -1;
	printf("%s\n", litmus_name(test));
	ret = explore_models(request, test, results, err);
	if (!ret)
		print_states(request, results);
	litmus_free(test);
	return ret ? -1 : EXIT_OK;
}
