# SPDX-License-Identifier: MIT
# The workloads hotplug, query and phases: every run passes the audit, and plugs, queries and claims do occur.
source "$(dirname "$0")/lib.sh" "$@"

quick="--repetitions=1 --duration=0.1 --warmup=0.005"

for threads in 1 2 4; do
	for workload in hotplug query phases; do
		expect 0 "$ownbench" run $quick --workload=$workload --threads=$threads --out=$workload$threads
		jq -es 'length > 10 and all(.failure == null)' $workload$threads/runs.jsonl >/dev/null ||
			fail "$workload failed on $threads threads"
	done
	jq -es 'all([.threads[].tally.plugs] | add > 0)' hotplug$threads/runs.jsonl >/dev/null ||
		fail "no device was plugged"
	jq -es 'all([.threads[].tally.queries] | add > 0)' query$threads/runs.jsonl >/dev/null ||
		fail "no thread queried"
done
# Every thread both probes and claims. On a busy machine, a thread may get no CPU in one of the phases.
jq -es '[.[].threads[0,1].tally] | any(.pairs > 0 and .claims > 0)' phases2/runs.jsonl >/dev/null ||
	fail "a thread was in one phase only: $(jq -c '[.run.implementation, .threads[].tally]' phases2/runs.jsonl)"
jq -es 'all(.slices == null)' phases1/runs.jsonl >/dev/null || fail "slices of phases are set aside"
jq -es 'all([.threads[].tally | select(.queries > 0) | .pairs] | all(. == 0))' query2/runs.jsonl \
	>/dev/null || fail "a reader probes"
jq -e '.benchmarks | all(.queries_per_second >= 0)' query2/benchmark.json >/dev/null ||
	fail "benchmark.json has a wrong queries_per_second"

# The history contains the queries.
expect 0 "$ownbench" run $quick --workload=query --threads=2 --impl=mutex_count --check=history \
	--save-histories --out=history
grep -rqs '"claimed"' history || fail "the history has no query"

jq -es 'all(.query_unexplained == null)' history/runs.jsonl >/dev/null ||
	fail "a query under the lock is unexplained"

expect 2 "$ownbench" run --plugs=1.5
expect_line "--plugs"
expect 2 "$ownbench" run --readers=x
expect_line "--readers"
expect 2 "$ownbench" run --claims=0.7 --plugs=0.7
expect_line "--claims"
finish
