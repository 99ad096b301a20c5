# SPDX-License-Identifier: MIT
# ownbench explore: verdicts, counterexamples that replay with source lines, and invalid input.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" explore --list
[ "$(sed '1,/^$/d' out | grep -c '^[a-z]')" -ge 12 ] || fail "--list shows fewer than 12 scenarios"

# Claim C3: the list walk leaks, and each leak has a schedule that can be replayed.
for scenario in two_removes pinctrl_fails refused; do
	expect 0 "$ownbench" explore --impl=list_walk --scenario=$scenario --model=tso --save=$scenario
	grep -q "leaky .*exhausted .*leak" out || fail "no leak was found in $scenario: $(cat out)"
	expect 1 "$ownbench" explore --replay=$scenario
	grep -q "faults: leak" out || fail "$scenario does not replay: $(cat out)"
	grep -Eq 'list_walk.c:[0-9]+ .*lock_acquire' out || fail "the replay of $scenario shows no source lines"
done

# If the declared class excludes a fault, the exit status is 1. The fault of this design shows only with store buffers.
expect 0 "$ownbench" explore --impl=mutex_count --scenario=two_probers -j 2
[ "$(grep -c 'exact .*exhausted' out)" = 3 ] || fail "mutex_count is not exact under all models: $(cat out)"
expect 0 "$ownbench" explore --impl=busted_no_grace_period --scenario=probe_claim --model=sc
grep -q conflict out && fail "a conflict without store buffers"
expect 0 "$ownbench" explore --impl=busted_no_grace_period --scenario=probe_claim --model=tso
grep -q conflict out || fail "no conflict under store buffers"

# Claim C6: a mutex orders what WRITE_ONCE() does not. A walk without a mutex needs the release store.
expect 0 "$ownbench" explore --impl=mutex_count --write-once
grep -q unordered out && fail "mutex_count needs more than WRITE_ONCE()"
expect 1 "$ownbench" explore --impl=rcu_driver --scenario=probe_claim --write-once
grep -q unordered out || fail "rcu_driver is ordered by WRITE_ONCE()"
expect 1 "$ownbench" explore --impl=rcu_driver --scenario=probe_claim --write-once --save=once
expect 1 "$ownbench" explore --replay=once
grep -q "faults: .*unordered" out || fail "WRITE_ONCE() is not replayed: $(cat out)"
expect 0 "$ownbench" explore --impl=rcu_driver --scenario=probe_claim
grep -q unordered out && fail "rcu_driver is not ordered by a release"

# Under RC11, a fault that x86 hides is reported with the store that the load has read. A litmus test shows its final
# states under each model.
expect 0 "$ownbench" explore --impl=busted_two_words_written --scenario=refused --save=words
[ "$(grep -c refusal out)" = 1 ] && grep -q ' rc11 .*refusal$' out || fail "the fault is not found under rc11, or under another model, too: $(cat out)"
expect 1 "$ownbench" explore --replay=words
grep -Eq 'load .*, stored by thread 1 at two_words.h:[0-9]+; the last in modification order is the store of 0 by thread 0 at two_words.h:[0-9]+ ' out ||
	fail "the message is not named: $(cat out)"
expect 0 "$ownbench" explore --litmus="$source_dir/tests/litmus/MP+poonceonces.litmus"
for line in '^MP.poonceonces$' '^sc +Never .*exhausted$' '^tso +Never ' '^rc11 +Sometimes +4 states +4 executions ' \
	'1:r0=1 1:r1=0 +- +- +rc11 +[*]$' 'READ_ONCE.* relaxed' 'dependencies order nothing'; do
	grep -Eq "$line" out || fail "--litmus does not show $line: $(cat out)"
done
printf 'C bad\n{}\nP0(int *x) {\n\tfrob(x);\n}\n' >bad.litmus
expect 2 "$ownbench" explore --litmus=bad.litmus
expect_line "bad.litmus:4: no such function: frob"

# both_stacks: checks the call traces of both sides of the cycle, from the lock outwards.
both_stacks()
{
	tr -d '#\n' <$1 | grep -Eq 'use_default_domain .*holds .*hotplug_abba_use .*do_probe .*waits for .*hotplug_abba_use .*do_probe .*device_add .*holds .*hotplug_abba_add .*run_action .*waits for .*hotplug_abba_add .*run_action ' ||
		fail "$1 does not have both stacks: $(cat $1)"
}

# Lock orders: each report names both source lines, even if no thread deadlocked. Correct designs have no report.
expect 0 "$ownbench" explore --impl=busted_hotplug_abba --scenario=hotplug_claim --model=sc --save=abba
grep -q 'exhausted  lock-order$' out || fail "an order is missed, or there is a deadlock: $(cat out)"
grep -Eq 'hotplug_abba.c:[0-9]+ .*lock_acquire\(&g->mutex\)' out &&
	grep -Eq 'hotplug_abba.c:[0-9]+ .*lock_acquire\(hotplug_abba_list' out ||
	fail "the report lacks the source lines of the locks: $(cat out)"
