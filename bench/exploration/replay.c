/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "bench/exploration/exploration.h"
#include "bench/options/options.h"
#include "harness/explore/example.h"

/* Finds the scenario and the implementation that an example names. Stores the implementation in
 * *impl. A scenario that is written as a program is stored in *program. Returns NULL with an error
 * that has the line number if one of them does not exist. */
static const struct scenario *find_example(const char *path, const struct example *example,
    const struct explored **impl, struct program_text *program, struct error *err)
{
	const struct bench_family *family = family_find(example->family);
	const struct scenario *scenario;
	struct error why;

	if (!family) {
		error_set(err, "%s:2: no such family: %s", path, example->family);
		return NULL;
	}
	*impl = explored_find(family->explored, example->impl);
	if (!*impl) {
		error_set(err,
		    "%s:3: no such implementation: %s; 'ownbench explore --list' lists them", path,
		    example->impl);
		return NULL;
	}
	scenario = scenario_find_or_read(family->explore, example->scenario, program, &why);
	if (!scenario)
		error_set(err, "%s:4: %.400s", path, why.text);
	return scenario;
}

int exploration_replay(const char *path, struct error *err)
{
	static struct lockorder locks;
	const struct explored *impl = NULL;
	const struct scenario *scenario = NULL;
	struct explore_options options;
	struct program_text program;
	struct example example;
	unsigned int faults;

	if (!example_load(path, &example, err))
		scenario = find_example(path, &example, &impl, &program, err);
	if (!scenario)
		return -1;
	printf("%s, %s: %s, %s%s\n", impl->name, scenario->name, scenario->summary,
	    model_name(example.model), example.write_once ? ", WRITE_ONCE()" : "");
	options = (struct explore_options){
	    .model = example.model, .write_once = example.write_once, .replayed = &locks};
	if (explore_replay(
		impl, scenario, &options, &example.schedule, example_print_step, &faults, err))
		return -1;
	printf("faults: ");
	exploration_print_faults(faults);
	printf("%s\n", faults ? "" : "none");
	lockorder_print(stdout, &locks);
	return faults ? EXIT_CHECK_FAILED : EXIT_OK;
}
