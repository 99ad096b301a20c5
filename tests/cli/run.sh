# SPDX-License-Identifier: MIT
# A small sweep: its files, names and counters, and what is left out.
source "$(dirname "$0")/lib.sh" "$@"

quick="--duration=0.05 --warmup=0.01"
# list_walk is left out: as posted, it may leak, and then the sweep ends with status 1.
sound=ceiling,mutex_count,rcu_driver

expect 0 "$ownbench" run $quick --impl=$sound --out=a/sweep --repetitions=2 --threads=1,2,4 --pin=scatter
for file in benchmark.json runs.jsonl environment.json sweep.json command; do
	[ -s "a/sweep/$file" ] || fail "$file is missing"
done
grep -q "'--threads=1,2,4'" a/sweep/command || fail "the command line is not recorded"
jq -e . a/sweep/benchmark.json >/dev/null || fail "benchmark.json is not JSON"
jq -e '[.benchmarks[] | select(.run_type == "iteration")] |
	(map(.name) | unique | length) * 2 == length' a/sweep/benchmark.json >/dev/null ||
	fail "some run has more or fewer than two repetitions"
jq -e '[.benchmarks[].run_name | split("/")[0]] | unique ==
	["busy", "flap", "hotplug", "phases", "query", "share", "spread", "storm", "takeover"]' a/sweep/benchmark.json >/dev/null ||
	fail "some workload did not run"
jq -e '.benchmarks[] | select(.run_name == "share/mutex_count/threads:2/devices:8/groups:1/path:ops" and
	.repetition_index == 0) | .items_per_second > 0 and .ceiling_ratio > 0 and .real_time > 0' \
	a/sweep/benchmark.json >/dev/null || fail "share/mutex_count lacks its figures"
jq -e '[.benchmarks[] | select(.run_name | test("^busy/mutex_count/")) |
	select(.run_type == "iteration") | .refused_per_second > 0 and
	.label == "refused probes"] | all' a/sweep/benchmark.json >/dev/null ||
	fail "no probe of busy is refused"
jq -e '[.benchmarks[] | select(.run_name | test("^takeover/.*threads:2")) |
	select(.run_type == "iteration") | .claims_per_second] | length > 0 and all(. > 0)' \
	a/sweep/benchmark.json >/dev/null || fail "no claim of takeover is granted"
jq -e '[.benchmarks[] | select(.run_name | test("^storm/")) |
	select(.run_type == "iteration") | .time_to_last_bind_us > 0] | length > 0 and all' \
	a/sweep/benchmark.json >/dev/null || fail "a storm has no time to the last bind"
jq -es 'map(select(.run.threads == 4) | .threads | length) | length > 0 and all(. == 4)' \
	a/sweep/runs.jsonl >/dev/null || fail "threads are missing in runs.jsonl"
jq -es 'map(.metrics.overlap) | all(. >= 0 and . <= 1)' a/sweep/runs.jsonl >/dev/null || fail "an overlap is not between 0 and 1"
jq -es 'map(select((.run.workload | IN("storm", "phases") | not) and .run.threads == 1) | .slices) | length > 0 and all(
	.length_seconds > 0 and .set_aside == .reasons.preempted + .reasons.late and .set_aside <= .total and
	.all_disturbed == (.total > 0 and .set_aside == .total))' a/sweep/runs.jsonl >/dev/null || fail "the counts of slices contradict each other"
jq -es 'map(select(.run.workload | IN("storm", "phases")) | has("slices")) | length > 0 and (any | not)' \
	a/sweep/runs.jsonl >/dev/null || fail "storm or phases have slices"
[ "$(nproc)" -ge 4 ] || jq -es 'map(select(.run.threads == 4) | has("slices")) | any | not' \
	a/sweep/runs.jsonl >/dev/null || fail "runs whose threads share CPUs have slices"
jq -es 'map(select(.run.workload == "share") | .metrics.items_per_second /
		(.threads | map(.counted_tally.pairs / .counted_ns * 1e9) | add)) |
	length > 0 and all(. > 0.999 and . < 1.001)' a/sweep/runs.jsonl >/dev/null || fail "rates are not those of the slices that count"

# Two rounds give a median. Eight rounds also give the median's interval.
sed -n '/^share: 2 threads, 1 group of 8 /,/^$/p' out >table
grep -Eq '^ >[0-9]+ +mutex_count +[0-9.]+ [kMG] +1\.00×' table || fail "the table lacks the baseline: $(cat table)"
grep -q ' to ' table && fail "two rounds have an interval: $(cat table)"
expect 0 "$ownbench" run $quick --workload=share --threads=1 --impl=mutex_count,ceiling --repetitions=8 --out=of8
grep -q ' design .* 95% interval ' out || fail "the table lacks the column of intervals: $(cat out)"
grep -Eq ' ceiling .*× +[0-9.]+ to [0-9.]+×' out || fail "eight rounds have no interval: $(cat out)"

# Other load on the threads' CPU is reported: three busy processes leave the threads a quarter of it.
cpu=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//') spinners=
for _ in 1 2 3; do
	timeout 120 taskset -c "$cpu" sh -c 'while :; do :; done' &
	spinners="$spinners $!"
done
once_in 5 'grep -q "^ownbench run: the machine was in use: threads had only [0-9]*% of a CPU, and other processes had the rest; " <<<"$machine_said"' taskset -c "$cpu" \
	"$ownbench" run $quick --duration=0.2 --workload=share --threads=1 --impl=mutex_count,ceiling --repetitions=2 --out=starved
kill $spinners

