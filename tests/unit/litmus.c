/* SPDX-License-Identifier: MIT */
/*
 * Litmus tests under the three memory models. The number of RC11 executions must be the number of
 * consistent execution graphs, which any exact tool reports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "harness/explore/example.h"
#include "harness/explore/litmus/litmus.h"

/* For sc, tso and rc11 in this order: S if the model sometimes allows the condition, N if it never
 * does. */
static const struct {
	const char *name, *allowed;
	unsigned int sc, rc11; /* executions */
} tests[] = {
    {"SB+poonceonces", "NSS", 3, 4},
    {"SB+fencembonceonces", "NNN", 3, 3},
    {"SB+fencembonceonce+poonceonce", "NSS", 3, 4},
    {"SB+fencembonceonce+fencermbonceonce", "NSS", 3, 4},
    {"SB+poreleaseacquires", "NSS", 3, 4},
    {"SB+seqcsts", "NNN", 3, 3},
    {"SB+seqcststores+acquires", "NNS", 3, 4},
    {"SB+xchgrelaxed", "NNS", 4, 8},
    {"SB+xchgacqrels", "NNS", 3, 4},
    {"SB+xchgs", "NNN", 3, 3},
    {"SB+lockednoops", "NNS", 3, 4},
    {"SB+failedcmpxchgs", "NNS", 3, 4},
    {"SB+polocks", "NNN", 2, 2},
    {"SB+unlocks", "NSS", 3, 4},
    {"SB+rfionceonce-poonceonces", "NSS", 3, 4},
    {"MP+poonceonces", "NNS", 3, 4},
    {"MP+pooncerelease+poacquireonce", "NNN", 3, 3},
    {"MP+pooncerelease+poonceonce", "NNS", 3, 4},
    {"MP+poonceonce+poacquireonce", "NNS", 3, 4},
    {"MP+fencewmbonceonce+fencermbonceonce", "NNN", 3, 3},
    {"MP+fencewmbonceonce+poonceonce", "NNS", 3, 4},
    {"MP+ctrl", "NNS", 2, 3},
    {"MP+onceassign+derefonce", "NNS", 2, 3},
    {"MP+polocks", "NNN", 3, 3},
    {"MP+releasesequence", "NNN", 9, 9},
    {"MP+brokenreleasesequence", "NNS", 7, 8},
    {"LB+poonceonces", "NNN", 3, 3},
    {"LB+poacquireonce+pooncerelease", "NNN", 3, 3},
    {"2+2W+poonceonces", "NNS", 3, 4},
    {"2+2W+poreleases", "NNS", 3, 4},
    {"2+2W+fencembonceonces", "NNN", 3, 3},
    {"R+poonceonces", "NSS", 3, 4},
    {"R+fencembonceonces", "NNN", 3, 3},
    {"S+poonceonces", "NNS", 3, 4},
    {"S+fencewmbonceonce+poacquireonce", "NNN", 3, 3},
    {"WRC+poonceonces+Once", "NNS", 7, 8},
    {"WRC+pooncerelease+fencermbonceonce+Once", "NNN", 7, 7},
    {"IRIW+poonceonces+OnceOnce", "NNS", 15, 16},
    {"IRIW+poacquires", "NNS", 15, 16},
    {"IRIW+fencembonceonces+OnceOnce", "NNN", 15, 15},
    {"IRIW+seqcsts", "NNN", 15, 15},
    {"ISA2+poonceonces", "NNS", 7, 8},
    {"ISA2+pooncerelease+poacquirerelease+poacquireonce", "NNN", 7, 7},
    {"Z6.0+pooncerelease+poacquirerelease+fencembonceonce", "NNS", 7, 8},
    {"CoRR+poonceonce+Once", "NNN", 3, 3},
    {"CoRW+poonceonce+Once", "NNN", 3, 3},
    {"CoWR+poonceonce+Once", "NNN", 3, 3},
    {"CoWW+poonceonce", "NNN", 1, 1},
    {"RMW+twoincs", "NNN", 2, 2},
    {"RCU+sync+read", "NNN", 6, 6},
    {"RCU+nosync+read", "SSS", 4, 4},
    {"await", "NNN", 2, 2},
    {"await+do", "NNS", 2, 4},
};
enum { NR_TESTS = sizeof(tests) / sizeof(tests[0]) };

