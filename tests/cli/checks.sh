# SPDX-License-Identifier: MIT
# Runs that fail: each reports its reason, is not ranked, and does not affect other runs.
source "$(dirname "$0")/lib.sh" "$@"

quick="--duration=0.02 --warmup=0.01 --repetitions=1 --workload=share --threads=2"

expect 1 "$faulty" run $quick --timeout=10 --out=all
for line in "faulty_segv/threads:2/devices:8/groups:1/path:ops: crashed: SIGSEGV" \
	"faulty_hang/threads:2/devices:8/groups:1/path:ops: hung: a thread waits, and nothing wakes it up" \
	"faulty_leak: leaked: group 0 is still owned after its last release" \
	"faulty_miscount: lost count: "; do
	grep -qF "$line" err || fail "the failure is not reported: $line"
done
[ "$(grep "^ownbench run: " err | grep -vc "^ownbench run: events: ")" = 4 ] || { fail "stderr does not have four failures"; cat err; }
grep -Eq '^ +2 threads:$' err && grep -Eq '^ +hang_use +hang.c:[0-9]+' err || { fail "stderr does not show where the run hung"; cat err; }
jq -e '[.benchmarks[] | select(.error_occurred)] | length == 4' all/benchmark.json >/dev/null ||
	fail "the failures are not in benchmark.json"
jq -e '.benchmarks[] | select(.run_name | test("mutex_count")) | .items_per_second > 0' \
	all/benchmark.json >/dev/null || fail "the sweep did not continue"
jq -es 'map(select(.failure)) | length == 4' all/runs.jsonl >/dev/null || fail "runs.jsonl does not have four failures"
sed -n '/not ranked/,$p' out | grep -q faulty_segv || fail "the table ranks a failed run"

# A failed repetition ends its run. Other runs keep all their repetitions.
FAULTY_ONCE=$PWD/once expect 1 "$faulty" run ${quick/repetitions=1/repetitions=3} --out=first \
	--impl=faulty_once,mutex_count
jq -e '[.benchmarks[] | select(.run_name | test("faulty_once"))] | map(.run_type) == ["iteration"] and
	map(.error_occurred) == [true]' first/benchmark.json >/dev/null || fail "not one failed repetition, or aggregates beside it"
jq -es 'map(select(.run.implementation == "mutex_count").round) == [0, 1, 2]' first/runs.jsonl >/dev/null ||
	fail "the other implementation lost a round"
jq -e '[.benchmarks[] | select(.run_name | test("mutex_count")) | .run_type] | unique | length == 2' \
	first/benchmark.json >/dev/null || fail "the other implementation has no aggregates"

# The witness catches both negative controls, and names the implementation, the group and its owners.
for control in busted_unlocked_check busted_viability_walk; do
	once_in 200 '[ $got = 1 ]' "$ownbench" run --duration=0.3 --repetitions=1 --workload=takeover --threads=2 \
		--check=witness --impl="$control" --out="$control" || continue
	expect_line "$control: conflicting owners of group 0: "
	grep -Eq 'user [0-9]+|drivers' err || fail "$control: owners are not named"
done

# The witness finds nothing in correct designs.
expect 0 "$ownbench" run --duration=0.5 --repetitions=1 --workload=takeover,share --threads=2 \
	--check=witness --impl=mutex_count,rcu_driver --out=right
finish
