// SPDX-License-Identifier: MIT
#include "bench/gbench_shim.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

struct gbench_state {
	benchmark::State &state;
	bool ended;
};

namespace
{

using benchmark::BenchmarkReporter;
using Run = BenchmarkReporter::Run;
using Runs = std::vector<Run>;

const char kCpuTime[] = "cpu_time_per_item"; // carried to the reporter, not shown
const char kSkipped[] = "skipped";
// Carries a reason to the reporter. The library must not know of it: version 1.7 crashes where the
// first of some repetitions has failed (its ComputeStats() reads that one's list of statistics).
const char kFailed[] = "failed: ";

// "workload/impl/rest" without its implementation, and that implementation.
struct Point {
	std::string point, impl;

	explicit Point(const std::string &name)
	{
		size_t first = name.find('/');
		size_t second = name.find('/', first + 1);

		impl = name.substr(first + 1, second - first - 1);
		point = name.substr(0, first) + name.substr(second);
	}
};

double items_per_second(const Run &run)
{
	auto counter = run.counters.find("items_per_second");

	return counter == run.counters.end() ? 0 : counter->second.value;
}

bool is_repetition(const Run &run)
{
	return run.run_type == Run::RT_Iteration && run.repetitions > 1 && !run.error_occurred;
}

bool has_failed(const Run &run)
{
	return run.report_label.rfind(kFailed, 0) == 0;
}

// A failure has a reason, and nothing else that counts.
void mend_failed(Run &run)
{
	run.error_occurred = true;
	run.error_message = run.report_label.substr(sizeof(kFailed) - 1);
	run.report_label.clear();
	run.counters.clear();
	run.real_accumulated_time = run.cpu_accumulated_time = 0;
}

// What Google Benchmark does not know of our runs.
void mend(Run &run)
{
	if (has_failed(run))
		mend_failed(run);
	// The variation of what was always 0 is NaN, which is no JSON.
	for (auto counter = run.counters.begin(); counter != run.counters.end();)
		counter = std::isfinite(counter->second.value) ? std::next(counter)
		                                               : run.counters.erase(counter);
	run.run_name.time_type.clear(); // all our time is manual: no need to say so in each name

	auto cpu = run.counters.find(kCpuTime);

	if (cpu != run.counters.end()) {
		run.cpu_accumulated_time = cpu->second.value;
		if (run.aggregate_unit == benchmark::kTime)
			run.cpu_accumulated_time *= static_cast<double>(run.iterations);
		run.counters.erase(cpu);
	}
}

std::unique_ptr<BenchmarkReporter> make_reporter(gbench_format format)
{
	if (format == GBENCH_CONSOLE)
		return std::make_unique<benchmark::ConsoleReporter>(
		    benchmark::ConsoleReporter::OO_None);
	return std::make_unique<benchmark::JSONReporter>();
}

// Shows runs as they come, and writes all of them, whole, whenever there are an eighth more, and at
// the end: so the time that takes grows with their number and not with its square.
class Collector : public BenchmarkReporter
{
      public:
	Collector(const char *ceiling, bool show_all, const gbench_output *outputs,
	    size_t nr_outputs, void (*before_last)(void *arg), void *arg)
	    : display_(benchmark::CreateDefaultDisplayReporter()), ceiling_(ceiling),
	      show_all_(show_all), outputs_(outputs, outputs + nr_outputs),
	      before_last_(before_last), arg_(arg)
	{
	}

	bool ReportContext(const Context &context) override
	{
		context_ = &context;
		save();
		// On a console the context warns of Debian's build of the library, which is in none
		// of our loops; environment.json holds what counts.
		if (dynamic_cast<benchmark::ConsoleReporter *>(display_))
			display_->SetErrorStream(&unseen_);
		return display_->ReportContext(context);
	}

	void ReportRuns(const Runs &reported) override
	{
		Runs runs;

		for (const Run &run : reported) {
			if (has_failed(run))
				failed_.insert(run.run_name.str());
			if (run.error_occurred && run.error_message == kSkipped)
				continue;
			if (run.run_type == Run::RT_Aggregate && failed_.count(run.run_name.str()))
				continue;
			runs.push_back(run);
			mend(runs.back());
		}
		if (runs.empty())
			return;
		show(runs);
		groups_.push_back(runs);
		if (groups_.size() >= due_)
			save();
	}

	void Finalize() override
	{
		before_last_(arg_);
		save();
		display_->Finalize();
	}

      private:
	BenchmarkReporter *display_; // the library's own
	std::string ceiling_;
	bool show_all_;
	std::vector<gbench_output> outputs_;
	void (*before_last_)(void *arg);
	void *arg_;
	const Context *context_ = nullptr;
	std::ostringstream unseen_;
	std::vector<Runs> groups_;
	size_t due_ = 0;               // groups that are written next
	std::set<std::string> failed_; // runs of which a repetition failed: no figure counts

