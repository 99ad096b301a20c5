/* SPDX-License-Identifier: MIT */
/*
 * Verifies the only implementation that is linked into this program, cheapest checker first, until
 * one of them finds a fault that the implementation does not declare. tests/mutants/run links each
 * mutant into a copy of this program.
 *
 * Usage: verify_mutant EXECUTIONS CHECKER.. [all]. Each exploration ends after EXECUTIONS
 * executions. With `all`, the checkers after the first that finds a fault are applied as well. For
 * each checker a line is printed: its name, whether the mutant was `caught`, `passed` or `unseen`,
 * and the fault. The bounds are counts, so that the result does not depend on the machine's speed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/families/families.h"
#include "bench/verification/verify.h"

static const struct instance *find_mutant(void)
{
	for (size_t i = 0; i < nr_families; i++) {
		if (families[i]->instances[0])
			return families[i]->instances[0];
	}
	return NULL;
}

static enum checker find_checker(const char *name)
{
	for (int c = 0; c < NR_CHECKERS; c++) {
		if (!strcmp(checker_name((enum checker)c), name))
			return (enum checker)c;
	}
	return NR_CHECKERS;
}

static enum impl_class declared_to(const struct instance *mutant, enum checker checker)
{
	return checker == CHECKER_C11 ? impl_class_by_c11(mutant->about) : mutant->about->class;
}

/* Applies one checker and prints its line. Returns whether the mutant was caught. */
static bool is_caught(const struct instance *mutant, enum checker checker, uint64_t executions)
{
	const enum impl_class declared = declared_to(mutant, checker);
	const struct verify_limits limits = {
	    .caught = declared + 1,
	    .first = true,
	    .checkers = 1u << checker,
	    .executions = executions,
	};
	struct verdict verdict;
	const struct finding *finding = &verdict.by[checker];
	struct error err = {.text = ""};
	const bool failed = verify_implementation(mutant, &limits, &verdict, &err);
	const bool caught = failed || finding->found > declared;

	printf("%s\t%s\t%s\n", checker_name(checker),
	    caught         ? "caught"
	    : finding->ran ? "passed"
			   : "unseen",
	    failed ? err.text : finding->text);
	fflush(stdout);
	return caught;
}

int main(int argc, char **argv)
{
	const struct instance *mutant = find_mutant();
	const bool all = argc > 1 && !strcmp(argv[argc - 1], "all");
	bool caught = false;

	for (int i = 2; i < argc - all && (all || !caught); i++) {
		const enum checker checker = find_checker(argv[i]);

		if (!mutant || checker == NR_CHECKERS) {
			fprintf(stderr,
			    "verify_mutant: no mutant is built in, or no such checker: %s\n",
			    argv[i]);
			return 2;
		}
		caught |= is_caught(mutant, checker, strtoull(argv[1], NULL, 10));
	}
	return 0;
}
