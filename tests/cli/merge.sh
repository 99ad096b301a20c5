# SPDX-License-Identifier: MIT
# ownbench merge: combines sweeps of several machines so that report, compare and plot can read them, and refuses
# anything that is not a complete sweep.
source "$(dirname "$0")/lib.sh" "$@"

sweep="--workload=share,busy --threads=1,2 --impl=ceiling,mutex_count,packed_cas --duration=0.01 --warmup=0.005
	--repetitions=4 --events=none --latency=101"
expect 0 "$ownbench" run $sweep --out=one
expect 0 "$ownbench" run $sweep --out=two
echo '{"implementations": [{"name": "mutex_count", "declared": "exact", "found": "exact"}]}' >two/verify.json

expect 0 "$ownbench" merge both one other=two/
[ "$(cat out)" = both ] || fail "does not print the directory: $(cat out)"
# The merged sweep has exactly the runs of both sweeps, each labelled with its machine's name.
jq -r '.benchmarks[] | .name' one/benchmark.json | sed -E 's|(_[a-z]+)?$|/machine:one\1|' >wanted
jq -r '.benchmarks[] | .name' two/benchmark.json | sed -E 's|(_[a-z]+)?$|/machine:other\1|' >>wanted
jq -r '.benchmarks[] | .name' both/benchmark.json >found
cmp -s wanted found || fail "runs are missing or have other names: $(diff wanted found | head -n 4)"
jq -e '[.benchmarks[] | .run_name as $n | .name | startswith($n)] | all' both/benchmark.json >/dev/null ||
	fail "an entry's name does not begin with its run's name"
jq -e -n --slurpfile a one/benchmark.json --slurpfile b two/benchmark.json --slurpfile both both/benchmark.json \
	'def figures: map(del(.name, .run_name, .family_index)); ($both[0].benchmarks | figures) ==
	(($a[0].benchmarks | figures) + ($b[0].benchmarks | figures))' >/dev/null || fail "a figure has changed"
jq -e '[.benchmarks[] | {family_index, m: (.run_name | split(":")[-1])}] | unique | group_by(.family_index) |
	all(length == 1)' both/benchmark.json >/dev/null || fail "runs of two machines are in one family"
jq -es '[.[].run.machine] | length > 0 and all(. == "one" or . == "other")' both/runs.jsonl >/dev/null || fail "runs.jsonl has a run without its machine"
jq -es 'map(del(.run.machine))' both/runs.jsonl >found
jq -es . <(cat one/runs.jsonl two/runs.jsonl) | cmp -s - found || fail "runs.jsonl does not hold both sweeps"
jq -e -n --slurpfile a one/sweep.json --slurpfile both both/sweep.json \
	'$both[0].format == 2 and $both[0].machines.one == $a[0]' >/dev/null || fail "sweep.json lacks a machine's settings"
[ "$(wc -l <both/runs.jsonl)" = "$(cat one/runs.jsonl two/runs.jsonl | wc -l)" ] || fail "runs.jsonl does not hold both sweeps"
jq -e -n --slurpfile a one/environment.json --slurpfile both both/environment.json \
	'$both[0].machines.one == $a[0] and ($both[0].machines | keys_unsorted) == ["one", "other"]' >/dev/null ||
	fail "environment.json lacks a machine's environment"
for file in sweep.json benchmark.json runs.jsonl environment.json command verify.json; do
	cmp -s "two/$file" "both/machines/other/$file" || fail "machines/other/$file is not two/$file"
done

# Runs of different machines are compared only if they are named.
expect 0 "$ownbench" compare both mutex_count packed_cas
[ "$(grep -c '^share, .*, machine \(one\|other\); ' out)" = 4 ] || fail "compare does not compare each machine separately: $(cat out)"
expect 0 "$ownbench" compare both/machines/one both/machines/other
expect 0 "$ownbench" compare both both
grep -q ', machine other; ' out || fail "compare of two merged sweeps differs: $(cat out)"
expect 0 "$ownbench" report both
expect 0 "$ownbench" report --format=json both
jq -e '[.sweeps[] | .label] == ["one", "other"] and (.machines | length) == 2 and (.machines | all(.name | test("^(one|other): ")))' \
	both/report.json >/dev/null || fail "the report does not show both machines: $(jq -c .machines both/report.json | head -c 300)"
expect 0 "$ownbench" report --format=csv both
cut -d, -f1 both/report.csv | sort -u | grep -qx 'both/machines/other' || fail "report.csv lacks the lines of a machine"
if command -v gnuplot >/dev/null; then
	expect 0 "$ownbench" plot both
	for machine in one other; do
		grep -q "measured on $machine: " "both/plots/share-threads-$machine.svg" || fail "the picture of $machine is missing"
		grep -q "measured on $machine: " "both/plots/share-latency-probe-$machine.svg" || fail "the picture of latencies of $machine is missing"
		grep -q "CPU" "both/plots/share-threads-$machine.svg" || fail "the picture does not show the CPUs of $machine"
	done
fi

# Nothing is overwritten, and a refused merge leaves no files.
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
	[ -z "$(find . -maxdepth 1 -name 'new*')" ] || fail "files are left: $(ls)"
}
refused_with 1 "both already exists" both one two
refused "one is given twice" new one one
refused "./one is given twice" new one again=./one
refused "one and two are both named one: rename one, as in other=two" new one one=two
refused "\"a b\" is not a valid machine name" new one "a b=two"
refused "\"\" is not a valid machine name" new =one
refused "\"..\" is not a valid machine name" new ..=one
refused "both is a merged sweep" new both
refused "cannot read nowhere/sweep.json: No such file or directory" new one nowhere
mkdir former && echo '{}' >former/benchmark.json
echo '{"build": {"version": "0.1.0", "commit": "abc"}}' >former/environment.json
refused "former is a sweep of format 1, written by ownbench 0.1.0 (commit abc): this version reads format 2" new one former
refused_with 1 "cannot make directory nowhere/new" nowhere/new one two
cp -r one copy
refused "one and copy contain the same repetition: round 0 of " new one copy
head -1 one/runs.jsonl >>copy/runs.jsonl
refused "copy/runs.jsonl: round 0 of " new copy
: >copy/runs.jsonl
refused "copy: nothing was measured, so there is nothing to merge" new copy two
echo '{"no": "run"}' >copy/runs.jsonl
refused 'copy/runs.jsonl:1: not a record of a repetition: no object "run"' new two copy
head -1 one/runs.jsonl >copy/runs.jsonl
echo '{"benchmarks": [' >copy/benchmark.json
refused "copy/benchmark.json:2: not JSON" new two copy
cp one/benchmark.json copy/
printf '{"ru' >>copy/runs.jsonl
expect 0 "$ownbench" merge torn copy
[ "$(jq -r .run.machine torn/runs.jsonl)" = copy ] || fail "a torn last line is not ignored: $(cat torn/runs.jsonl)"
expect 2 "$ownbench" run --resume=both
expect_line "both is a merged sweep: it cannot be resumed"

expect 2 "$ownbench" merge
expect_line "missing arguments: the new directory and the sweeps; for example: ownbench merge"
expect 2 "$ownbench" merge new
expect_line "missing arguments: the directories of the sweeps"
finish
