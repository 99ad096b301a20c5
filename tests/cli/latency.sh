# SPDX-License-Identifier: MIT
# Latencies of single operations: which operations are timed, the order of percentiles, and users that claim at a
# rate.
source "$(dirname "$0")/lib.sh" "$@"

run="--duration=0.05 --warmup=0.01 --repetitions=1 --devices=4 --groups=1 --events=none"
three="--workload=share,busy,takeover --threads=1,2 --impl=mutex_count,device_slots"

# Each thread takes at least one step in its window, so --latency=1 records at least one latency.
expect 0 "$ownbench" run $run --latency=1 $three --out=all
sed -n '/^ time of refused /,/^$/p' out | grep -Eq '^ mutex_count( +[0-9.e-]+ (ns|µs|ms|s)){5}$' || fail "no latencies in the table: $(cat out)"
jq -e '[.benchmarks[] | select(.run_type == "iteration")] | length == 12 and all(.run_name | test("/latency:1$"))' \
	all/benchmark.json >/dev/null || fail "a run's name lacks latency:1"
jq -e '[.benchmarks[] | select(.run_type == "iteration") | . as $b |
	("probe", "remove", "refused", "claim_granted", "claim_refused", "release") | select($b[. + "_p50_ns"]) |
	[$b[. + "_p50_ns", . + "_p90_ns", . + "_p99_ns", . + "_p999_ns", . + "_max_ns"]] |
	. == sort and .[0] >= 0] | length >= 12 and all' all/benchmark.json >/dev/null || fail "percentiles are missing or not in order"
# A refused probe does not count as a probe, and share has no claims.
jq -es 'map(select(.run.workload == "busy") | .latency | has("refused") and (has("probe") or has("remove") | not)) |
	length == 4 and all' all/runs.jsonl >/dev/null || fail "busy has latencies of other operations than refused probes"
jq -es 'map(select(.run.workload == "share") | .latency | has("probe") and has("remove") and (has("claim_granted") or has("claim_refused") | not)) |
	length == 4 and all' all/runs.jsonl >/dev/null || fail "share lacks latencies of probes or removes, or has some of claims"
jq -es 'map(select(.run.workload == "share") | .latency.probe.count == ([.threads[].tally.pairs] | add)) | all' \
	all/runs.jsonl >/dev/null || fail "not every step was timed: $(jq -c '[.latency.probe.count, .threads[].tally.pairs]' all/runs.jsonl)"
jq -es 'map(.latency | to_entries[] | select(.value | type == "object") | .value |
	(.count == ([.buckets[][1]] | add)) and (.max_ns >= .buckets[-1][0])) | length >= 12 and all' all/runs.jsonl \
	>/dev/null || fail "the histograms do not add up"

