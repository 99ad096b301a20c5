/* SPDX-License-Identifier: MIT */
#include "bench/sweep/resume.h"

#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"
#include "harness/record/sweep_dir.h"

/* Members of environment.json that must not change within a sweep. Two builds of an uncommitted
 * tree have the same commit, but different build IDs. */
static const char *const identities[][2] = {
    {"build", "commit"},
    {"build", "compiler"},
    {"build", "flags"},
    {"cpu", "model_name"},
    {"cpus", "online"},
    {"cpus", "allowed"},
    {"cgroup", "cpu_limit"},
    {"kernel", "release"},
    {"build", "id"},
};

static const json_t *identity_of(const json_t *environment, size_t i)
{
	return json_object_get(json_object_get(environment, identities[i][0]), identities[i][1]);
}

static char *text_of(const json_t *value)
{
	return value ? json_dumps(value, JSON_ENCODE_ANY) : strdup("nothing");
}

static int refuse_difference(
    const char *dir, size_t i, const json_t *then, const json_t *now, struct error *err)
{
	char *was = text_of(then), *is = text_of(now);

	error_set(err,
	    "%s cannot be resumed here: %s.%s was %s and is %s now; all of a sweep must be "
	    "measured with one build on one machine",
	    dir, identities[i][0], identities[i][1], was, is);
	free(was);
	free(is);
	return -1;
}

int resume_check(const char *dir, const json_t *environment, struct error *err)
{
	json_t *then = sweep_dir_environment(dir, err);
	int ret = then ? 0 : -1;

	for (size_t i = 0; !ret && i < sizeof(identities) / sizeof(identities[0]); i++) {
		const json_t *was = identity_of(then, i);
		const json_t *is = identity_of(environment, i);

		if (was != is && !(was && is && json_equal((json_t *)was, (json_t *)is)))
			ret = refuse_difference(dir, i, was, is, err);
	}
	json_decref(then);
	return ret;
}

/* Returns the run's repetition in this round, or NULL if there is none. */
static const struct sweep_round *repetition_in(const struct sweep_run *run, unsigned int round)
{
	for (size_t i = 0; run && i < run->nr_rounds; i++) {
		if (run->rounds[i].round == round)
			return &run->rounds[i];
	}
	return NULL;
}

static unsigned int rounds_of(const struct sweep_run *const *runs, size_t nr)
{
	unsigned int rounds = 0;

	for (size_t i = 0; i < nr; i++) {
		if (runs[i] && runs[i]->rounds[runs[i]->nr_rounds - 1].round >= rounds)
			rounds = runs[i]->rounds[runs[i]->nr_rounds - 1].round + 1;
	}
	return rounds;
}

static void restore_round(struct schedule *schedule, size_t point,
    const struct sweep_run *const *runs, size_t nr, unsigned int round)
{
	const struct sweep_round *rep = NULL;
	unsigned int size = 0, measured = 0;

	for (size_t d = 0; d < nr; d++) {
		rep = repetition_in(runs[d], round);
		if (!rep)
			continue;
		schedule_add(schedule, point, d, round, rep->items_per_second);
		size = (unsigned int)json_integer_value(json_object_get(rep->record, "designs"));
		measured++;
	}
	if (measured < size)
		schedule_set_unfinished(schedule, point, size);
	else
		schedule_end_round(schedule, point);
}

void resume_schedule(
    struct schedule *schedule, const struct plan_points *points, const struct sweep *before)
{
	for (size_t i = 0; i < points->nr_points; i++) {
		const struct plan_point *point = &points->points[i];
		const struct sweep_run **runs = allocate(point->nr_runs, sizeof(*runs));
		unsigned int rounds;

		for (size_t d = 0; d < point->nr_runs; d++)
			runs[d] = sweep_find(before, &point->runs[d]->id);
		rounds = rounds_of(runs, point->nr_runs);
		for (unsigned int round = 0; round < rounds; round++)
			restore_round(schedule, i, runs, point->nr_runs, round);
		free(runs);
	}
}

double resume_elapsed(const struct sweep *before)
{
	const size_t nr = json_array_size(before->records);
	const json_t *last = nr ? json_array_get(before->records, nr - 1) : NULL;

	return json_number_value(json_object_get(last, "at_seconds"));
}