	// All of it to a machine; to a person on a console what fits a line.
	void show(const Runs &runs)
	{
		Runs shown;

		if (!dynamic_cast<benchmark::ConsoleReporter *>(display_)) {
			display_->ReportRuns(runs);
			return;
		}
		for (Run run : runs) {
			auto items = run.counters.find("items_per_second");

			if (run.aggregate_name == "mean" || run.aggregate_name == "stddev" ||
			    (is_repetition(run) && !show_all_))
				continue;
			if (items != run.counters.end())
				run.counters = {*items};
			shown.push_back(run);
		}
		display_->ReportRuns(shown);
	}

	// Median throughput of the ceiling at each point that has one.
	std::map<std::string, double> ceilings() const
	{
		std::map<std::string, std::vector<double>> found;
		std::map<std::string, double> medians;

		for (const Runs &runs : groups_) {
			for (const Run &run : runs) {
				Point name(run.run_name.str());

				if (name.impl == ceiling_ && !run.error_occurred &&
				    run.run_type == Run::RT_Iteration)
					found[name.point].push_back(items_per_second(run));
			}
		}
		for (auto &[point, rates] : found) {
			std::sort(rates.begin(), rates.end());
			medians[point] =
			    (rates[(rates.size() - 1) / 2] + rates[rates.size() / 2]) / 2;
		}
		return medians;
	}

	static void add_ratio(Run &run, const std::map<std::string, double> &ceilings)
	{
		auto ceiling = ceilings.find(Point(run.run_name.str()).point);
		bool is_rate = run.run_type == Run::RT_Iteration || run.aggregate_name == "mean" ||
		               run.aggregate_name == "median";

		if (!run.error_occurred && is_rate && ceiling != ceilings.end() &&
		    ceiling->second > 0)
			run.counters["ceiling_ratio"] = items_per_second(run) / ceiling->second;
	}

	static Runs finished(const Runs &runs, const gbench_output &output,
	    const std::map<std::string, double> &medians)
	{
		Runs finished;

		for (Run run : runs) {
			if (output.aggregates_only && is_repetition(run))
				continue;
			add_ratio(run, medians);
			finished.push_back(run);
		}
		return finished;
	}

	void save()
	{
		auto medians = ceilings();

		due_ = groups_.size() + groups_.size() / 8 + 1;
		for (const gbench_output &output : outputs_) {
			std::ostringstream text;
			auto reporter = make_reporter(output.format);

			reporter->SetOutputStream(&text);
			reporter->SetErrorStream(&text);
			reporter->ReportContext(*context_);
			for (const Runs &runs : groups_)
				reporter->ReportRuns(finished(runs, output, medians));
			reporter->Finalize();
			output.save(output.arg, text.str().data(), text.str().size());
		}
	}
};

void run_body(benchmark::State &state, gbench_body *body, void *arg)
{
	gbench_state wrapped{state, false};

	for (auto _ : state) {
		body(&wrapped, arg);
		if (wrapped.ended)
			break; // as SkipWithError() asks
	}
}

} // namespace

void gbench_init(int *argc, char **argv)
{
	benchmark::Initialize(argc, argv);
}

void gbench_add_context(const char *name, const char *value)
{
	benchmark::AddCustomContext(name, value);
}

void gbench_register(const char *name, gbench_body *body, void *arg)
{
	benchmark::RegisterBenchmark(name, [body, arg](benchmark::State &state) {
		run_body(state, body, arg);
	})->UseManualTime();
}

void gbench_set_time(struct gbench_state *state, double wall, double cpu)
{
	state->state.SetIterationTime(wall);
	state->state.counters[kCpuTime] = cpu;
}

void gbench_set_counter(struct gbench_state *state, const char *name, double value)
{
	state->state.counters[name] = value;
}

void gbench_set_label(struct gbench_state *state, const char *label)
{
	state->state.SetLabel(label);
}

void gbench_fail(struct gbench_state *state, const char *reason)
{
	state->state.SetIterationTime(1); // of no time at all the library wants more iterations
	state->state.SetLabel(kFailed + std::string(reason));
}

void gbench_skip(struct gbench_state *state)
{
	state->ended = true;
	state->state.SkipWithError(kSkipped);
}

void gbench_run(const char *ceiling, int show_all, const struct gbench_output *outputs,
    size_t nr_outputs, void (*before_last)(void *arg), void *arg)
{
	Collector collector(ceiling, show_all, outputs, nr_outputs, before_last, arg);

	benchmark::RunSpecifiedBenchmarks(&collector);
}
