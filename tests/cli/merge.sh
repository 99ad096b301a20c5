# SPDX-License-Identifier: MIT
# merge: sweeps of several machines as one, which report, compare and plot read; what is no sweep of its own is refused.
source "$(dirname "$0")/lib.sh" "$@"

sweep="--workload=share,busy --threads=1,2 --impl=ceiling,mutex_count,packed_cas --duration=0.01 --warmup=0.005
	--repetitions=4 --events=none --latency=101"
expect 0 "$ownbench" run $sweep --out=one
expect 0 "$ownbench" run $sweep --out=two
echo '{"implementations": [{"name": "mutex_count", "declared": "exact", "found": "exact"}]}' >two/verify.json

expect 0 "$ownbench" merge both one other=two/
[ "$(cat out)" = both ] || fail "does not print the directory: $(cat out)"
# Every run of both is in it, under its machine's name, and nothing else.
jq -r '.benchmarks[] | .name' one/benchmark.json | sed -E 's|(_[a-z]+)?$|/machine:one\1|' >wanted
jq -r '.benchmarks[] | .name' two/benchmark.json | sed -E 's|(_[a-z]+)?$|/machine:other\1|' >>wanted
jq -r '.benchmarks[] | .name' both/benchmark.json | sed -E 's|latency:101(_[a-z]+)/machine|latency:101/machine|' >found
cmp -s wanted found || fail "the names of the runs: $(diff wanted found | head -n 4)"
jq -e '[.benchmarks[] | .run_name as $n | .name | startswith($n)] | all' both/benchmark.json >/dev/null ||
	fail "a name is not its run's"
jq -e -n --slurpfile a one/benchmark.json --slurpfile b two/benchmark.json --slurpfile both both/benchmark.json \
	'def figures: map(del(.name, .run_name, .family_index)); ($both[0].benchmarks | figures) ==
	(($a[0].benchmarks | figures) + ($b[0].benchmarks | figures))' >/dev/null || fail "a figure has changed"
jq -e '[.benchmarks[] | {family_index, m: (.run_name | split(":")[-1])}] | unique | group_by(.family_index) |
	all(length == 1)' both/benchmark.json >/dev/null || fail "two machines' runs are of one family"
[ "$(jq -r .run both/runs.jsonl | sort -u | grep -c '/latency:101/machine:\(one\|other\)$')" = 24 ] || fail "runs.jsonl"
[ "$(wc -l <both/runs.jsonl)" = "$(cat one/runs.jsonl two/runs.jsonl | wc -l)" ] || fail "runs.jsonl is not of both"
jq -e -n --slurpfile a one/environment.json --slurpfile both both/environment.json \
	'$both[0].machines.one == $a[0] and ($both[0].machines | keys_unsorted) == ["one", "other"]' >/dev/null ||
	fail "the machines' environments"
for file in benchmark.json runs.jsonl environment.json command arguments.json verify.json; do
	cmp -s "two/$file" "both/machines/other/$file" || fail "machines/other/$file is not two/$file"
done

# Machines are held against each other by name only.
expect 0 "$ownbench" compare both mutex_count packed_cas
[ "$(grep -c '^share/.*/machine:\(one\|other\)$' out)" = 4 ] || fail "compare: not each machine for itself: $(cat out)"
expect 0 "$ownbench" compare both/machines/one both/machines/other
expect 0 "$ownbench" compare both both
grep -q '/machine:other$' out || fail "compare of two merged sweeps: $(cat out)"
expect 0 "$ownbench" report both
for text in 'one: ' 'other: ' 'id="f-m"'; do
	grep -qF "$text" both/report.html || fail "the report does not show both machines: $text"
done
expect 0 "$ownbench" report --format=csv both
cut -d, -f1 both/report.csv | sort -u | grep -qx 'both/machines/other' || fail "the lines of a machine"
if command -v gnuplot >/dev/null; then
	expect 0 "$ownbench" plot both
	for machine in one other; do
		grep -q "machine:$machine" "both/plots/share-threads-$machine.svg" || fail "no picture of $machine"
		grep -q "machine:$machine" "both/plots/share-latency-probe-$machine.svg" || fail "no latencies of $machine"
		grep -q "CPU" "both/plots/share-threads-$machine.svg" || fail "the picture does not tell $machine's CPUs"
	done
fi

# Nothing is overwritten; what is refused leaves nothing.
refused()
{
	refused_with 2 "$@"
}
refused_with()
{
	local status=$1 text=$2
	shift 2
	expect "$status" "$ownbench" merge "$@"
	expect_line "$text"
	[ -z "$(find . -maxdepth 1 -name 'new*')" ] || fail "something is left: $(ls)"
}
refused_with 1 "both is there already" both one two
refused "one is given twice" new one one
refused "./one is given twice" new one again=./one
refused "one and two are both named one: give one another name, as in other=two" new one one=two
refused "\"a b\" is no name for a machine" new one "a b=two"
refused "\"\" is no name for a machine" new =one
refused "\"..\" is no name for a machine" new ..=one
refused "both is merged already" new both
refused "cannot read nowhere/benchmark.json: No such file or directory" new one nowhere
refused_with 1 "cannot make directory nowhere/new" nowhere/new one two
cp -r one copy
refused "one and copy hold the same run: repetition 0 of " new one copy
jq '.benchmarks |= . + [.[0] | .items_per_second += 1]' one/benchmark.json >copy/benchmark.json
refused "copy/benchmark.json: repetition " new copy
echo '{"benchmarks": []}' >copy/benchmark.json
refused "copy: nothing was measured, so there is nothing to merge" new copy two
echo '{"benchmarks": [' >copy/benchmark.json
refused "copy/benchmark.json:2: not JSON" new two copy
cp one/benchmark.json copy/
echo '{"no": "run"}' >copy/runs.jsonl
refused 'copy/runs.jsonl:1: not a run: no text "run" in it' new two copy
printf '{"run": "a"}\n{"ru' >copy/runs.jsonl
expect 0 "$ownbench" merge torn copy
[ "$(cat torn/runs.jsonl)" = '{"run":"a/machine:copy"}' ] || fail "a torn last line: $(cat torn/runs.jsonl)"

expect 2 "$ownbench" merge
expect_line "the new directory and the sweeps are missing, as in: ownbench merge"
expect 2 "$ownbench" merge new
expect_line "the directories of the sweeps are missing"
finish
