# SPDX-License-Identifier: MIT
# The largest sizes that the options of run allow: the bytes used, and an audit that passes for every group.
source "$(dirname "$0")/lib.sh" "$@"

run="--duration=0.05 --warmup=0.01 --repetitions=1 --events=none"

# of NAME EXPRESSION: checks an expression on the only repetition in directory NAME.
of()
{
	jq -e "[.benchmarks[] | select(.run_type == \"iteration\")] | length == 1 and all($2)" "$1/benchmark.json" >/dev/null ||
		fail "the run in $1 does not satisfy $2: $(jq -c '.benchmarks' "$1/benchmark.json")"
}

# A group with one device takes two records of two cache lines each, plus the index that finds them.
expect 0 "$ownbench" run $run --impl=mutex_count --workload=spread --groups=1000000 --devices=1 --threads=2 --out=groups
of groups '(.error_occurred | not) and .items_per_second > 0 and .setup_seconds > 0'
of groups '.bytes_per_group >= 256 and .bytes_per_group < 512'
grep -q ' bytes per group$' out && grep -Eq ' mutex_count .* [0-9]{3}$' out || fail "the table lacks the bytes per group: $(cat out)"

# A million groups and a thousand threads: a thread has a device in every thousandth group.
expect 0 "$ownbench" run $run --timeout=120 --impl=mutex_count --workload=spread --groups=1000000 --devices=1 \
	--threads=1024 --zipf=3 --out=both
of both '(.error_occurred | not) and .items_per_second > 0 and .bytes_per_group < 512'
jq -es 'map([.threads[] | select(.tally.pairs > 0)] | length) == [1024]' both/runs.jsonl >/dev/null ||
	fail "some of 1024 threads did nothing"

expect 0 "$ownbench" run $run --timeout=120 --workload=share --devices=65536 --threads=2 --out=devices
jq -e '[.benchmarks[] | select(.run_type == "iteration")] | length > 15 and
	all((.error_occurred | not) and .bytes_per_group >= 65536 * 128 and .bytes_per_group < 65536 * 256)' \
	devices/benchmark.json >/dev/null || fail "a run with 65536 devices failed, or takes another amount of memory: $(jq -c .benchmarks devices/benchmark.json)"

for workload in share storm; do
	expect 0 "$ownbench" run $run --timeout=120 --impl=mutex_count --workload=$workload --threads=1024 --groups=1 \
		--devices=1024 --out=threads-$workload
	of threads-$workload '(.error_occurred | not) and .items_per_second > 0'
	jq -es 'map([.threads[] | select(.tally.pairs > 0)] | length) == [1024]' threads-$workload/runs.jsonl >/dev/null ||
		fail "$workload: some of 1024 threads did nothing"
done
finish
