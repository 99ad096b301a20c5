/* SPDX-License-Identifier: MIT */
/* Generated programs: checks that all programs of a size are generated, each once, and which faults
 * they find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/example.h"
#include "harness/explore/parallel.h"

/* The headers of the families cannot be included together. */
extern const struct explore_family explore_ownership, explore_lifetime, explore_configure;
extern const struct explored *const explored_ownership[],
    *const explored_lifetime[], *const explored_configure[], *const explored_toys[];

static char *copy_text(char to[MAX_PROGRAM_TEXT], const char *from)
{
	snprintf(to, MAX_PROGRAM_TEXT, "%s", from);
	return to;
}

struct texts {
	size_t nr;
	char (*all)[MAX_PROGRAM_TEXT];
};

static void add_text(struct texts *texts, const char *text)
{
	if (!(texts->nr & (texts->nr - 1)))
		texts->all = realloc(texts->all, sizeof(*texts->all) * (2 * texts->nr + 1));
	assert_non_null(texts->all);
	copy_text(texts->all[texts->nr++], text);
}

/* Returns text number i, or "-" if there are fewer texts. */
static const char *text_at(const struct texts *texts, size_t i)
{
	return texts->all && i < texts->nr ? texts->all[i] : "-";
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Sorts the texts and drops duplicates. Returns how many were dropped. */
static size_t drop_equal(struct texts *texts)
{
	const size_t before = texts->nr;

	if (!texts->all)
		return 0;
	qsort(texts->all, texts->nr, sizeof(*texts->all), compare_texts);
	texts->nr = 0;
	for (size_t i = 0; i < before; i++)
		if (!i || strcmp(texts->all[i], texts->all[texts->nr - 1]))
			memmove(texts->all[texts->nr++], texts->all[i], sizeof(*texts->all));
	return before - texts->nr;
}

/* -- all programs, by brute force -- */

static const char *const words[][40] = {
    {"probe:0", "probe:1", "probe:2", "probe:3", "remove:0", "remove:1", "remove:2", "remove:3",
	"probe-fail:0", "probe-fail:1", "probe-fail:2", "probe-fail:3", "probe-pinctrl:0",
	"probe-pinctrl:1", "probe-pinctrl:2", "probe-pinctrl:3", "probe-managed:0",
	"probe-managed:1", "probe-managed:2", "probe-managed:3", "claim:A", "claim:B", "claim:0:A",
	"claim:0:B", "release", "claimed", "add:0", "add:1", "add:2", "add:3", "del:0", "del:1",
	"del:2", "del:3", "unregister"},
    {"get", "use", "put", "unbind", "bind", "rebind"},
    {"touch", "probe", "fixup", "add", "await"},
};

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* Returns the number of times that the word occurs in the text. */
static int count_word(const char *text, const char *word)
{
	int n = 0;

	for (; (text = strstr(text, word)); text += strlen(word))
		n++;
	return n;
}

/* Returns the step before number i that names the same device, or "". */
static const char *step_before(char *const steps[], int i)
{
	const char *name = strchr(steps[i], ':');

	while (i--)
		if (strchr(steps[i], ':') && !strcmp(strchr(steps[i], ':'), name))
			return steps[i];
	return "";
}

/* A device is added before other uses or after it was deleted, and not used while it is deleted. A
 * driver is unregistered once, after a probe. */
static bool is_in_order(char *const steps[], int i)
{
	bool unregistered = false, probed = false;
	const char *before;

	if (!strcmp(steps[i], "unregister")) {
		while (i--) {
			unregistered |= !strcmp(steps[i], "unregister");
			probed |= begins(steps[i], "probe");
		}
		return probed && !unregistered;
	}
	if (!strchr(steps[i], ':'))
		return true;
	before = step_before(steps, i);
	return begins(steps[i], "add") ? !*before || begins(before, "del") : !begins(before, "del");
}

/* Applies a step to what a thread holds: drivers as '0' to '3', then added devices as 'e'
 * to 'h' and claims as 'c'. Returns whether the step is allowed. */
static bool hold(char held[16], const char *step)
{
	char *device = strchr(held, step[strlen(step) - 1]), *claim = strchr(held, 'c');
	char *added = strchr(held, step[strlen(step) - 1] - '0' + 'e');

	if (begins(step, "add"))
		return snprintf(held + strlen(held), 2, "%c", step[4] - '0' + 'e');
	if (begins(step, "del"))
		return added && !device && memmove(added, added + 1, strlen(added));
	if (!strcmp(step, "unregister"))
		return strspn(held, "0123") <= 1 &&
		       memmove(held, held + strspn(held, "0123"), strlen(held));
	if (begins(step, "claim:"))
		return snprintf(held + strlen(held), 2, "c");
	if (!strcmp(step, "release"))
		return claim && memmove(claim, claim + 1, strlen(claim));
	if (begins(step, "remove"))
		return device && memmove(device, device + 1, strlen(device));
	if (!begins(step, "probe:") || device)
		return false;
	memmove(held + 1, held, strlen(held) + 1);
	held[0] = step[strlen(step) - 1];
	return true;
}

/* Returns whether these steps can be a thread's: either the thread holds nothing at its end, or its
 * steps cannot own anything. */
static bool is_ownership_thread(char *const steps[], int n)
{
	char held[16] = "";
	bool claims = false, changes = false;

	if (n == 1 && (!strcmp(steps[0], "claimed") || begins(steps[0], "probe-fail") ||
			  begins(steps[0], "probe-pinctrl")))
		return true;
	if (n == 2 && begins(steps[0], "probe-managed") && begins(steps[1], "remove"))
		return steps[0][14] == steps[1][7];
	for (int i = 0; i < n; i++)
		if (!is_in_order(steps, i) || !hold(held, steps[i]))
			return false;
	for (int i = 0; i < n; i++) {
		claims |= begins(steps[i], "claim:");
		changes |= begins(steps[i], "add") || begins(steps[i], "unregister");
	}
	if (claims && changes)
		return false;
	return !held[0];
}

static bool is_lifetime_thread(char *const steps[], int n)
{
	bool got = false;
	const char *last = "";

	for (int i = 0; i < n; i++) {
		const char *step = steps[i];

		if (!strcmp(step, "get") == got && strcmp(step, "unbind") && !strstr(step, "bind"))
			return false;
		if (!strcmp(step, "get") || !strcmp(step, "put"))
			got = !got;
		if (!strcmp(step, "unbind") && (got || !strcmp(last, step)))
			return false;
		if (!strcmp(step, "bind") && *last && strcmp(last, "unbind"))
			return false;
		if (!strcmp(step, "rebind") && strcmp(last, "unbind"))
			return false;
		if (strstr(step, "bind"))
			last = step;
	}
	return !got;
}

static bool is_configure_thread(char *const steps[], int n)
{
	int awaits = 0, touches = 0;

	for (int i = 0; i < n; i++) {
		awaits += steps[i][0] == 'a';
		touches += steps[i][0] == 'f' ? 2 : steps[i][0] != 'a';
	}
	return awaits <= 1 && touches <= 4;
}

static bool is_thread(int family, const char *text)
{
	char copy[MAX_PROGRAM_TEXT], *steps[16], *rest = copy_text(copy, text);
	int n = 0;

	while (rest)
		steps[n++] = strsep(&rest, " ");
	return family == 0   ? is_ownership_thread(steps, n)
	       : family == 1 ? is_lifetime_thread(steps, n)
	                     : is_configure_thread(steps, n);
}

/* Returns false if a user claims by group and by device in several threads, and there are other
 * owners: scenarios cannot have this. Also returns false if several threads use a device that one
 * of them adds, or if there are claims by device beside an added device. */
static bool is_ownership_program(const char *text, char *const threads[], int n)
{
	for (char add[] = "add:0", *d = &add[4]; *d < '4'; ++*d) {
		int threads_of = 0;

		for (int t = 0; t < n; t++)
			threads_of += strstr(threads[t], &add[3]) != NULL;
		if (strstr(text, add) && (threads_of > 1 || strstr(text, "claim:0")))
			return false;
	}
	for (int o = 0; o < 2; o++) {
		const char *by_group = o ? "claim:B" : "claim:A", *by_device = o ? ":0:B" : ":0:A";
		int threads_of = 0;

		for (int t = 0; t < n; t++)
			threads_of += strstr(threads[t], by_group) || strstr(threads[t], by_device);
		if (threads_of > 1 && strstr(text, by_group) && strstr(text, by_device) &&
		    (strstr(text, o ? ":A" : ":B") || strstr(text, "probe:") ||
			strstr(text, "probe-fail")))
			return false;
	}
	return true;
}

static bool is_lifetime_program(char *const threads[], int n)
{
	int drivers = 0;

	for (int t = 0; t < n; t++) {
		drivers += strstr(threads[t], "bind") != NULL;
		if (count_word(threads[t], "bind") - count_word(threads[t], "unbind") > 3)
			return false;
	}
	return drivers <= 1;
}

static bool is_program(int family, const char *text)
{
	char copy[MAX_PROGRAM_TEXT], *threads[MAX_THREADS], *rest = copy_text(copy, text);
	int n = 0;

	while (rest)
		threads[n++] = strsep(&rest, "|");
	if (family == 0)
		return is_ownership_program(text, threads, n);
	if (family == 1)
		return is_lifetime_program(threads, n);
	return count_word(text, "add") == (strstr(text, "await") != NULL);
}

/* Replaces the text by the smallest of all texts that differ from it only in the names of devices
 * and users, and in the order of threads. If `nearby`, devices 0 and 1 stay a pair, and so do 2 and
 * 3. */
static void choose_least(char text[MAX_PROGRAM_TEXT], bool nearby)
{
	char original[MAX_PROGRAM_TEXT], renamed[MAX_PROGRAM_TEXT];

	copy_text(original, text);
	copy_text(text, "~"); /* sorts after every program */
	for (int p = 0; p < 4 * 4 * 4 * 4 * 2; p++) {
		const int to[] = {p & 3, p >> 2 & 3, p >> 4 & 3, p >> 6 & 3};
		char other[MAX_PROGRAM_TEXT], *rest = other;
		struct texts threads = {0};

		if ((1 << to[0] | 1 << to[1] | 1 << to[2] | 1 << to[3]) != 15 ||
		    (nearby && to[0] / 2 != to[1] / 2))
			continue;
		copy_text(other, original);
		for (char *c = strchr(other, ':'); c; c = strchr(c + 1, ':'))
			if (c[1] >= 'A' && p >> 8)
				c[1] = c[1] == 'A' ? 'B' : 'A';
			else if (c[1] < 'A' && c[2] != ':') /* not the 0 of claim:0:A */
				c[1] = (char)('0' + to[c[1] - '0']);
		while (rest)
			add_text(&threads, strsep(&rest, "|"));
		qsort(threads.all, threads.nr, sizeof(*threads.all), compare_texts);
		for (size_t t = 0; t < threads.nr; t++)
			sprintf(t ? renamed + strlen(renamed) : renamed, "%s%s", t ? "|" : "",
			    threads.all[t]);
		if (strcmp(renamed, text) < 0)
			copy_text(text, renamed);
		free(threads.all);
	}
}

/* Adds all threads of up to `steps` more words that begin with this text. */
static void add_threads(struct texts *threads, int family, const char *text, int steps)
{
	char longer[MAX_PROGRAM_TEXT];

	if (*text && is_thread(family, text))
		add_text(threads, text);
	for (int w = 0; steps && words[family][w]; w++) {
		snprintf(
		    longer, sizeof(longer), "%.200s%s%s", text, *text ? " " : "", words[family][w]);
		add_threads(threads, family, longer, steps - 1);
	}
}

/* Adds all programs that consist of this text and `more` threads of the list, from number `from`
 * on. */
static void add_programs(struct texts *programs, int family, bool nearby,
    const struct texts *threads, const char *text, size_t from, int more)
{
	char longer[MAX_PROGRAM_TEXT];

	if (!more && is_program(family, text)) {
		copy_text(longer, text);
		choose_least(longer, nearby);
		add_text(programs, longer);
	}
	for (size_t t = from; more && t < threads->nr; t++) {
		snprintf(longer, sizeof(longer), "%.300s%s%.200s", text, *text ? "|" : "",
		    threads->all[t]);
		add_programs(programs, family, nearby, threads, longer, t, more - 1);
	}
}

/* Returns all programs of this size, each in the form of choose_least(). */
static struct texts all_programs(int family, bool nearby, int threads, int steps)
{
	struct texts all = {0}, each = {0};

	add_threads(&each, family, "", steps);
	add_programs(&all, family, nearby, &each, "", 0, threads);
	drop_equal(&all);
	free(each.all);
	return all;
}

/* -- generated programs -- */

static const struct explore_family *const families[] = {
    &explore_ownership, &explore_lifetime, &explore_configure};

struct collected {
	const struct explored *impl;
	struct texts texts;
	int size;
};

/* Adds a program, in the form that all_programs() returns. It must be a valid scenario, and not
 * smaller than the programs before it. */
static bool collect(void *arg, const struct script *script)
{
	struct collected *c = arg;
	const int size = script->n_threads * script->n_actions[0];
	struct program_text program, read;
	struct program_text again;
	struct script parsed;
	struct error err;
	char text[MAX_PROGRAM_TEXT], *to = text;

	scenario_write(c->impl->family, script, &program);
	assert_ptr_equal(
	    scenario_find_or_read(c->impl->family, program.name, &read, &err), &read.scenario);
	assert_int_equal(scenario_parse(c->impl->family, &read.scenario, &parsed, &err), 0);
	scenario_write(c->impl->family, &parsed, &again);
	assert_string_equal(again.name, program.name);
	assert_true(size >= c->size);
	c->size = size;
	for (const char *from = program.name; *from; from++)
		if (*from != '|')
			*to++ = *from;
		else {
			to[-1] = '|'; /* drops the blanks around the bar */
			from++;
		}
	*to = '\0';
	choose_least(text, c->impl->nearby);
	add_text(&c->texts, text);
	return true;
}

static void expect_all(int family, bool nearby, int threads, int steps)
{
	const struct explored impl = {.family = families[family], .nearby = nearby};
	struct program_bounds bounds = {{0}};
	struct collected c = {.impl = &impl};
	struct texts all = all_programs(family, nearby, threads, steps);

	bounds.steps[threads] = (uint8_t)steps;
	assert_true(generate_programs(&impl, &bounds, collect, &c));
	if (drop_equal(&c.texts))
		fail_msg("%s, %dx%d: symmetric programs", families[family]->name, threads, steps);
	for (size_t i = 0; i < all.nr || i < c.texts.nr; i++)
		if (strcmp(text_at(&all, i), text_at(&c.texts, i)))
			fail_msg("%s, %dx%d: %zu generated, %zu expected; of both: %s and %s",
			    families[family]->name, threads, steps, c.texts.nr, all.nr,
			    text_at(&c.texts, i), text_at(&all, i));
	free(all.all);
	free(c.texts.all);
}

static void all_programs_are_generated(void **state)
{
	(void)state;
	for (int family = 0; family < 3; family++) {
		expect_all(family, false, 2, 3);
		expect_all(family, false, 3, 2);
		expect_all(family, false, 4, 1);
	}
	expect_all(0, true, 2, 3);
	expect_all(0, true, 3, 2);
	expect_all(1, false, 2, 4);
}

/* Two drivers in one thread and one in another, so that the names of all three matter. */
static void longer_programs_are_generated(void **state)
{
	(void)state;
	expect_all(0, false, 2, 4);
	expect_all(0, true, 2, 4);
}

static void bounds_are_read(void **state)
{
	static const char *const bad[] = {"", "2", "x", "2x", "x2", "0x2", "5x2", "2x0", "2x9",
	    "2x10", "2x3 ", "-1x2", "2X3", "1x2"};
	struct program_bounds bounds = {{0}};
	char text[BOUNDS_TEXT];

	(void)state;
	assert_string_equal(program_bounds_text(&bounds, text), "-");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (program_bounds_add(&bounds, bad[i]))
			fail_msg("accepted: '%s'", bad[i]);
	assert_true(program_bounds_add(&bounds, "3x2"));
	assert_true(program_bounds_add(&bounds, "2x4"));
	assert_true(program_bounds_add(&bounds, "2x3"));
	assert_string_equal(program_bounds_text(&bounds, text), "2x4,3x2");
}

/* -- what exploring them finds -- */

static const struct program_bounds SMALL = {{[2] = 2, [3] = 1}};

static void run_programs(const struct explored *impl, const struct program_bounds *bounds,
    enum impl_class until, enum memory_model model, struct programs_result *result)
{
	const struct explore_options options = {
	    .model = model, .max_executions = 200000, .until = until};
	struct error err;

	if (explore_programs_in_child(impl, bounds, &options, NULL, result, &err))
		fail_msg("%s", err.text);
}

static void no_program_contradicts_a_design(void **state)
{
	static struct programs_result result;
	const struct explored *const *const lists[] = {
	    explored_ownership, explored_lifetime, explored_configure};

	(void)state;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (const struct explored *const *impl = lists[i]; *impl; impl++)
			for (int model = 0; model < NR_MEMORY_MODELS; model++) {
				if ((*impl)->about->class >= CLASS_UNSAFE)
					continue;
				run_programs(
				    *impl, &SMALL, CLASS_NONE, (enum memory_model)model, &result);
				if (explore_contradicts(
					*impl, (enum memory_model)model, result.all.faults))
					fail_msg("%s is not as it declares, under %s",
					    (*impl)->name, model_name((enum memory_model)model));
			}
}

/* Without the scenarios both_ways and both_ways_twice, only a generated program catches this
 * control. */
static void a_program_catches_what_no_scenario_does(void **state)
{
	const struct explored *impl = explored_find(explored_ownership, "busted_single_release");
	struct explore_options options = {.model = MODEL_SC, .max_executions = 2000};
	const int leak = __builtin_ctz(FAULT_LEAK);
	static struct programs_result result;
	static struct explore_result other;
	struct program_text program;
	unsigned int faults;
	struct error err;

	(void)state;
	for (const struct scenario *s = explore_ownership.scenarios; s->name; s++) {
		assert_int_equal(explore(impl, s, &options, &other, &err), 0);
		if (strncmp(s->name, "both_ways", strlen("both_ways")))
			assert_int_equal(other.faults, 0);
	}
	run_programs(impl, &SMALL, CLASS_NONE, MODEL_SC, &result);
	assert_int_equal(result.all.faults, FAULT_LEAK);
	assert_string_equal(result.shows[leak], "claim:A release | claim:0:A release");
	assert_int_equal(
	    explore_replay(impl,
		scenario_find_or_read(&explore_ownership, result.shows[leak], &program, &err),
		&options, &result.all.examples[leak], NULL, &faults, &err),
	    0);
	assert_int_equal(faults, FAULT_LEAK);
}

/* A program that was not explored is not reported as explored. */
static void coverage_is_what_was_explored(void **state)
{
	const struct explored *right = explored_find(explored_ownership, "mutex_count"),
			      *leaky = explored_find(explored_ownership, "busted_single_release"),
			      *spinner = explored_find(explored_toys, "spinner");
	static const struct program_bounds bounds = {{[2] = 3, [3] = 2}}, two = {{[2] = 3}};
	static struct programs_result result;
	char text[BOUNDS_TEXT];

	(void)state;
	run_programs(right, &bounds, CLASS_NONE, MODEL_SC, &result);
	assert_true(result.all.exhausted);
	assert_int_equal(result.programs, result.exhausted);
	assert_string_equal(program_bounds_text(&result.complete, text), "2x3,3x2");
	/* The programs of size 2 are explored before the program of size 4 that has the fault. */
	run_programs(leaky, &two, CLASS_LEAKY, MODEL_SC, &result);
	assert_false(result.all.exhausted);
	assert_string_equal(program_bounds_text(&result.complete, text), "2x1");
	run_programs(spinner, &bounds, CLASS_NONE, MODEL_SC, &result);
	assert_false(result.all.exhausted);
	assert_true(result.all.cut && result.exhausted < result.programs);
}

/* The error names the program. */
static void crashes_end_only_their_design(void **state)
{
	/* Only designs that must hang have a short limit. On a busy machine, others might exceed it
	 * by chance. */
	static const struct {
		const char *name, *reason;
		double hangs; /* 0: the default */
	} all[] = {
	    {"exits",
		"exits ended its process with status 3 in scenario probe-fail:0 | probe-fail:0", 0},
	    {"sleeps",
		"sleeps hangs in scenario probe-fail:0 | probe-fail:0: an execution does not end",
		0.5},
	};
	static struct programs_result result;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct explore_options options = {.model = MODEL_SC, .hangs = all[i].hangs};
		struct error err = {.text = ""};

		assert_int_not_equal(
		    explore_programs_in_child(explored_find(explored_toys, all[i].name), &SMALL,
			&options, NULL, &result, &err),
		    0);
		assert_string_equal(err.text, all[i].reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bounds_are_read),
	    cmocka_unit_test(all_programs_are_generated),
	    cmocka_unit_test(longer_programs_are_generated),
	    cmocka_unit_test(no_program_contradicts_a_design),
	    cmocka_unit_test(a_program_catches_what_no_scenario_does),
	    cmocka_unit_test(coverage_is_what_was_explored),
	    cmocka_unit_test(crashes_end_only_their_design),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
