# SPDX-License-Identifier: MIT
# ownbench compare: the wording, the exit status, and what cannot be compared.
source "$(dirname "$0")/lib.sh" "$@"

run="--duration=0.01 --warmup=0.005 --workload=share --threads=1 --devices=8"
expect 0 "$ownbench" run $run --impl=ceiling,mutex_count,device_slots --repetitions=6 --out=measured
# made DIR FILTER: makes a sweep by applying FILTER to the records of the measured sweep, so that comparisons do not
# depend on the machine's load.
made()
{
	rm -rf "$1" && cp -r measured "$1"
	jq -c "$2" measured/runs.jsonl >"$1/runs.jsonl"
}
rates='({ceiling: 100, device_slots: 20, mutex_count: 1}[.run.implementation] * (1 + .round / 100)) as $times |
	.metrics.items_per_second = 2e7 * $times | .metrics.probe_p50_ns = 50 / $times'
made a "$rates"

expect 0 "$ownbench" compare a a
[ "$(grep -c ': no difference$' out)" = 3 ] || fail "a sweep differs from itself: $(cat out)"
expect 0 "$ownbench" compare a mutex_count device_slots
grep -Eq '^    device_slots against mutex_count: 20\.0× \(20\.0 to 20\.0×\), 4[0-9]+ M against 2[0-9.]+ M, 6 rounds: faster$' out ||
	fail "device_slots is not faster: $(cat out)"
expect 1 "$ownbench" compare --fail-if-slower=20 a device_slots mutex_count
expect 0 "$ownbench" compare --fail-if-slower=20 a mutex_count device_slots
expect 0 "$ownbench" compare --json a mutex_count device_slots
jq -e '.comparisons | length == 1 and .[0].ratio == 20 and .[0].told == "faster" and .[0].slower_by == 0 and
	.[0].coverage == 0.96875 and .[0].b.implementation == "device_slots"' out >/dev/null || fail "compare --json has another result: $(cat out)"
expect 0 "$ownbench" compare --filter=/device_slots/ a a
[ "$(grep -c ' rounds' out)" = 1 ] || fail "--filter has no effect"
grep -q 'not in the second' out && fail "a run that the filter excludes is reported as missing: $(cat out)"
expect 0 "$ownbench" compare --metric=probe_p50_ns a mutex_count device_slots
grep -Eq ': 20\.0× .*: faster$' out || fail "less time is not faster: $(cat out)"

# A pair's figures equal those of the report, digit for digit.
expect 0 "$ownbench" report --format=json -o report.json a
[ "$(jq -r '.sweeps[0].points[0].results[] | select(.implementation == "device_slots") | .to_baseline | "\(.text) (\(.interval))"' report.json)" \
	= '20.0× (20.0 to 20.0×)' ] || fail "the report has other figures: $(cat report.json)"

# A wide interval must not be reported as "no difference", but as not resolved.
made wide "$rates | .metrics.items_per_second *= (if .run.implementation == \"device_slots\" then [1, 3, 0.5][.round % 3] else 1 end)"
expect 0 "$ownbench" compare --filter=/device_slots/ a wide
grep -Eq ': cannot tell: differences below [0-9]+% are not resolved here; about [0-9]+ more rounds would resolve 5%$' out ||
	fail "not reported as not resolved: $(cat out)"
expect 0 "$ownbench" compare --fail-if-slower=5 --filter=/device_slots/ a wide

# Failed runs, and runs with too few rounds, are named.
expect 1 "$faulty" run $run --impl=faulty_leak,mutex_count --repetitions=2 --out=failed
expect 0 "$ownbench" compare failed failed
grep -q 'faulty_leak: not compared: faulty_leak: leaked' out || fail "a failed run is compared: $(cat out)"
expect 1 "$ownbench" compare --fail-if-slower=50 failed failed
made once "select(.round == 0) | $rates"
made again "select(.round == 0) | $rates | .metrics.items_per_second *= 1.5"
expect 0 "$ownbench" compare once again
[ "$(grep -c ': too few rounds to tell: [0-9]* more are needed$' out)" = 3 ] || fail "one round counts as enough: $(cat out)"
grep ' to [-+0-9.]*×)' out && fail "one round has an interval"
expect 1 "$ownbench" compare --fail-if-slower=50 once again

# If a run did nothing in some rounds or in all, its interval is unbounded or it has no ratio. Neither text nor JSON has
# a value that is not finite. nothing ROUNDS IMPL: sets the rate of that run to 0 in its first ROUNDS rounds.
nothing()
{
	made still "$rates | if .round < $1 and .run.implementation == \"$2\" then .metrics.items_per_second = 0 else . end"
}
told()
{
	expect 0 "$ownbench" compare "$@"
	grep -Ewi -- '-?(nan|inf)(x|%|×)?' out && fail "the output has a value that is not finite: compare $*"
	expect 0 "$ownbench" compare --json "$@"
	jq -e '.comparisons | length > 0' out >/dev/null || fail "compare --json $* compares nothing: $(cat out)"
	"$ownbench" compare "$@" >out
}
nothing 6 mutex_count
told a still
grep -Eq '    mutex_count: .*: slower$' out || fail "a rate of 0 is not reported as slower: $(cat out)"
told still a
grep -Eq '    mutex_count: .* against 0, .*: faster$' out || fail "a rate above 0 is not reported as faster than 0: $(cat out)"
told still still
nothing 3 mutex_count
told still mutex_count device_slots
grep -Eq '\([0-9.e+]+× at least\)' out || fail "the interval has an upper end: $(cat out)"
nothing 3 ceiling
told a still
told --metric=claims_per_second a a
told once again

# Without the ceiling, a change of the machine between two sweeps cannot be detected.
expect 0 "$ownbench" compare a wide
grep -q 'a change of the machine' out && fail "the ceiling is reported as missing: $(cat out)"
made bare "select(.run.implementation != \"ceiling\") | $rates | .metrics.items_per_second *= 1.01"
expect 0 "$ownbench" compare a bare
grep -q 'a change of the machine cannot be distinguished from a change of the design' out || fail "the missing ceiling is not reported: $(cat out)"
grep -q '^1 runs of the first sweep are not in the second$' out || fail "the missing run is not reported: $(cat out)"
expect 0 "$ownbench" compare --json a bare
jq -e .without_ceiling out >/dev/null || fail "JSON does not report the missing ceiling: $(cat out)"

# Invalid arguments are reported.
expect 2 "$ownbench" compare a
expect_line "missing arguments: two sweeps, or a sweep and two implementations"
expect 2 "$ownbench" compare --filter='(' a a
expect_line "must be a POSIX extended regular expression"
expect 2 "$ownbench" compare --fail-if-slower=much a a
expect 2 "$ownbench" compare a missing
expect_line "missing"
expect 2 "$ownbench" compare a mutex_count nobody
expect_line "mutex_count and nobody were not measured at the same point"
expect 2 "$ownbench" compare --metric=wings a a
expect_line 'no run has a metric "wings"'
cp -r a torn && sed -i '2s/.*/{"run":/' torn/runs.jsonl
expect 2 "$ownbench" compare a torn
expect_line "torn/runs.jsonl:"
finish