expect 0 "$ownbench" report --format=json a/sweep
jq -e '.sweeps[0].drift | .measurements > 0 and has("drifted")' a/sweep/report.json >/dev/null || fail "the report lacks the drift: $(jq .sweeps[0].drift a/sweep/report.json)"

# Existing measurements are not overwritten.
cp a/sweep/benchmark.json before
expect 1 "$ownbench" run $quick --out=a/sweep --workload=busy --repetitions=1
expect_line "already contains a sweep"
cmp -s before a/sweep/benchmark.json || fail "a sweep was overwritten"

# Traces depend only on the seed: a thread takes the same steps with each implementation.
expect 0 "$ownbench" run $quick --out=seed --workload=takeover --threads=1 --repetitions=1 \
	--impl=mutex_count,list_walk --seed=7 --duration=0.3
jq -es 'map(.threads[0].tally | .claims / (.pairs + .claims)) | (max - min) < 0.02 and min > 0.05' \
	seed/runs.jsonl >/dev/null || fail "the implementations ran different mixes of operations"

# A design that leaks is reported. The figures of other designs are kept.
"$ownbench" run $quick --out=leaky --workload=storm --impl=list_walk,mutex_count --repetitions=3 \
	--events=none \
	>out 2>err || [ "$?" = 1 ] || fail "the sweep neither passed nor failed a check"
grep -Ev "list_walk: leaked: group|$of_machine" err && fail "another fault than a leak is reported"
jq -e '[.benchmarks[] | select(.run_name | test("storm/mutex_count")) | .items_per_second > 0] |
	length > 0 and all' leaky/benchmark.json >/dev/null || fail "mutex_count lost its figures"

# Google Benchmark's own options are accepted.
expect 0 "$ownbench" run --benchmark_list_tests --benchmark_filter='^share/mutex_count/.*groups:1/path:ops$'
[ "$(head -1 out)" = "share/mutex_count/threads:$(nproc)/devices:8/groups:1/path:ops" ] ||
	fail "--benchmark_list_tests lists other runs: $(head -1 out)"
expect 0 "$ownbench" run $quick --out=gb --workload=share --impl=mutex_count --threads=1 \
	--benchmark_out=gb.json --benchmark_repetitions=3 --benchmark_format=json
jq -e '.benchmarks | map(select(.run_type == "iteration")) | length == 3' gb.json >/dev/null ||
	fail "--benchmark_out lacks repetitions"
# With JSON or CSV, stdout has only that output, equal to the file's. Otherwise stdout has tables, and Google
# Benchmark's rows only on request.
cmp -s <(jq -S .benchmarks out) <(jq -S .benchmarks gb.json) || fail "the JSON on stdout differs from that of --benchmark_out: $(head -3 out)"
expect 0 "$ownbench" run $quick --out=csv --workload=share --impl=mutex_count --threads=1 --repetitions=2 --benchmark_format=csv
[ "$(grep -c '^"share/mutex_count/' out)" = 6 ] && [ "$(wc -l <out)" = 7 ] || fail "the CSV on stdout has other lines: $(cat out)"
expect 0 "$ownbench" run $quick --out=rows --workload=share --impl=mutex_count --threads=1 --repetitions=2 --benchmark_format=console
grep -q '^share/mutex_count/.*_median ' out && grep -Eq '^ >[0-9]+ +mutex_count ' out || fail "stdout lacks Google Benchmark's rows or the table: $(cat out)"
expect 0 "$ownbench" run $quick --out=tables --workload=share --impl=mutex_count --threads=1 --repetitions=2
grep -q '^share/mutex_count/' out && fail "stdout has rows of Google Benchmark that were not requested: $(cat out)"

# A run's name includes every parameter that changes the speed. Points that cannot be run are left out, and this is
# reported.
expect 0 "$ownbench" run $quick --out=named --workload=spread --impl='rcu_driver' --threads=2 \
	--groups=4 --devices=2 --hold=100 --gap=50 --zipf=1 --path=probe --repetitions=1
jq -e '[.benchmarks[].run_name] | length == 3 and all(
	test("/threads:2/devices:2/groups:4/path:probe/gap_ns:50/hold_ns:100/zipf:1$"))' \
	named/benchmark.json >/dev/null || fail "the runs' names lack parameters: $(jq -c '[.benchmarks[].run_name]' named/benchmark.json)"
expect 0 "$ownbench" run $quick --out=part --workload=share --impl=mutex_count --threads=1,4 \
	--devices=2 --repetitions=1
expect_line "1 points left out"
expect 0 "$ownbench" run $quick --out=real --workload=storm,share --impl=mutex_count --threads=2 \
	--topology="$source_dir/results/topologies/nuc-coffeelake.find.txt" --repetitions=1
jq -e '[.benchmarks[].run_name | test("/devices:5/groups:8/topology:nuc-coffeelake/path:(ops|probe)$")] | all' \
	real/benchmark.json >/dev/null || fail "the runs' names lack the topology"

# Runs may have more threads than CPUs.
expect 0 "$ownbench" run $quick --out=many --workload=share --impl=mutex_count,rcu_driver \
	--threads=64 --devices=64 --repetitions=1

# Hold times are respected: at 100 us per pair, only a small fraction of the rate remains.
pairs_per_second() { # $1 hold time in ns
	expect 0 "$ownbench" run $quick --out="hold$1" --workload=share --impl=ceiling --threads=1 \
		--hold="$1" --repetitions=1
	jq '.benchmarks[0].items_per_second' "hold$1/benchmark.json"
}
free=$(pairs_per_second 0)
held=$(pairs_per_second 100000)
jq -en --argjson free "$free" --argjson held "$held" '$held * 100 < $free' >/dev/null ||
	fail "the hold time is not respected: $held pairs/s with it, $free without"
finish
