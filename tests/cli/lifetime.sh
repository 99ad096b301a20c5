# SPDX-License-Identifier: MIT
# The family lifetime: list, run and verify support it as they support ownership.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" list --family=lifetime
for name in module_ref mutex rwlock refcount kref_gone percpu_ref_kill hazard 'revocable<ck_epoch>' \
	'revocable<urcu_memb>' busted_forgotten_wait busted_no_recheck busted_put_before_use unbind; do
	grep -q "^$name " out || fail "list does not show $name"
done
grep -q '^mutex_count' out && fail "list --family=lifetime shows ownership"
expect 0 "$ownbench" list --json
jq -e '[.implementations[] | select(.family == "lifetime") | .class] | unique == ["none", "safe", "unsafe"]' \
	out >/dev/null || fail "list --json has other classes than none, safe and unsafe"

# A run counts uses and unbinds, and all services are freed at its end.
expect 0 "$ownbench" run --family=lifetime --workload=unbind --impl=mutex,refcount,hazard,kref_gone,ceiling --threads=1,2,4 \
	--repetitions=1 --duration=0.3 --latency=101 --out=safe
jq -e '[.benchmarks[] | select(.error_occurred | not)] | length == 15 and all(.items_per_second > 0)' \
	safe/benchmark.json >/dev/null || fail "some run has no uses: $(cat safe/benchmark.json)"
jq -e '[.benchmarks[] | select((.name | test("threads:[24]")) and (.name | test("ceiling") | not))] | length == 8 and
	all(.unbinds_per_second > 0 and .held_bytes_max >= 128 and .unbind_p50_ns >= 0)' \
	safe/benchmark.json >/dev/null || fail "some run has no unbinds, or no latency of them: $(cat safe/benchmark.json)"
jq -e '[.benchmarks[] | select(.name | test("threads:1/"))] | length == 5 and
	all(.unbinds_per_second == 0 and .refused_per_second == 0)' safe/benchmark.json >/dev/null ||
	fail "a single thread has no other thread that unbinds"
jq -es 'map(.threads | map(.tally.uses) | add) | all(. > 0)' safe/runs.jsonl >/dev/null || fail "some run's tallies have no uses"

# These options are part of a run's name.
expect 0 "$ownbench" run --family=lifetime --impl=mutex --threads=2 --uses=100 --unbind-every=1000000 \
	--benchmark_list_tests
grep -q '^unbind/mutex/threads:2/devices:1/groups:1/family:lifetime/unbind_every_ns:1000000/uses:100$' out ||
	fail "the run's name lacks the options: $(cat out)"

# A kept reference either holds the memory of a service that is gone (kref_gone), or delays the unbind (refcount). If
# threads outnumber the CPUs, the average depends on the scheduler.
kept()
{
	jq -e '[.benchmarks[] | {(.name | split("/")[1]): .}] | add | all(.items_per_second > 0 and .unbinds_per_second > 0) and
		.kref_gone.held_bytes_max > .mutex.held_bytes_max and .refcount.held_bytes_max == 128 and
		.kref_gone.held_bytes == (map(.held_bytes) | max)' kept/benchmark.json
}
once_in 20 '[ $got = 0 ] && kept' "$ownbench" run --family=lifetime --workload=keep \
	--impl=mutex,refcount,kref_gone,percpu_ref_kill --threads=2 --repetitions=1 --duration=0.3 --out=kept
kept >/dev/null || fail "the memory held is not that of the designs: $(jq -c '.benchmarks[] | [.name, .held_bytes, .held_bytes_max, .unbind_p50_ns]' kept/benchmark.json)"
expect 0 "$ownbench" plot kept
for picture in keep-held-threads2 keep-latency-unbind; do
	[ -s kept/plots/$picture.png ] || fail "the picture $picture is missing: $(cat out)"
done
grep -qF 'bytes of services that are unbound' kept/plots/keep-held-threads2.svg || fail "held memory has no label"
grep -qF 'latency of an unbind' kept/plots/keep-latency-unbind.svg || fail "the latency of an unbind has no label"
awk '{ print $1 }' kept/plots/keep-held-threads2.dat | tail -n 1 | grep -qF kref_gone || fail "kref_gone does not hold the most"
expect 0 "$ownbench" run --family=lifetime --impl=mutex --threads=2 --keep=5000 --benchmark_list_tests
[ "$(sort out | tr '\n' ' ')" = "keep/mutex/threads:2/devices:8/groups:1/family:lifetime/keep_ns:5000 unbind/mutex/threads:2/devices:1/groups:1/family:lifetime/keep_ns:5000 " ] ||
	fail "the runs' names lack --keep: $(cat out)"

# The audit, the witness and the races each find an unbind that frees a service in use. The fault can also crash or hang
# the run before it is counted.
once_in 20 '[ $got = 1 ] && grep "uses of a freed service" err' "$ownbench" run --family=lifetime --workload=unbind \
	--impl=module_ref --threads=2 --uses=1000 --hold=1000 --repetitions=1 --duration=0.5 --out=unsafe &&
	expect_line "module_ref: "
once_in 200 '[ $got = 1 ] && grep "uses of a freed service in" err' "$ownbench" run --family=lifetime --impl=busted_unlocked_check --check=race --repetitions=1 \
	--duration=0.2 --out=race &&
	expect_line "busted_unlocked_check: uses of a freed service in "
expect 0 "$ownbench" run --family=lifetime --impl=mutex,hazard --check=race --repetitions=1 --duration=1 \
	--out=races
jq -es 'map(.races | length == 2 and all(.trials > 0 and .conflicts + .lost + .leaks == 0)) | all' \
	races/runs.jsonl >/dev/null || fail "a race found a fault in a safe design, or did not run: $(cat races/runs.jsonl)"

expect 0 "$ownbench" verify --family=lifetime --budget=5 --json
jq -e '.implementations | length > 8 and all(.declared == .found and .contradiction == false)' out >/dev/null ||
	fail "verify found another class than the declared one: $(jq -c '.implementations[] | [.name, .declared, .found]' out)"
jq -e '.controls | length > 4 and all(.checkers | any(.caught_after_seconds))' out >/dev/null ||
	fail "controls escaped: $(jq -c '.controls[] | select(.checkers | any(.caught_after_seconds) | not) | .name' out)"

# An option that applies to one family is refused with another family.
expect 2 "$ownbench" run --workload=unbind
expect_line "--workload=unbind belongs to family lifetime"
expect 2 "$ownbench" run --family=lifetime --workload=share
expect_line "--workload=share belongs to family ownership"
expect 2 "$ownbench" run --uses=3
expect_line "--uses, --keep and --unbind-every need --family=lifetime"
expect 2 "$ownbench" run --family=lifetime --claim-every=1000
expect_line "--claim-every"
expect 2 "$ownbench" run --family=lifetime --impl=mutex_count
expect_line "no such implementation"
expect 2 "$ownbench" run --family=marriage
expect_line "must be one of ownership, lifetime, configure"
expect 2 "$ownbench" verify --family=lifetime --impl=mutex_count
expect_line "no such implementation"
finish
