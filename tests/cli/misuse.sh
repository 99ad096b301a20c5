# SPDX-License-Identifier: MIT
# ownbench misuse: which misuses are detected, which are silent, and the state that they leave the group in.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" misuse --json
jq -e 'length > 10 and all(.[]; length > 10 and all(.[];
	(.detected | type == "boolean") and (.state | IN("intact", "open", "leaked", null))))' \
	out >/dev/null || fail "an outcome lacks a member, or one has the wrong type"

# of IMPL MISUSE: prints whether the misuse was detected, and the state in which it left the group.
of()
{
	jq -r --arg i "$1" --arg m "$2" '.[$i][] | select(.misuse == $m) | "\(.detected) \(.state)"' out
}

# The kernel's design has a fault: unuse does not check the owner.
[ "$(of mutex_count unuse_beside_user)" = "false open" ] || fail "mutex_count's known fault does not show"
[ "$(of mutex_count device_release_beside_drivers)" = "false open" ] || fail "mutex_count detects a release of the drivers' count"
[ "$(of packed_cas unuse_beside_user)" = "true intact" ] || fail "packed_cas does not detect an unuse beside a user"
[ "$(of mutex_count missing_unuse)" = "false leaked" ] || fail "mutex_count does not leak after a missing unuse"
[ "$(of list_walk missing_unuse)" = "false intact" ] || fail "list_walk is not intact after a missing unuse"
# No design can detect a driver that is bound without a call of use.
jq -e 'all(.[]; .[] | select(.misuse == "stolen_device") | .state == "open")' out >/dev/null ||
	fail "some design is not open to stolen_device"

# The negative control differs from packed_cas in this check only.
expect 0 "$ownbench" misuse --json --impl=busted_unuse_ignores_owner,packed_cas
[ "$(of busted_unuse_ignores_owner unuse_beside_user)" = "false open" ] || fail "the control detects an unuse beside a user"
[ "$(of packed_cas unuse_beside_user)" = "true intact" ] || fail "packed_cas does not detect an unuse beside a user"

# A misuse that crashes or hangs does not affect the others.
expect 1 "$faulty" misuse --impl=faulty_segv,mutex_count
grep -q 'faulty_segv: unuse_twice: ' err || fail "the crash is not reported: $(cat err)"
grep -q mutex_count out || fail "no output after the crash"

expect 2 "$ownbench" misuse --impl=nothing
expect_line "--impl=nothing: no such implementation"
finish
