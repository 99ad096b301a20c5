# SPDX-License-Identifier: MIT
# Sweeps and implementations compared: the words, the exit status, and what cannot be compared.
source "$(dirname "$0")/lib.sh" "$@"

run="--duration=0.01 --warmup=0.005 --workload=share --threads=1 --devices=8"
expect 0 "$ownbench" run $run --impl=ceiling,mutex_count,device_slots --repetitions=6 --out=measured
# That one is 20 times as fast as the other is not for the machine to say, which may be busy.
mkdir a
jq '(.benchmarks[] | select(.run_type == "iteration")) |=
	(({ceiling: 100, device_slots: 20, mutex_count: 1}[.run_name | split("/")[1]] * (1 + .repetition_index / 100)) as $times |
	.items_per_second = 2e7 * $times | .real_time = 50 / $times)' measured/benchmark.json >a/benchmark.json

expect 0 "$ownbench" compare a a
[ "$(grep -c ': no difference\|    no difference' out)" = 3 ] || fail "a sweep differs from itself: $(cat out)"

expect 0 "$ownbench" compare a mutex_count device_slots
grep -Eq 'device_slots against mutex_count: faster, [0-9.]+x \([0-9.]+x to [0-9.]+x\), p 0\.00' out ||
	fail "device_slots is not faster: $(cat out)"
expect 1 "$ownbench" compare --fail-if-slower=20 a device_slots mutex_count
expect 0 "$ownbench" compare --fail-if-slower=20 a mutex_count device_slots
expect 0 "$ownbench" compare --json a mutex_count device_slots
jq -e '.comparisons | length == 1 and .[0].ratio > 1 and .[0].low <= .[0].ratio and
	.[0].ratio <= .[0].high and .[0].slower_by == 0' out >/dev/null || fail "JSON: $(cat out)"
expect 0 "$ownbench" compare --filter=/device_slots/ a a
[ "$(grep -c repetitions out)" = 1 ] || fail "the filter"
grep -q 'not in the second' out && fail "what the filter leaves out is missed: $(cat out)"
expect 0 "$ownbench" compare --metric=real_time a mutex_count device_slots
grep -q 'against mutex_count: better, ' out || fail "less time is not better: $(cat out)"

# What failed is named, and so is what is too short.
expect 1 "$faulty" run $run --impl=faulty_leak,tested_mutex_count --repetitions=2 --out=failed
expect 0 "$ownbench" compare failed failed
grep -q 'not compared: faulty_leak: leaked' out || fail "a failed run is compared: $(cat out)"
grep -q '    no difference' out || fail "a run differs from itself: $(cat out)"
grep -q '%.* (range .* to .*), p .*, 2 and 2 repetitions' out || fail "two repetitions have an interval: $(cat out)"
expect 1 "$ownbench" compare --fail-if-slower=50 failed failed

# A single repetition is no ground to tell anything, but what is the same is no different.
for out in once again; do
	expect 0 "$ownbench" run $run --impl=ceiling,mutex_count --repetitions=1 --out=$out
done
expect 0 "$ownbench" compare once again
[ "$(grep -c 'too few repetitions' out)" = 2 ] || fail "one repetition is enough: $(cat out)"
grep ' to [-+0-9.]*[%x])' out && fail "one repetition has an interval"
expect 1 "$ownbench" compare --fail-if-slower=50 once again
cp -r once copy
expect 0 "$ownbench" compare --fail-if-slower=0 once copy
[ "$(grep -c '    no difference' out)" = 2 ] || fail "a sweep differs from its copy: $(cat out)"

# What did nothing in some repetitions, or in all, has no ratio, or an interval without end: not in words, and not in JSON.
# nothing REPETITIONS IMPL: that run of a, of which so many repetitions did nothing.
nothing()
{
	rm -rf still && cp -r a still
	jq --argjson nr "$1" --arg impl "/$2/" '(.benchmarks[] | select(.run_type == "iteration" and .repetition_index < $nr and
		(.run_name | contains($impl))) | .items_per_second) = 0' a/benchmark.json >still/benchmark.json
}
told()
{
	expect 0 "$ownbench" compare "$@"
	grep -Ewi -- '-?(nan|inf)(x|%)?' out && fail "no number: compare $*"
	expect 0 "$ownbench" compare --json "$@"
	jq -e '.comparisons | length > 0' out >/dev/null || fail "JSON: compare $*: $(cat out)"
	"$ownbench" compare "$@" >out
}
nothing 6 mutex_count
told a still
told still a
grep -Eq '    faster, .*[0-9] against 0, p' out || fail "more than nothing is not told: $(cat out)"
told still still
grep -q '    no difference, 0 against 0, p 1' out || fail "nothing is not nothing: $(cat out)"
nothing 3 mutex_count
told still mutex_count device_slots
grep -Eq 'x \([0-9.e+]+x at least\), p' out || fail "an interval with an end: $(cat out)"
nothing 3 ceiling
told a still
grep -q 'the noise has no bound: the ceiling' out || fail "the noise has a bound: $(cat out)"
# Of one sweep, which was interleaved, the ceiling's noise is all points' alike.
expect 0 "$ownbench" compare still mutex_count device_slots
grep -q 'the noise floor is 1.0%' out || fail "the noise floor of one sweep: $(cat out)"
told --metric=claims_per_second a a
told once again

# Without the ceiling nobody knows what came over the machine between two sweeps.
expect 0 "$ownbench" compare a once
grep -q 'what came over the machine' out && fail "the ceiling is missed: $(cat out)"
jq '.benchmarks |= map(select(.run_name | test("/ceiling/") | not))' a/benchmark.json >copy/benchmark.json
expect 0 "$ownbench" compare a copy
grep -q 'what came over the machine between them is not known' out || fail "no ceiling, and no word of it: $(cat out)"
expect 0 "$ownbench" compare --json a copy
jq -e .without_ceiling out >/dev/null || fail "no ceiling, and JSON does not tell: $(cat out)"

# What cannot be.
expect 2 "$ownbench" compare a
expect_line "two sweeps, or one and two implementations"
expect 2 "$ownbench" compare --filter='(' a a
expect_line "not a regular expression"
expect 2 "$ownbench" compare --fail-if-slower=much a a
expect 2 "$ownbench" compare a missing
expect_line "missing/benchmark.json"
expect 2 "$ownbench" compare a mutex_count nobody
expect_line "no point in common"
expect 2 "$ownbench" compare --metric=wings a a
expect_line 'no point has a metric "wings"'
mkdir torn && head -c 700 a/benchmark.json >torn/benchmark.json
expect 2 "$ownbench" compare a torn
expect_line "torn/benchmark.json:"
finish
