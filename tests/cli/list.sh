# SPDX-License-Identifier: MIT
# list and env in both forms.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" list
for name in ceiling mutex_count list_walk 'rcu_driver<ck_epoch>' 'rcu_driver<urcu_memb>' \
	'rcu_driver<urcu_qsbr>' busted_unlocked_check busted_viability_walk share storm; do
	grep -q "^$name " out || fail "list does not show $name"
done
expect 0 "$ownbench" list --json
jq -e '.implementations[] | select(.name == "mutex_count") |
	.class == "exact" and .negative_control == false and .group_bytes % 128 == 0' out >/dev/null ||
	fail "list --json: mutex_count is not as it should be"
jq -e '[.implementations[] | select(.negative_control) | .class] | unique == ["cautious", "leaky", "unsafe"]' out \
	>/dev/null || fail "list --json: negative controls"
jq -e '.workloads | map(.name) | index("takeover")' out >/dev/null || fail "list --json: workloads"

# A name means just that; the others of its source are asked for by a pattern.
runs_of()
{
	expect 0 "$ownbench" run --workload=share --threads=2 --benchmark_list_tests "$@"
	cut -d/ -f2 out | sort -u
}
[ "$(runs_of --impl=mutex_count)" = mutex_count ] || fail "mutex_count is more than itself"
runs_of '--impl=mutex_count<*>' >variants
[ "$(grep -c '^mutex_count<[a-z_]*>$' variants)" = "$(wc -l <variants)" ] &&
	grep -q '^mutex_count<ck_mcs>$' variants || fail "mutex_count<*>: $(cat variants)"
[ "$(runs_of --impl=rcu_driver | wc -l)" = 3 ] || fail "rcu_driver is not all built from it"
runs_of >default
grep -q '^mutex_count$' default && grep -q '^rcu_driver<urcu_memb>$' default &&
	! grep -Eq '^(mutex_count<|busted_)' default || fail "the default sweep has $(cat default)"

expect 0 "$ownbench" env
expect 0 "$ownbench" env --json
jq -e '.build.compiler and .libraries.ck and .kernel' out >/dev/null || fail "env --json"
expect 1 sh -c "$ownbench list >/dev/full"
expect_line "cannot write standard output: No space left on device"
finish
