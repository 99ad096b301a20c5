# SPDX-License-Identifier: MIT
# Placing memory on NUMA nodes of this machine, and of a machine made up with hwloc.
source "$(dirname "$0")/lib.sh" "$@"

run="run --duration=0.02 --warmup=0.005 --repetitions=1 --events=none --impl=mutex_count,snzi --threads=2"
node=$(cd /sys/devices/system/node 2>/dev/null && ls -d node[0-9]* | head -1)
node=${node#node}
node=${node:-0}
nodes=$(ls -d /sys/devices/system/node/node[0-9]* 2>/dev/null | wc -l)

# placed POLICY DIR: checks that each run has the policy in its name, passes, and records the nodes of its memory.
placed()
{
	jq -e --arg policy "$1" '.context.memory == $policy and ([.benchmarks[] | select(.run_type == "iteration")] |
		length > 0 and all((.error_occurred | not) and .items_per_second > 0 and
			(.name | endswith("/memory:" + $policy))))' "$2/benchmark.json" >/dev/null ||
		fail "a run with --memory=$1 failed or lacks the policy: $(jq -c .context,.benchmarks "$2/benchmark.json")"
}

for policy in local interleave node:$node; do
	expect 0 "$ownbench" $run --workload=share,takeover,storm --groups=4 --devices=8 --memory=$policy --out=$policy
	placed $policy $policy
	[ "$nodes" -gt 1 ] || expect_line "--memory=$policy has no effect: this machine has only one NUMA node"
	[ "$nodes" -gt 1 ] && [ $policy != interleave ] &&
		{ jq -es 'map(.memory_nodes | (. == null) or test("^[0-9]+$")) | all' $policy/runs.jsonl >/dev/null ||
			fail "a run with --memory=$policy has memory on several nodes: $(jq -c .memory_nodes $policy/runs.jsonl)"; }
done
expect 0 "$ownbench" $run --workload=share --memory=local --pin=none --out=unbound
placed local unbound
expect 0 "$ownbench" $run --workload=share --out=kernel
jq -e '.context.memory == "kernel"' kernel/benchmark.json >/dev/null || fail "no policy in the context"
grep -q memory: kernel/benchmark.json && fail "a run without a policy is named by one"

# hwloc reports two nodes, but this machine's kernel has only node 0.
two=(env HWLOC_THISSYSTEM=1 "HWLOC_SYNTHETIC=numa:2 pu:1")
got=0
"${two[@]}" "$ownbench" $run --workload=spread --groups=1000 --pin=none --memory=node:0 --out=first >out 2>err || got=$?
if grep -Eq 'requested NUMA nodes: (Operation not permitted|Function not implemented)' err; then
	echo "the kernel lets nobody place memory here: not tested" >&2
elif [ "$node" = 0 ]; then
	[ $got = 0 ] || { fail "--memory=node:0 with two nodes: exit status $got"; cat err >&2; }
	placed node:0 first
	jq -es 'map(.memory_nodes == "0") | length == 2 and all' first/runs.jsonl >/dev/null ||
		fail "the memory is not on node 0: $(jq -c .memory_nodes first/runs.jsonl)"
	expect 0 "${two[@]}" "$ownbench" $run --workload=share --pin=none --memory=interleave --out=both
	placed interleave both
	# The policy local places memory by thread: the first thread's groups are on its node, and the second thread's
	# are requested from the other node.
	expect 0 "${two[@]}" "$ownbench" $run --workload=spread --groups=100 --devices=1 --threads=1 --memory=local --out=own
	placed local own
	jq -es 'map(.memory_nodes == "0") | all' own/runs.jsonl >/dev/null ||
		fail "one thread's groups are not on its node: $(jq -c .memory_nodes own/runs.jsonl)"
	if [ "$nodes" -le 1 ] && [ "$(nproc)" -gt 1 ]; then
		expect 1 "${two[@]}" "$ownbench" $run --workload=spread --groups=100 --devices=1 --memory=local --out=theirs
		grep -q 'cannot place memory on the requested NUMA nodes: ' err || fail "all is on the first thread's node: $(cat err)"
	fi
fi
if [ "$nodes" -le 1 ]; then
	expect 1 "${two[@]}" "$ownbench" $run --workload=share --pin=none --memory=node:1 --out=second
	grep -q 'cannot place memory on the requested NUMA nodes: ' err || fail "the missing node 1 is not reported: $(cat err)"
fi

expect 2 "${two[@]}" "$ownbench" $run --workload=share --memory=node:2 --out=none
expect_line "--memory=node:2: no such NUMA node; this process may use nodes 0-1"
expect 2 "$ownbench" $run --memory=node:4095 --out=none
expect_line "--memory=node:4095: no such NUMA node"
for wrong in left node: node:x node:-1 node:99999999999 local,interleave ''; do
	expect 2 "$ownbench" run "--memory=$wrong" --out=none
	expect_line "must be local, interleave, or node:N"
done
expect 2 "$ownbench" run --check=race --memory=local --out=none
expect_line "--memory cannot be combined with --check=race"
[ ! -e none ] || fail "a directory was made for a wrong command line"
finish
