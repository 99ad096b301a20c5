/* SPDX-License-Identifier: MIT */
/* Traces: the operations of each thread, which are drawn before the run. They depend only on the
 * seed. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "bench/ownership/ownership.h"

enum { TRACE_STEPS = 1024 }; /* 8 KiB, which fit into the L1 cache */

/* Returns the index, within a group, of the first device that belongs to the thread. Devices are
 * dealt to the threads in turn; `before` of them are in groups before this one. */
static size_t first_own(size_t before, unsigned int thread, unsigned int nr_threads)
{
	return (thread + nr_threads - before % nr_threads) % nr_threads;
}

static size_t count_own(
    size_t nr_devices, size_t before, unsigned int thread, unsigned int nr_threads)
{
	size_t first = first_own(before, thread, nr_threads);

	return first < nr_devices ? (nr_devices - first + nr_threads - 1) / nr_threads : 0;
}

static size_t count_all_own(
    const struct topology *topology, unsigned int thread, unsigned int nr_threads)
{
	return count_own(topology->nr_devices, 0, thread, nr_threads);
}

bool ownership_fits(
    const struct workload *workload, const struct topology *topology, unsigned int threads)
{
	if (workload->loop == LOOP_BIND)
		return true; /* a thread without devices does nothing */
	return threads <= topology->nr_devices;
}

/* State for drawing the steps of one thread. */
struct draw {
	const struct model *model;
	gsl_rng *rng;
	size_t *groups; /* indices of the groups with a device of this thread, ascending */
	size_t nr_groups;
	double *cumulated; /* cumulative weights of these groups; NULL: uniform */
	unsigned int thread;
	unsigned int nr_threads;
	bool checked; /* the run has a check; half of the claims are then by device */
};

/* Finds the groups with a device of the thread. From each of the thread's devices it skips to the
 * next group, so it takes at most as many iterations as the thread has devices. Drawing among all
 * groups until one has a device of the thread would take about as many attempts as there are
 * threads. */
static int find_groups(struct draw *draw)
{
	const struct model *model = draw->model;
	size_t most = count_own(model->nr_devices, 0, draw->thread, draw->nr_threads);

	if (most > model->nr_groups)
		most = model->nr_groups;
	draw->groups = malloc((most + 1) * sizeof(*draw->groups));
	if (!draw->groups)
		return -1;
	for (size_t d = draw->thread; d < model->nr_devices;) {
		size_t g = model_group_index(model, model->devices[d]->group);
		size_t end = model->first[g + 1];

		draw->groups[draw->nr_groups++] = g;
		d = end + first_own(end, draw->thread, draw->nr_threads);
	}
	return draw->nr_groups ? 0 : -1;
}

static int cumulate_zipf(struct draw *draw, double exponent)
{
	double sum = 0;

	draw->cumulated = malloc((draw->nr_groups + 1) * sizeof(*draw->cumulated));
	if (!draw->cumulated)
		return -1;
	for (size_t i = 0; i < draw->nr_groups; i++) {
		sum += pow((double)(draw->groups[i] + 1), -exponent);
		draw->cumulated[i] = sum;
	}
	return 0;
}

static size_t draw_group(const struct draw *draw)
{
	size_t low = 0, high = draw->nr_groups - 1;
	double at;

	if (!draw->cumulated)
		return draw->groups[gsl_rng_uniform_int(draw->rng, draw->nr_groups)];
	at = gsl_rng_uniform(draw->rng) * draw->cumulated[high];
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (draw->cumulated[middle] > at)
			high = middle;
		else
			low = middle + 1;
	}
	return draw->groups[low];
}

static struct device *draw_device(const struct draw *draw)
{
	const struct model *model = draw->model;
	size_t g = draw_group(draw);
	size_t before = model->first[g];
	size_t nr = model->first[g + 1] - before;
	size_t own = count_own(nr, before, draw->thread, draw->nr_threads);
	size_t first = first_own(before, draw->thread, draw->nr_threads);
	size_t n = gsl_rng_uniform_int(draw->rng, own);

	return model->devices[before + first + n * draw->nr_threads];
}

/* Returns whether this thread only queries. If `part` is above 0, at least one thread does; if
 * it is below 1, at least one probes. */
static bool is_reader(const struct draw *draw, double part)
{
	const unsigned int nr = draw->nr_threads;
	unsigned int readers = (unsigned int)lround(part * nr);

	if (nr == 1)
		return gsl_rng_uniform(draw->rng) < part;
	if (part > 0 && !readers)
		readers = 1;
	if (part < 1 && readers == nr)
		readers = nr - 1;
	return draw->thread >= nr - readers;
}

