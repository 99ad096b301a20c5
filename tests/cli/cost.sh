# SPDX-License-Identifier: MIT
# The cost model: known counts, all formats, times from a sweep beside the counts, and the table in impl/README.md,
# which must match the program's counts.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" cost --impl=mutex_count,ceiling
grep -q '^mutex_count$' out && grep -q '^ceiling$' out || fail "the output lacks an implementation: $(cat out)"
[ "$(grep -c '^  shared_probe ' out)" = 2 ] || fail "the output lacks the counts of shared_probe: $(cat out)"

# count NAME OPERATION COUNT: prints one count from the JSON in the file `out`.
count()
{
	jq -r --arg i "$1" --arg o "$2" --arg c "$3" \
		'.implementations[] | select(.implementation == $i) | .operations[$o][$c]' out
}

expect 0 "$ownbench" cost --json
jq -e '.line_bytes == 64 and .devices == 8 and (.implementations | length > 15 and
	all((.operations | has("probe") and has("shared_remove")) and
	(.operations | all(.[]; length == 9 and all(.[]; type == "number" and . >= 0)))))' out >/dev/null || fail "the JSON lacks a member, or one has the wrong type"
[ "$(count mutex_count probe locks)" = 1 ] || fail "mutex_count does not take exactly one lock"
[ "$(count packed_cas probe rmws) $(count packed_cas remove rmws)" = "1 1" ] || fail "packed_cas does not take exactly one read-modify-write"
[ "$(count ceiling probe rmws) $(count ceiling probe transfers)" = "0 0" ] || fail "the ceiling has read-modify-writes or transfers"
for operation in probe remove shared_probe shared_remove; do
	[ "$(count device_slots $operation rmws) $(count device_slots $operation fences)" = "0 0" ] || fail "device_slots has a read-modify-write or a fence in $operation"
done
# The counted claim finds the group guarded, because the claim before it left a guard.
[ "$(count device_slots claim membarriers) $(count device_slots_unguarded claim membarriers)" = "0 1" ] ||
	fail "a claim has a membarrier although the group is guarded, or has not exactly one without a guard"
[ "$(count ceiling refused_probe rmws)" = null ] || fail "the ceiling has counts of a refused probe"
jq -r '.implementations[].implementation' out >default
grep -q '^rcu_driver<urcu_qsbr>$' default && grep -q '^device_slots<seq_cst>$' default &&
	! grep -Eq '^(busted_|mutex_count<|handwritten)' default || fail "other implementations than the default ones are counted: $(cat default)"
cp out first
expect 0 "$ownbench" cost --format=json
cmp -s out first || fail "counts differ from run to run"

# Models replace the locks, so that counts do not depend on the lock. Controls are counted if they are selected.
expect 0 "$ownbench" cost --json '--impl=mutex_count,mutex_count<*>'
jq -e '.implementations | length > 5 and (map(.operations) | unique | length == 1)' out >/dev/null || fail "counts differ between locks"
expect 0 "$ownbench" cost --json --impl=busted_no_membarrier,device_slots_unguarded
[ "$(count device_slots_unguarded claim membarriers) $(count busted_no_membarrier claim membarriers)" = "1 0" ] ||
	fail "the control or device_slots_unguarded has a wrong count of membarriers"

# -- files and sweeps -----------------------------------------------------------------------------
expect 0 "$ownbench" run --workload=share --impl=ceiling,mutex_count,device_slots --threads=1,2 --duration=0.05 \
	--repetitions=3 --events=none --out=sweep
expect 0 "$ownbench" cost --sweep=sweep --out=sweep/cost.json
[ ! -s out ] || fail "--out writes to stdout, too"
cp sweep/cost.json out
[ "$(jq -r '.implementations[].implementation' out | sort)" = "$(jq -r '.benchmarks[].run_name | split("/")[1]' \
	sweep/benchmark.json | sort -u | grep -vx handwritten)" ] || fail "other implementations than those of the sweep are counted"
jq -e '.implementations[] | select(.implementation == "mutex_count") | .measured_pair_ns |
	.["1_thread"] > 1 and .["2_threads"] > .["1_thread"]' out >/dev/null || fail "the measured times are missing or not in order"
want=$(jq '[.benchmarks[] | select(.run_name | test("^share/mutex_count/threads:2/devices:8/groups:1/path:ops$")) | select(.run_type == "iteration")
	| .items_per_second] | sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2] + .[length / 2 - 1]) / 2 end |
	2e9 / . * 1000 | round' sweep/benchmark.json)
got=$(jq '.implementations[] | select(.implementation == "mutex_count") | .measured_pair_ns["2_threads"] * 1000 | round' out)
[ $((want - got)) -le 1 ] && [ $((got - want)) -le 1 ] || fail "the measured time is $got and not $want thousandths of ns"
expect 0 "$ownbench" cost --sweep=sweep --impl=mutex_count
grep -Eq '^mutex_count: measured, a probe and its remove take [0-9.]+ ns with 1 thread, [0-9.]+ ns with 2 threads$' out ||
	fail "the text lacks the measured times: $(head -2 out)"
expect 0 "$ownbench" report --format=json sweep
jq -e '.sweeps[0].cost.implementations | all(.operations.shared_refused_probe or .implementation == "ceiling")' sweep/report.json >/dev/null ||
	fail "the report lacks the counts"

# -- the table of impl/README.md -----------------------------------------------------------------------------------
# Its sizes in bytes are those of x86-64.
if [ "$(uname -m)" = x86_64 ]; then
	expect 0 "$ownbench" cost --format=markdown
	sed '1,/^<!-- ownbench cost --format=markdown -->$/d; /^<!-- end -->$/,$d' "$source_dir/impl/README.md" >map
	[ -s map ] || fail "impl/README.md has no table between its marks"
	diff map out >difference || fail "impl/README.md: between its marks must be what 'ownbench cost --format=markdown' prints:
$(cat difference)"
fi

# -- errors --------------------------------------------------------------------------------------------------------
wrong()
{
	local status=$1 text=$2
	shift 2
	expect "$status" "$ownbench" cost "$@"
	expect_line "$text"
	[ ! -s out ] || fail "a command that failed wrote to stdout: $*"
}
wrong 2 "--impl=nonesuch: no such implementation" --impl=mutex_count,nonesuch
wrong 2 "--impl=handwritten: cannot be counted" --impl=handwritten
wrong 2 "--format=xml: must be one of text, json, markdown" --format=xml
wrong 2 "--out: the name of a file is missing" --out=
wrong 2 "one argument too many: x" x
wrong 2 "cannot read nowhere/sweep.json" --sweep=nowhere
wrong 1 "nowhere" --out=nowhere/cost.json
expect 1 sh -c '"$0" cost >/dev/full' "$ownbench"
expect_line "cannot write standard output: No space left on device"
finish
