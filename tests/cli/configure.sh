# SPDX-License-Identifier: MIT
# The family configure: list, run and verify support it as they support ownership.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" list --family=configure
for name in unlocked device_lock_asserted device_lock_taken global_mutex cas_publish once \
	busted_check_outside busted_early_publish busted_no_wait touch steal platform fixup; do
	grep -q "^$name " out || fail "list does not show $name"
done

# Safe designs pass under each pattern of concurrent calls in the mails. Only cas_publish sets a device up twice.
expect 0 "$ownbench" run --family=configure --impl=cas_publish,once,global_mutex,device_lock_taken,ceiling \
	--threads=2 --repetitions=1 --duration=0.2 --hold=200 --out=safe
jq -e '[.benchmarks[].name | split("/")[0]] | unique == ["fixup", "platform", "steal", "touch"]' \
	safe/benchmark.json >/dev/null || fail "not all workloads ran: $(cat safe/benchmark.json)"
jq -e '.benchmarks | length == 20 and all(.items_per_second > 0 and .reports_per_million == 0 or
	(.name | test("ceiling")))' safe/benchmark.json >/dev/null || fail "a run has no rate, or has lock reports: $(cat safe/benchmark.json)"
jq -e '[.benchmarks[] | select(.name | test("^(steal|platform|fixup)/"))] | length == 15 and
	all(.first_touch_p50_ns >= 0 and .first_touch_p99_ns >= .first_touch_p50_ns)' safe/benchmark.json >/dev/null ||
	fail "the latencies of first touches are missing or not in order: $(cat safe/benchmark.json)"
once_in 30 "jq -e '.benchmarks[0].double_set_ups_per_million > 0' meets/benchmark.json" "$ownbench" run --family=configure \
	--impl=cas_publish --workload=steal --threads=2 --repetitions=1 --duration=0.2 --hold=200 --out=meets
jq -e '[.benchmarks[] | select(.name | test("/(once|global_mutex|device_lock_taken)/"))] |
	all(.double_set_ups_per_million == 0)' safe/benchmark.json >/dev/null || fail "a device was set up twice"

expect 0 "$ownbench" plot safe
[ -s safe/plots/steal-first-touch-threads2.png ] || fail "no picture of first touches: $(cat out)"
grep -qF 'time of a first touch, p50: less is better' safe/plots/steal-first-touch-threads2.svg || fail "a first touch has no label"

# Without a lock the race shows a fault. The assertion reports callers without the lock, but does not prevent the fault.
# If all callers hold the lock, nothing is reported.
for name in unlocked device_lock_asserted; do
	once_in 200 '[ $got = 1 ]' "$ownbench" run --family=configure --impl=$name --workload=steal --repetitions=1 --duration=0.2 \
		--hold=200 --out=$name && {
		expect_line "$name: two states of one device in "
		grep -q "races of 'steal: probe/by hand'" err || fail "$name: no fault was found in steal"
	}
	expect 0 "$ownbench" run --family=configure --impl=$name --workload=fixup --repetitions=1 --duration=0.2 \
		--hold=200 --out=$name-fixup
	jq -e '.benchmarks[0] | .double_set_ups_per_million == 0 and .reports_per_million == 0' \
		$name-fixup/benchmark.json >/dev/null || fail "$name: a fault was found in fixup, which holds the lock"
done
expect 0 "$ownbench" run --family=configure --impl=device_lock_asserted --workload=touch --threads=1 \
	--repetitions=1 --duration=0.05 --latency=101 --out=reports
jq -e '.benchmarks[0] | .reports_per_million == 1000000 and .retouch_p50_ns >= 0' reports/benchmark.json >/dev/null ||
	fail "not every touch without the lock was reported: $(cat reports/benchmark.json)"

expect 0 "$ownbench" verify --family=configure --budget=5 --json
jq -e '.implementations | length == 6 and all(.declared == .found and .contradiction == false)' out >/dev/null ||
	fail "verify found another class than the declared one: $(jq -c '.implementations[] | [.name, .declared, .found]' out)"
jq -e '.controls | length == 4 and all(.checkers | any(.caught_after_seconds))' out >/dev/null ||
	fail "controls escaped: $(jq -c '.controls[] | select(.checkers | any(.caught_after_seconds) | not) | .name' out)"

expect 2 "$ownbench" run --family=configure --workload=steal --check=history
expect_line "--check=history records a window of time, which steal does not have"
expect 2 "$ownbench" run --family=configure --check=witness
expect_line "--check=witness"
expect 2 "$ownbench" profile once steal
expect_line "steal has no window of time that could be profiled"
expect 2 "$ownbench" run --workload=steal
expect_line "--workload=steal belongs to family configure"
finish