both_stacks out
both_stacks abba
expect 1 "$ownbench" explore --replay=abba
grep -q '^faults: lock-order$' out || fail "the replay does not show the lock order: $(tail -1 out)"
both_stacks out
expect 0 "$ownbench" explore --impl=busted_no_device_lock --scenario=nested
grep -q '^lock not held' out && grep -q 'device_lock_assert(dev)' out || fail "the lock that is not held is not reported: $(cat out)"
grep -q '^ *no_device_lock_device_claim ' out || fail "the calls that led there are not reported: $(cat out)"
expect 0 "$ownbench" explore --impl=list_walk_repaired --scenario=same_device
grep -q '^lock ' out && fail "a report for a correct design: $(cat out)"

# A crash ends only its own exploration, and is reported in one line and in the exit status. Other explorations
# continue.
expect 1 "$faulty" explore --impl=faulty_explored_segv --scenario=probe_claim --model=sc
expect_line "ownbench explore: faulty_explored_segv crashed in scenario probe_claim: Segmentation fault"
expect 1 "$faulty" explore --scenario=probe_claim --model=tso --max-executions=100
grep -q '^mutex_count .*exact' out || fail "the other explorations do not continue: $(cat out)"
[ "$(grep -c 'crashed in scenario probe_claim' err)" = 2 ] || fail "the crashes are not reported: $(cat err)"

# Generated programs: their coverage is reported, and a program that shows a fault can be explored and replayed.
expect 0 "$ownbench" explore --impl=mutex_count --generate=2x2,3x1 --model=sc
grep -q 'exact .*exhausted$' out && grep -q ' programs; all programs up to 2x2,3x1 were exhausted$' out || fail "--generate: $(cat out)"
expect 0 "$ownbench" explore --impl=list_walk --generate=2x1 --model=sc --save=program
grep -qx '    leak: probe-fail:0 | probe-fail:1' out || fail "--generate shows no program with the leak: $(cat out)"
expect 0 "$ownbench" explore --impl=list_walk --scenario='probe-fail:0 | probe-fail:1' --model=sc
grep -q 'leak$' out || fail "the program has no leak as a scenario: $(cat out)"
expect 1 "$ownbench" explore --replay=program
grep -q '^faults: leak$' out || fail "the program's counterexample is not replayed: $(tail -1 out)"
expect 1 "$faulty" explore --impl=faulty_explored_segv --generate=2x1 --model=sc
expect_line "crashed in scenario probe-fail:0 | probe-fail:0: Segmentation fault"
for bad in 2 2x9 5x1 1x1 x 2x3,3; do
	expect 2 "$ownbench" explore --generate=$bad
	expect_line "--generate=${bad##*,}: must be THREADSxOPERATIONS, such as 2x3: 2 to 4 threads of 1 to 8 operations each"
done
expect 2 "$ownbench" explore --generate=2x1 --scenario=query
expect_line "--generate cannot be combined with --scenario"
expect 2 "$ownbench" explore --generate=2x1 -j 2
expect_line "--generate cannot be combined with -j"
expect 2 "$ownbench" explore --scenario='probe:0 | jump:1'
expect_line "--scenario: no such step: jump:1"

# explore respects its limits, and reports when it reaches them.
expect 0 "$ownbench" explore --impl=mutex_count --scenario=two_sides --model=sc --max-executions=3
grep -q "NOT EXHAUSTED" out || fail "a search that was cut short is not reported as such"

expect 2 "$ownbench" explore --impl=nothing
expect_line "--impl=nothing: no such implementation"
expect 2 "$ownbench" explore --scenario=nothing
expect_line "no such scenario: nothing"
expect 2 "$ownbench" explore --model=pdp11
expect_line "model"
printf 'ownbench counterexample 4\nfamily ownership\nimpl list_walk\nscenario two_removes\nmodel pdp11\n' >bad
expect 2 "$ownbench" explore --replay=bad
expect_line "bad:5: model: expected sc, tso or rc11, found 'pdp11'"
sed 's/^impl .*/impl nothing/' two_removes >bad
expect 2 "$ownbench" explore --replay=bad
expect_line "bad:3: no such implementation: nothing"
sed 's/^family .*/family nothing/' two_removes >bad
expect 2 "$ownbench" explore --replay=bad
expect_line "bad:2: no such family: nothing"
(cat two_removes && echo 0 1) >bad
expect 2 "$ownbench" explore --replay=bad
expect_line "bad:12: unexpected text after the schedule"
expect 2 "$ownbench" explore --replay=/nowhere/at/all
expect_line "/nowhere/at/all"
finish
