# SPDX-License-Identifier: MIT
# One-shot races: the faults that they find, designs in which they find none, and options that exclude them.
source "$(dirname "$0")/lib.sh" "$@"

quick="--check=race --repetitions=1"

expect 0 "$ownbench" run $quick --duration=1 --impl=mutex_count,rcu_driver,ceiling --out=right
jq -es 'map(select(.run.implementation == "mutex_count") | .races | length > 10 and all(
	.trials > 0 and .conflicts + .lost + .spurious + .leaks == 0)) | length > 0 and all' \
	right/runs.jsonl >/dev/null || fail "races did not run, or found a fault in mutex_count: $(cat right/runs.jsonl)"

for control in busted_unlocked_check busted_viability_walk; do
	once_in 200 '[ $got = 1 ] && grep "conflicting owners in .*races of .probe/claim., the first after" err' \
		"$ownbench" run $quick --duration=0.2 --impl=$control --out=$control || continue
	expect_line "$control: conflicting owners in "
done

# Claim C3 on this machine: two concurrent removes each see the other's driver pointer.
once_in 200 '[ $got = 1 ] && grep "group still owned after the last release in " err' \
	"$ownbench" run $quick --duration=0.5 --impl=list_walk --out=list_walk &&
	expect_line "list_walk: group still owned after the last release in "

expect 2 "$ownbench" run $quick --duration=1 --workload=share --out=both
expect_line "--check=race runs two threads on fresh groups of its own"
finish
