// SPDX-License-Identifier: MIT
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/seq_file.h>
#include <linux/utsname.h>

#include "harness/kernel/run.h"
#include "harness/kernel/violation.h"

/* Sums over all threads and devices of a run. */
struct totals {
	u64 binds;
	u64 refused;
	u64 failed;
	u64 claims;
	u64 claims_refused;
	u64 window_ns; /* length of the time in which all threads ran */
	u64 owning_ns; /* DEPTH_CORE: time in use and unuse, including the clock reads */
	u64 owning_calls;
};

static struct run run; /* the current or last run; its pointers dangle once it has ended */
static struct totals totals;
static bool has_run;

static int worker_main(void *arg)
{
	struct worker *worker = arg;

	/* Open the window only when all threads run: on a busy machine, some may start late. */
	workload_meet(&run);
	if (!worker->index)
		run.deadline = ktime_get_ns() + (u64)run.spec.ms * NSEC_PER_MSEC;
	workload_meet(&run);
	worker->begin = ktime_get_ns();
	workload_run(worker);
	worker->end = ktime_get_ns();
	if (atomic_dec_and_test(&run.running))
		complete(&run.done);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

/* Creates a thread and pins it to online CPU number `index`, modulo the number of online CPUs. */
static int worker_create(struct worker *worker, unsigned int index)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);

	for (unsigned int i = index % num_online_cpus(); i; i--)
		cpu = cpumask_next(cpu, cpu_online_mask);
	worker->run = &run;
	worker->index = index;
	prandom_seed_state(&worker->random, run.spec.seed + index);
	worker->task = kthread_create(worker_main, worker, "ownbench/%u", index);
	if (IS_ERR(worker->task))
		return PTR_ERR(worker->task);
	kthread_bind(worker->task, cpu);
	return 0;
}

static int run_threads(void)
{
	unsigned int threads = run.spec.threads, made = 0;
	int ret = 0;

	for (; made < threads; made++) {
		ret = worker_create(&run.workers[made], made);
		if (ret)
			break;
	}
	if (!ret) {
		for (unsigned int i = 0; i < threads; i++)
			wake_up_process(run.workers[i].task);
		ret = wait_for_completion_killable(&run.done);
		if (ret)
			WRITE_ONCE(run.abort, true);
	}
	while (made)
		kthread_stop(run.workers[--made].task);
	return ret;
}

/* Checks, after all threads have ended, that the group is idle and that a user can claim it. */
static void audit_group(struct bus_group *group)
{
	const struct impl_ops *ops = run.bus.ops;
	int ret;

	if (ops->claimed(group->impl))
		violation("group %u: claimed() returned true although no device was bound",
			  group->index);
	ret = ops->group_claim(group->impl, &run);
	if (!ret)
		ret = ops->group_release(group->impl);
	if (ret)
		violation("group %u: a claim failed (%d) although no device was bound",
			  group->index, ret);
}

static void add_up(void)
{
	u64 begin = 0, end = U64_MAX;

	memset(&totals, 0, sizeof(totals));
	for (unsigned int i = 0; i < run.spec.threads; i++) {
		const struct worker *worker = &run.workers[i];

		totals.binds += worker->binds;
		totals.refused += worker->refused;
		totals.failed += worker->failed;
		totals.claims += worker->claims;
		totals.claims_refused += worker->claims_refused;
		begin = max(begin, worker->begin);
		end = min(end, worker->end);
	}
	totals.window_ns = end > begin ? end - begin : 0;
	for (unsigned int d = 0; d < run.spec.groups * run.spec.devices; d++) {
		totals.owning_ns += run.bus.devices[d]->owning_ns;
		totals.owning_calls += run.bus.devices[d]->owning_calls;
	}
}

static int run_populated(void)
{
	struct run_spec *spec = &run.spec;
	int ret;

	for (unsigned int d = 0; d < spec->groups * spec->devices; d++) {
		run.bus.devices[d]->devm_us = spec->devm_us;
		run.bus.devices[d]->unlocked = spec->depth == DEPTH_OPS;
	}
	run.workers = kvcalloc(spec->threads, sizeof(*run.workers), GFP_KERNEL);
	if (!run.workers)
		return -ENOMEM;
	ret = run_threads();
	if (!ret) {
		for (unsigned int g = 0; g < spec->groups; g++)
			audit_group(&run.bus.groups[g]);
		add_up();
	}
	kvfree(run.workers);
	return ret;
}

static int design_set_up(struct design *design)
{
	int ret;

	if (design->set_up || !design->ops->setup)
		return 0;
	ret = design->ops->setup();
	design->set_up = !ret;
	return ret;
}

int run_start(const struct run_spec *spec)
{
	int ret = design_set_up(spec->design);

	if (ret)
		return ret;
	memset(&run, 0, sizeof(run));
	run.spec = *spec;
	run.storm_ns = U64_MAX;
	atomic_set(&run.running, spec->threads);
	init_completion(&run.done);
	violations_clear();
	ret = bus_populate(&run.bus, spec->design->ops, spec->groups, spec->devices);
	if (!ret) {
		ret = run_populated();
		bus_depopulate(&run.bus);
	}
	has_run = !ret;
	return ret;
}

static const char *class_name(enum impl_class class)
{
	static const char *const names[] = {
		[CLASS_EXACT] = "exact",   [CLASS_CAUTIOUS] = "cautious", [CLASS_LEAKY] = "leaky",
		[CLASS_UNSAFE] = "unsafe", [CLASS_NONE] = "none",	  [CLASS_SAFE] = "safe",
	};

	return names[class];
}

void run_show_design(struct seq_file *out, const struct design *design)
{
	seq_printf(out, "\"design\": \"%s\", \"file\": \"%s\", \"class\": \"%s\"", design->name,
		   design->file, class_name(design->ops->class));
}

void run_show(struct seq_file *out)
{
	const struct run_spec *spec = &run.spec;

	if (!has_run)
		return;
	seq_puts(out, "{");
	run_show_design(out, spec->design);
	seq_printf(out, ", \"workload\": \"%s\", \"depth\": \"%s\"", workload_names[spec->workload],
		   depth_names[spec->depth]);
	seq_printf(out, ", \"threads\": %u, \"groups\": %u, \"devices\": %u", spec->threads,
		   spec->groups, spec->devices);
	seq_printf(out, ", \"claimers\": %u, \"ms\": %u, \"hold_us\": %u", spec->claimers, spec->ms,
		   spec->hold_us);
	seq_printf(out, ", \"gap_us\": %u, \"devm_us\": %u", spec->gap_us, spec->devm_us);
	seq_printf(out, ", \"kernel\": \"%s\", \"cpus\": %u", init_utsname()->release,
		   num_online_cpus());
	seq_printf(out, ", \"binds\": %llu, \"refused\": %llu, \"failed\": %llu", totals.binds,
		   totals.refused, totals.failed);
	seq_printf(out, ", \"claims\": %llu, \"claims_refused\": %llu", totals.claims,
		   totals.claims_refused);
	seq_printf(out, ", \"window_ns\": %llu, \"owning_ns\": %llu, \"owning_calls\": %llu",
		   totals.window_ns, totals.owning_ns, totals.owning_calls);
	seq_printf(out, ", \"rounds\": %llu, \"leaks\": %llu", run.rounds, run.leaks);
	if (spec->workload == WORKLOAD_STORM && run.rounds)
		seq_printf(out, ", \"storm_ns\": %llu", run.storm_ns);
	seq_printf(out, ", \"violations\": %llu, \"violation_lines\": ", violations_count());
	violations_show(out);
	seq_puts(out, "}\n");
}
