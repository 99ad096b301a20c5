# SPDX-License-Identifier: MIT
# ownbench list and env, as text and as JSON.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" list
for name in ceiling mutex_count list_walk 'rcu_driver<ck_epoch>' 'rcu_driver<urcu_memb>' \
	'rcu_driver<urcu_qsbr>' busted_unlocked_check busted_viability_walk share storm; do
	grep -q "^$name " out || fail "list does not show $name"
done
expect 0 "$ownbench" list --json
jq -e '.implementations[] | select(.name == "mutex_count") |
	.class == "exact" and .negative_control == false and .group_bytes % 128 == 0' out >/dev/null ||
	fail "list --json: wrong entry for mutex_count"
jq -e '[.implementations[] | select(.family == "ownership" and .negative_control) | .class] | unique == ["cautious", "exact", "leaky", "unsafe"]' out \
	>/dev/null || fail "list --json: the negative controls lack some class"
jq -e '.workloads | map(.name) | index("takeover")' out >/dev/null || fail "list --json lacks the workloads"

# A plain name matches one implementation. Variants built from the same source need a pattern.
runs_of()
{
	expect 0 "$ownbench" run --workload=share --threads=2 --benchmark_list_tests "$@"
	cut -d/ -f2 out | sort -u
}
[ "$(runs_of --impl=mutex_count)" = mutex_count ] || fail "mutex_count matches more than itself"
runs_of '--impl=mutex_count<*>' >variants
[ "$(grep -c '^mutex_count<[a-z_]*>$' variants)" = "$(wc -l <variants)" ] &&
	grep -q '^mutex_count<ck_mcs>$' variants || fail "'mutex_count<*>' matches other implementations than the variants: $(cat variants)"
[ "$(runs_of --impl=rcu_driver | wc -l)" = 3 ] || fail "rcu_driver does not match all variants"
runs_of >default
grep -q '^mutex_count$' default && grep -q '^rcu_driver<urcu_memb>$' default &&
	! grep -Eq '^(mutex_count<|busted_)' default || fail "the default sweep has $(cat default)"

expect 0 "$ownbench" env
expect 0 "$ownbench" env --json
jq -e '.build.compiler and .libraries.ck and .kernel' out >/dev/null || fail "env --json lacks the build, the libraries or the kernel"
expect 1 sh -c '"$0" list >/dev/full' "$ownbench"
expect_line "cannot write standard output: No space left on device"
# The groups of real machines are listed with totals, sizes, and the published statistics.
expect 0 "$ownbench" list --topologies --json
jq -e '.all.groups == ([.machines[].groups] | add) and .all.devices == ([.machines[].devices] | add) and
	.all.largest == ([.machines[].largest] | max)' out >/dev/null || fail "list --topologies: the totals are not the sums over the machines"
jq -e '.machines | length > 5 and all(([.sizes[] | .[0] * .[1]] | add) == .devices and
	([.sizes[] | .[1]] | add) == .groups)' out >/dev/null || fail "list --topologies: the sizes do not add up to a machine's devices and groups"
cmp -s out "$source_dir/results/topologies/statistics.json" ||
	fail "results/topologies/statistics.json differs from list --topologies --json"
expect 0 "$ownbench" list --topologies
grep -q '^all ' out || fail "list --topologies: no total"

# For a listing, the output has the parsed groups and the lines that were skipped.
cases=$source_dir/tests/cases/topologies
expect 0 "$ownbench" list --topologies="$cases/journal_full_log.txt"
expect_line "journal_full_log: skipped 3 lines that are not part of a listing, the first is line 1"
grep -q '^journal_full_log: 4 groups, 6 devices, largest group 2$' out &&
	grep -Eq '^ *11 +2 +0000:00:14.0 0000:00:14.3$' out || fail "list --topologies=FILE shows other groups: $(cat out)"
expect 0 sh -c '"$0" list --topologies=- --json <"$1"' "$ownbench" "$cases/ls_columns.txt"
jq -e '.name == "stdin" and .groups == 1 and .devices == 2 and .skipped == 0 and
	.members == [{"group": 6, "devices": ["0000:86:00.0", "0000:86:00.1"]}]' out >/dev/null ||
	fail "list --topologies=- --json shows other groups: $(cat out)"
expect 2 "$ownbench" list --topologies="$cases/left_out.txt"
expect_line "left_out.txt:5: a part of the listing was left out here"
expect 2 "$ownbench" list --topologies=
expect_line "--topologies= needs a file, or - for standard input"

# The workload storm runs on the topologies of all listings.
expect 0 "$ownbench" run --workload=storm --topology=all --impl=mutex_count --benchmark_list_tests
[ "$(grep -c topology: out)" = "$(ls "$source_dir"/results/topologies/*.*.txt | wc -l)" ] ||
	fail "--topology=all does not run on every listing: $(cat out)"
finish