static struct litmus_test *read_test(const char *name)
{
	char path[512];
	struct error err;
	struct litmus_test *test;

	snprintf(path, sizeof(path), SOURCE_DIR "/tests/litmus/%s.litmus", name);
	test = litmus_read(path, &err);
	if (!test)
		fail_msg("%s", err.text);
	return test;
}

static void explore_test(const struct litmus_test *test, enum memory_model model, bool no_reduction,
    struct litmus_result *result)
{
	const struct explore_options options = {.model = model, .no_reduction = no_reduction};
	struct error err;

	if (litmus_explore(test, &options, result, &err))
		fail_msg("%s", err.text);
	if (!result->explored.exhausted || result->full)
		fail_msg("%s, %s: not exhausted", litmus_name(test), model_name(model));
}

static void each_model_allows_what_it_should(void **state)
{
	static struct litmus_result result;

	(void)state;
	for (size_t i = 0; i < NR_TESTS; i++) {
		struct litmus_test *test = read_test(tests[i].name);
		uint64_t executions[NR_MEMORY_MODELS];

		for (int m = 0; m < NR_MEMORY_MODELS; m++) {
			explore_test(test, (enum memory_model)m, false, &result);
			executions[m] = result.explored.executions;
			if (litmus_observed(&result) != (tests[i].allowed[m] == 'S'))
				fail_msg("%s, %s: the condition is %s", tests[i].name,
				    model_name((enum memory_model)m),
				    litmus_observed(&result) ? "seen" : "not seen");
		}
		if (executions[MODEL_SC] != tests[i].sc || executions[MODEL_RC11] != tests[i].rc11)
			fail_msg("%s: %d executions under sc and %d under rc11", tests[i].name,
			    (int)executions[MODEL_SC], (int)executions[MODEL_RC11]);
		litmus_free(test);
	}
}

static void reduction_loses_no_state(void **state)
{
	static struct litmus_result reduced, every;

	(void)state;
	for (size_t i = 0; i < NR_TESTS; i++) {
		struct litmus_test *test = read_test(tests[i].name);

		explore_test(test, MODEL_RC11, false, &reduced);
		explore_test(test, MODEL_RC11, true, &every);
		if (reduced.nr_states != every.nr_states)
			fail_msg("%s: %u states with, %u without the reduction", tests[i].name,
			    reduced.nr_states, every.nr_states);
		for (unsigned int s = 0; s < every.nr_states; s++)
			assert_string_equal(reduced.states[s].text, every.states[s].text);
		litmus_free(test);
	}
}

#define P0 "C t\n{}\nP0(int *x) {\n"

