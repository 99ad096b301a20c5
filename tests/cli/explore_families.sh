# SPDX-License-Identifier: MIT
# ownbench explore --family: one command for all three families, counterexamples that replay, and invalid input.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" explore --list
for line in '^family ownership: ' '^family lifetime: ' '^family configure: ' '^two_removes ' '^user_unbind ' \
	'^steal ' '^ *get use put$' '^ *await probe$'; do
	grep -Eq "$line" out || fail "--list does not show $line"
done
expect 0 "$ownbench" explore --list --family=configure
grep -Eq '^(mutex_count|hazard|user_unbind) ' out && fail "--family=configure lists scenarios of other families"

# A use after free is found and reported with its line. --replay reports it again.
expect 0 "$ownbench" explore --family=lifetime --impl=busted_put_before_use --scenario=user_unbind --save=dead
grep -Eq 'unsafe .*exhausted .*use-after-free' out || fail "the use after free is not found: $(cat out)"
grep -Eq '^use of freed memory: put_before_use.c:[0-9]+ .*service_use' out || fail "the report does not name the source line: $(cat out)"
expect 1 "$ownbench" explore --replay=dead
grep -Eq '\*\*\*\* use of freed or unallocated memory: use +put_before_use.c' out && grep -q '^faults: .*use-after-free' out ||
	fail "the replay does not show the use after free: $(cat out)"
expect 0 "$ownbench" explore --family=lifetime --impl=hazard --model=tso
[ "$(grep -c ' safe .*exhausted$' out)" -ge 12 ] || fail "hazard is not safe in all scenarios: $(cat out)"
grep -Eq 'use-after|NOT|unsafe' out && fail "a fault is reported in hazard: $(cat out)"

# ABA: a service reuses the address of an earlier service.
expect 0 "$ownbench" explore --family=lifetime --impl=busted_gone_by_address --save=again
[ "$(grep -c ' unsafe .* lost$' out)" = "$(grep -c ' same_place .* lost$\| same_place_stale .* lost$' out)" ] &&
	grep -q ' same_place .* lost$' out || fail "the fault is not found, or found in other scenarios, too: $(cat out)"
expect 1 "$ownbench" explore --replay=again
grep -q 'allocator\[0\] = 0x1' out && grep -q '^faults: lost' out || fail "the replay does not show the reused address: $(cat out)"

# In the family configure, the explorer finds a device with two states, and a lock that is not held.
expect 0 "$ownbench" explore --family=configure --impl=device_lock_asserted --scenario=steal --model=sc --save=two
grep -Eq 'not-held.*two-states' out && grep -q '^lock not held' out || fail "the two states or the missing lock are not reported: $(cat out)"
expect 1 "$ownbench" explore --replay=two
grep -q '^faults: .*two-states' out || fail "the replay does not show two states: $(cat out)"
expect 0 "$ownbench" explore --family=configure --impl=once -j 2

# verify uses the explorer as a checker, and the explorer catches the controls.
expect 0 "$ownbench" verify --family=configure --controls --budget=4 --json
jq -e '.controls | length == 4 and all(.explorations > 0 and
	(.checkers[] | select(.checker == "explore") | .caught_after_seconds > 0))' out >/dev/null ||
	fail "the explorer does not catch some control: $(cat out)"

expect 2 "$ownbench" explore --family=marriage
expect_line "must be one of ownership, lifetime, configure"
expect 2 "$ownbench" explore --family=lifetime --impl=mutex_count
expect_line "--impl=mutex_count: no such implementation; 'ownbench explore --list --family=lifetime' lists them"
expect 2 "$ownbench" explore --scenario=steal
expect_line "no such scenario: steal; --list --family=ownership lists them"
expect 2 "$ownbench" explore --family=lifetime --write-once
expect_line "--write-once cannot be combined with --family=lifetime"
finish
