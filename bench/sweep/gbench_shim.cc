// SPDX-License-Identifier: MIT
#include "bench/sweep/gbench_shim.h"

#include <cmath>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

struct gbench_state {
	benchmark::State &state;
};

namespace
{

using benchmark::BenchmarkReporter;
using Run = BenchmarkReporter::Run;
using Runs = std::vector<Run>;

const char kCpuTime[] = "cpu_time_per_item"; // passed to the reporter, which removes it
// Prefix of a label that passes the reason of a failure to the reporter. Google Benchmark 1.7 must
// not know of failures, because its ComputeStats() crashes if the first repetition failed.
const char kFailed[] = "failed: ";

bool is_repetition(const Run &run)
{
	return run.run_type == Run::RT_Iteration && run.repetitions > 1 && !run.error_occurred;
}

bool has_failed(const Run &run)
{
	return run.report_label.rfind(kFailed, 0) == 0;
}

// Turns a run whose label reports a failure into a failed run without figures.
void mend_failed(Run &run)
{
	run.error_occurred = true;
	run.error_message = run.report_label.substr(sizeof(kFailed) - 1);
	run.report_label.clear();
	run.counters.clear();
	run.real_accumulated_time = run.cpu_accumulated_time = 0;
}

// Corrects a run where the library's assumptions do not fit.
void mend(Run &run)
{
	if (has_failed(run))
		mend_failed(run);
	// The variation of a counter that is always 0 is NaN, which JSON cannot represent.
	for (auto counter = run.counters.begin(); counter != run.counters.end();)
		counter = std::isfinite(counter->second.value) ? std::next(counter)
		                                               : run.counters.erase(counter);
	// Names need not mention manual time and repetitions, which all benchmarks have.
	run.run_name.time_type.clear();
	run.run_name.repetitions.clear();

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

// Shows runs as they are reported, and writes all of them at the end.
class Collector : public BenchmarkReporter
{
      public:
	Collector(gbench_display display, const gbench_output *outputs, size_t nr_outputs)
	    : display_(
		  display == GBENCH_NOTHING ? nullptr : benchmark::CreateDefaultDisplayReporter()),
	      show_all_(display == GBENCH_ALL), outputs_(outputs, outputs + nr_outputs)
	{
	}

	bool ReportContext(const Context &context) override
	{
		context_ = &context;
		// The context warns on a console that Debian built the library for debugging. The
		// warning is dropped, because no measured loop contains code of the library.
		if (is_console())
			display_->SetErrorStream(&unseen_);
		return !display_ || display_->ReportContext(context);
	}

	void ReportRuns(const Runs &reported) override
	{
		Runs runs;

		for (const Run &run : reported) {
			if (has_failed(run))
				failed_.insert(run.run_name.str());
			if (run.run_type == Run::RT_Aggregate && failed_.count(run.run_name.str()))
				continue;
			runs.push_back(run);
			mend(runs.back());
		}
		if (display_)
			show(runs);
		groups_.push_back(runs);
	}

	void Finalize() override
	{
		for (const gbench_output &output : outputs_)
			save(output);
		if (display_)
			display_->Finalize();
	}

      private:
	BenchmarkReporter *display_; // owned by the library
	bool show_all_;
	std::vector<gbench_output> outputs_;
	const Context *context_ = nullptr;
	std::ostringstream unseen_;
	std::vector<Runs> groups_;
	std::set<std::string> failed_; // runs with a failed repetition, whose figures do not count

	bool is_console() const
	{
		return dynamic_cast<benchmark::ConsoleReporter *>(display_) != nullptr;
	}

	// Shows all figures, or on a console only those that fit on a line.
	void show(const Runs &runs)
	{
		Runs shown;

		if (!is_console()) {
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

	void save(const gbench_output &output) const
	{
		std::ostringstream text;
		auto reporter = make_reporter(output.format);

		reporter->SetOutputStream(&text);
		reporter->SetErrorStream(&text);
		reporter->ReportContext(*context_);
		for (const Runs &runs : groups_) {
			Runs saved;

			for (const Run &run : runs) {
				if (!output.aggregates_only || !is_repetition(run))
					saved.push_back(run);
			}
			reporter->ReportRuns(saved);
		}
		reporter->Finalize();
		output.save(output.arg, text.str().data(), text.str().size());
	}
};

void run_body(benchmark::State &state, gbench_body *body, void *arg)
{
	gbench_state wrapped{state};

	for (auto _ : state)
		body(&wrapped, arg);
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

void gbench_register(const char *name, int repetitions, gbench_body *body, void *arg)
{
	benchmark::RegisterBenchmark(
	    name, [body, arg](benchmark::State &state) { run_body(state, body, arg); })
	    ->UseManualTime()
	    ->Repetitions(repetitions);
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
	state->state.SetIterationTime(1); // at 0 the library would ask for more iterations
	state->state.SetLabel(kFailed + std::string(reason));
}

void gbench_run(enum gbench_display display, const struct gbench_output *outputs, size_t nr_outputs)
{
	Collector collector(display, outputs, nr_outputs);

	benchmark::RunSpecifiedBenchmarks(&collector);
}