# Every 101st step is timed, so of n steps of a thread n/101 are timed, give or take one.
expect 0 "$ownbench" run $run --latency=101 $three --duration=0.3 --out=some
jq -es 'map(select(.run.workload == "share") |
	((.latency.probe.count // 0) * 101 - ([.threads[].tally.pairs] | add) | fabs) <= 101 * (.threads | length)) |
	length == 4 and all' some/runs.jsonl >/dev/null ||
	fail "more or less than one step in 101 was timed: $(jq -c '[.latency.probe.count, .threads[].tally.pairs]' some/runs.jsonl)"

# Plots latencies by percentile from runs.jsonl, for two threads if there are two CPUs.
if command -v gnuplot >/dev/null; then
	expect 0 "$ownbench" plot some
	for name in share-latency-probe share-latency-remove busy-latency-refused takeover-latency-claim_granted; do
		grep -qx "some/plots/$name.svg" out || fail "the picture $name is missing: $(cat out)"
		for text in mutex_count device_slots percentile 99.9 "latency 101"; do
			grep -qF "$text" "some/plots/$name.svg" || fail "$name.svg does not say $text"
		done
	done
	grep -q 'busy-latency-probe' out && fail "refused probes are drawn as probes"
	# Each curve ascends from the minimum latency, which all samples reach, to the maximum, which one sample
	# reaches.
	curves_ascend() {
		awk '/^"/ {name = $1; share = 1; ns = 0; next}
			NF == 2 {if ($1 < share || $2 < ns) exit 1; share = $1; ns = $2; curves[name] = $1}
			END {for (name in curves) {if (curves[name] < 2) exit 1; nr++} exit nr != 2}' "$1" ||
			fail "the percentiles are not in order: $(cat "$1")"
	}
	curves_ascend some/plots/share-latency-probe.dat
	# The middle of the last bucket would exceed the maximum, and so would the rounded maximum.
	mkdir long && cp -r some/*.json* long
	jq -c '(.latency | objects | .probe | objects) |= (.max_ns = 8039905 | .buckets = [[7864320, .count]])' some/runs.jsonl >long/runs.jsonl
	expect 0 "$ownbench" plot long
	curves_ascend long/plots/share-latency-probe.dat
	most=$(jq -s '[.[] | select(.run | .workload == "share" and .implementation == "mutex_count" and .threads == 2) | .latency.probe.max_ns] | max' some/runs.jsonl)
	one=$(jq -s '[.[] | select(.run | .workload == "share" and .implementation == "mutex_count" and .threads == 1) | .latency.probe.max_ns] | max' some/runs.jsonl)
	last=$(awk '/^"/ {name = $1} name == "\"mutex_count\"" && NF == 2 {last = $2} END {print last}' \
		some/plots/share-latency-probe.dat)
	[ "$last" = "$most" ] || [ "$last" = "$one" ] || fail "the curve of mutex_count ends at $last, not at $most"
fi

# The hold time is not part of an operation, although it is almost the whole time of a pair.
expect 0 "$ownbench" run $run --latency=1 --hold=1000000 --workload=share --threads=1 --impl=device_slots --out=hold
jq -e '.benchmarks[0] | .probe_p50_ns < .real_time / 2' hold/benchmark.json >/dev/null ||
	fail "a probe includes its hold time: $(jq -c '.benchmarks[0]' hold/benchmark.json)"

# With --claim-every, one user claims, and no other thread does.
expect 0 "$ownbench" run $run --claim-every=1 --workload=takeover --threads=2 --impl=mutex_count --out=rate
jq -es '.[0] | .threads[1].tally as $t | .latency | (has("probe") | not) and
	(.claim_granted.count // 0) == $t.claims and (.claim_refused.count // 0) == $t.claims_refused and
	(.claim_success.count // 0) == $t.claims and (.release.count // 0) == $t.claims' rate/runs.jsonl >/dev/null ||
	fail "claims do not add up: $(jq -c '[.latency, .threads[].tally]' rate/runs.jsonl)"
jq -es '.[0].threads | .[0].tally.claims == 0 and .[1].tally.pairs == 0' rate/runs.jsonl >/dev/null ||
	fail "the user probes, or another thread claims"
# When the window closes, the user may or may not have a pending claim.
jq -e '.benchmarks[0].claims_unsuccessful | IN(0, 1)' rate/benchmark.json >/dev/null || fail "claims_unsuccessful is neither 0 nor 1"

# Fairness leaves out the user and the readers, however many other threads there are.
jq -e '[.benchmarks[] | select(.run_type == "iteration")] | length == 1 and
	all(.fairness == 1 and .slowest_of_fastest == 1)' rate/benchmark.json >/dev/null || fail "the user counts as slow"
expect 0 "$ownbench" run $run --workload=query,busy,share --threads=2,3 --impl=mutex_count --out=fair
jq -e '[.benchmarks[] | select(.run_type == "iteration")] | length == 6 and
	all(.fairness > 0 and .fairness <= 1.000001 and .slowest_of_fastest >= 0 and .slowest_of_fastest <= 1)' \
	fair/benchmark.json >/dev/null || fail "fairness or slowest_of_fastest is out of range"
jq -es 'map(select(.run | .workload == "query" and .threads == 2).metrics)[0] | .fairness == 1 and .slowest_of_fastest == 1' fair/runs.jsonl \
	>/dev/null || fail "a reader counts as slow"
jq -es 'map(select(.run | .workload == "busy" and .threads == 2) | .metrics.slowest_of_fastest -
		([.threads[] | .counted_tally.refused / .counted_ns] | min / max)) |
	length == 1 and all(fabs < 1e-6)' fair/runs.jsonl >/dev/null || fail "slowest_of_fastest of busy does not follow from the refusals"

# Options that would measure nothing are errors. Points that were not requested by name are left out without an error.
expect 2 "$ownbench" run --latency=101 --workload=share,storm
expect_line "--latency cannot be combined with --workload=storm"
expect 2 "$ownbench" run --claim-every=1000 --workload=storm
expect_line "--claim-every cannot be combined with --workload=storm"
expect 2 "$ownbench" run --claim-every=1000 --workload=takeover --threads=2,1
expect_line "--claim-every with --threads=1: the one thread is the user"
expect 0 "$ownbench" run --claim-every=1000 --workload=share --plan
grep -q '/threads:1/' out && fail "a user alone is in the plan: $(cat out)"
expect_line "points with one thread left out"

expect 2 "$ownbench" run --latency=0
expect_line "latency"
expect 2 "$ownbench" run --claim-every=often
expect_line "claim-every"
expect 2 "$ownbench" run --latency=101 --check=witness
expect_line "cannot be combined with --check"
finish