static void bad_tests_are_reported(void **state)
{
	static const struct {
		const char *text, *reason;
	} bad[] = {
	    {"", "t:1: expected 'C NAME' at the start of the test"},
	    {"PPC t\n{}\n", "t:1: expected 'C NAME'"},
	    {"C t\nP0() {}\n", "t:2: expected '{' and the initial values, found 'P0'"},
	    {"C t\n{}\n", "t:3: expected 'P0(...)'"},
	    {P0 "x++;\n}\n", "t:4: "},
	    {P0 "r0 = READ_ONCE(*x);\n}\n",
		"t:4: r0 is neither a parameter nor a declared variable"},
	    {P0 "int r0 = READ_ONCE(x);\n}\n", "t:4: expected '*', found 'x'"},
	    {P0 "frob(x);\n}\n", "t:4: no such function: frob"},
	    {P0 "xchg_seq_cst(x, 1);\n}\n", "t:4: no such function: xchg_seq_cst"},
	    {P0 "atomic_thread_fence(relaxed);\n}\n", "t:4: expected memory_order_..."},
	    {P0 "WRITE_ONCE(*x, 1);\n}\nexists (1:r0=1)\n", "t:6: no such thread: 1"},
	    {P0 "WRITE_ONCE(*x, 1);\n}\nexists (0:r0=1)\n", "t:6: no such register: r0"},
	    {P0 "WRITE_ONCE(*x, 1);\n}\nexists (z=1)\n", "t:6: no such location: z"},
	    {P0 "WRITE_ONCE(*x, 1);\n}\nexists (x=1) x\n",
		"t:6: unexpected text after the condition"},
	    {P0 "WRITE_ONCE(*x, 1);\n", "t:5: "},
	    {P0 "/* for ever\n}\n", "t:4: unterminated comment"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct error err = {.text = ""};
		char text[256];

		snprintf(text, sizeof(text), "%s", bad[i].text);
		if (litmus_parse("t", text, &err))
			fail_msg("accepted: %s", bad[i].text);
		if (strncmp(err.text, bad[i].reason, strlen(bad[i].reason)))
			fail_msg("'%s' was expected: %s", bad[i].reason, err.text);
	}
}

/* Tests syntax that the litmus tests in the table above do not use. */
static void syntax_is_understood(void **state)
{
	static char text[] =
	    "C syntax\n(* header *)\n{ x = 1; int y; atomic_t v = 3; int *p = &y; 0:r9 = 7; }\n"
	    "P0(int *x, int *y, atomic_t *v, int **p) {\n"
	    "\tint r0 = READ_ONCE(*x) + 2 * 3; // one\n"
	    "\tint *r1 = READ_ONCE(*p); /* two */\n"
	    "\tint r2, r3;\n"
	    "\t*r1 = r0 == 7 && !(r0 != 7);\n"
	    "\tr2 = *y;\n"
	    "\tif (r2 > 1) { r3 = 1; } else if (r2 <= 1) { r3 = 4; }\n"
	    "\tdo { r3 = r3 - 1; } while (r3 >= 1);\n"
	    "\tatomic_inc(v);\n"
	    "\tint r4 = atomic_sub_return(2, v);\n"
	    "\tint r5 = atomic_fetch_or_acquire(4, v);\n"
	    "\tint r6 = atomic_cmpxchg(v, 6, 1);\n"
	    "\tint r7 = atomic_dec_and_test(v);\n"
	    "}\n"
	    "locations [p; 0:r6]\n"
	    "forall (0:r0=7 /\\ 0:r1=y /\\ y=1 /\\ 0:r3=0 /\\ 0:r4=2 /\\ 0:r5=2 /\\ 0:r6=6 /\\ "
	    "0:r7=1 /\\ (v=1 \\/ ~(v=1) /\\ v=0) /\\ 0:r9=7)\n";
	static struct litmus_result result;
	struct error err;
	struct litmus_test *test = litmus_parse("t", text, &err);

	(void)state;
	if (!test) {
		fail_msg("%s", err.text);
		return;
	}
	for (int m = 0; m < NR_MEMORY_MODELS; m++) {
		explore_test(test, (enum memory_model)m, false, &result);
		assert_int_equal(result.nr_states, 1);
		if (!result.states[0].satisfies)
			fail_msg("%s: %s", model_name((enum memory_model)m), result.states[0].text);
	}
	litmus_free(test);
}

int main(void)
{
	const struct CMUnitTest all[] = {
	    cmocka_unit_test(each_model_allows_what_it_should),
	    cmocka_unit_test(reduction_loses_no_state),
	    cmocka_unit_test(bad_tests_are_reported),
	    cmocka_unit_test(syntax_is_understood),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