/* Draws the kind of a step. `at` is from 0 to 1, and evenly distributed over the steps of the
 * trace. */
static enum step_kind draw_kind(
    const struct draw *draw, const struct workload_params *params, double at)
{
	gsl_rng *rng = draw->rng;

	if (params->readers > 0 && is_reader(draw, params->readers))
		return STEP_QUERY;
	if (at < params->claims)
		return draw->checked && gsl_rng_uniform_int(rng, 2) ? STEP_DEVICE_CLAIM
		                                                    : STEP_CLAIM;
	if (at < params->claims + params->plugs)
		return STEP_PLUG;
	if (params->unregisters > 0 && gsl_rng_uniform(rng) < params->unregisters)
		return STEP_UNREGISTER;
	/* The failures are fractions of the probes, not of all steps. */
	at = gsl_rng_uniform(rng);
	if (at < params->fail_pinctrl)
		return STEP_FAIL_PINCTRL;
	if (at < params->fail_pinctrl + params->fail_configure)
		return STEP_FAIL_CONFIGURE;
	if (at < params->fail_pinctrl + params->fail_configure + params->fail_driver)
		return STEP_FAIL_DRIVER;
	return STEP_PAIR;
}

/* Draws the kinds of a trace's steps. Each step draws from its own part of the interval from 0 to
 * 1, so the trace has the requested number of steps of each kind, plus or minus one. With
 * independent draws, and one step in 1024 a claim, a third of all traces would have no claim. */
static void draw_kinds(
    const struct draw *draw, const struct ownership_run *run, enum step_kind kinds[TRACE_STEPS])
{
	size_t order[TRACE_STEPS];

	for (size_t i = 0; i < TRACE_STEPS; i++)
		order[i] = i;
	gsl_ran_shuffle(draw->rng, order, TRACE_STEPS, sizeof(*order));
	for (size_t i = 0; i < TRACE_STEPS; i++) {
		const double at = ((double)order[i] + gsl_rng_uniform(draw->rng)) / TRACE_STEPS;

		if (run->workload->alternate_ns)
			kinds[i] = i < TRACE_STEPS / 2 ? STEP_PAIR : STEP_CLAIM;
		else if (run->workload->loop == LOOP_MIXED)
			kinds[i] = draw_kind(draw, &run->params, at);
		else
			kinds[i] = STEP_PAIR;
	}
}

static uintptr_t *draw_steps(struct draw *draw, const struct ownership_run *run)
{
	enum step_kind kinds[TRACE_STEPS];
	uintptr_t *steps = NULL;

	draw_kinds(draw, run, kinds);
	if (!find_groups(draw) && (run->params.zipf <= 0 || !cumulate_zipf(draw, run->params.zipf)))
		steps = malloc(TRACE_STEPS * sizeof(*steps));
	for (size_t i = 0; steps && i < TRACE_STEPS; i++)
		steps[i] = step_make(draw_device(draw), kinds[i]);
	free(draw->groups);
	free(draw->cumulated);
	return steps;
}

/* Returns all devices of the thread in random order, or NULL if out of memory. */
static uintptr_t *draw_order(const struct draw *draw, size_t nr)
{
	const struct model *model = draw->model;
	uintptr_t *steps = malloc((nr + 1) * sizeof(*steps));
	size_t n = 0;

	if (!steps)
		return NULL;
	for (size_t d = draw->thread; d < model->nr_devices; d += draw->nr_threads)
		steps[n++] = step_make(model->devices[d], STEP_PAIR);
	gsl_ran_shuffle(draw->rng, steps, n, sizeof(*steps));
	return steps;
}

uintptr_t *ownership_make_trace(const struct run_spec *spec, const struct model *model,
    unsigned int thread, size_t *steps, struct error *err)
{
	const struct ownership_run *run = spec->own;
	struct draw draw = {
	    .model = model,
	    .rng = gsl_rng_alloc(gsl_rng_taus2),
	    .thread = thread,
	    .nr_threads = spec->pins->nr_threads,
	    .checked = spec->check != CHECK_AUDIT,
	};
	uintptr_t *made;

	gsl_rng_set(draw.rng, (unsigned long)(run->params.seed * 65536 + thread));
	if (run->workload->loop == LOOP_BIND) {
		*steps = count_all_own(spec->topology, thread, spec->pins->nr_threads);
		made = draw_order(&draw, *steps);
	} else {
		*steps = TRACE_STEPS;
		made = draw_steps(&draw, run);
	}
	gsl_rng_free(draw.rng);
	if (!made)
		error_set(err,
		    "cannot make the trace of thread %u: the thread has no device, or memory is "
		    "short",
		    thread);
	return made;
}
