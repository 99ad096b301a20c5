# SPDX-License-Identifier: MIT
# ownbench verify: every control is caught, every checker catches some control, and a wrong declaration is reported.
source "$(dirname "$0")/lib.sh" "$@"

# With patterns, only the matching controls run. Most checkers catch none of these, which is no failure as long as the
# explorer catches them.
expect 0 "$ownbench" verify --controls --budget=1 --impl='busted_no_epoch,busted_no_ab*' --json
[ "$(jq -c '[.implementations, [.controls[].name]]' out)" = '[[],["busted_no_abort","busted_no_epoch"]]' ] ||
	fail "other controls ran than the selected ones: $(jq -c '[.controls[].name]' out)"
jq -e '.controls | all(.checkers | any(.caught_after_seconds))' out >/dev/null || fail "controls escaped: $(cat out)"
expect 2 "$ownbench" verify --controls --impl=busted_no_abort,mutex_count
expect_line "--impl=mutex_count: must be a negative control"
# If a design is named, all controls run first.
expect 0 "$ownbench" verify --budget=5 --impl=mutex_count --json
jq -e '(.implementations | map(.name) == ["mutex_count"]) and (.controls | length > 5)' out >/dev/null ||
	fail "other implementations ran than mutex_count and the controls: $(jq -c '[.implementations[].name, .controls[].name]' out)"

# Verifies all controls and then all designs. Each design has the class that it declares.
expect 0 "$ownbench" verify --budget=15 --json
jq -e '.controls | length > 5' out >/dev/null || fail "controls are missing"
jq -e '.controls | all(.checkers | any(.caught_after_seconds))' out >/dev/null ||
	fail "controls escaped: $(jq -c '.controls[] | select(.checkers | any(.caught_after_seconds) | not) | .name' out)"
# On one CPU the threads of a race may never meet.
jq -e --argjson cpus "$(nproc)" '[.controls[].checkers[] | select(.ran and (.checker != "race" or $cpus > 1))] | group_by(.checker) |
	length > 3 and all(any(.caught_after_seconds))' out >/dev/null ||
	fail "a checker catches nothing"
jq -e '.implementations | length > 3 and all(.declared == .found and .contradiction == false)' \
	out >/dev/null || fail "verify found another class than the declared one: $(jq -c '.implementations[] | [.name, .declared, .found]' out)"
jq -e '.implementations | all(.checkers | all(.ran and .checked > 0))' out >/dev/null ||
	fail "a checker has checked nothing"
# The number of exhausted explorations depends on the machine, but small scenarios are always exhausted.
jq -e '.implementations | all(.explorations > 20 and .exhausted > 5)' out >/dev/null ||
	fail "no exploration is exhausted"

# verify explores generated programs after the scenarios.
jq -e '.implementations | all((.models | all(.programs > 0)) and (.all_programs_up_to | test("^(-|2x[1-6](,[34]x[1-4])*)$")))' out >/dev/null ||
	fail "programs: $(jq -c '.implementations[] | [.name, .all_programs_up_to, .models]' out)"

# tests/faulty has designs that declare a wrong class.
expect 1 "$faulty" verify --budget=1 --impl=faulty_leak
expect_line "faulty_leak declares exact, but unsafe was found"
grep -q 'faulty_leak.*CONTRADICTION' out || fail "the contradiction is not reported: $(cat out)"

# A hang is a fault, which is reported with the source line of each thread. It ends only its own checker.
expect 0 "$faulty" verify --budget=1 --impl=faulty_hang
for checker in audit race history witness; do
	grep -q "^ *$checker, after .*: hung: a thread waits, and nothing wakes it up" out || fail "$checker did not hang: $(cat out)"
done
[ "$(grep -Ec '^ +hang_use +hang.c:[0-9]+' out)" = 5 ] || fail "not shown where the walk and the runs hung: $(cat out)"

# If a design crashes in the explorer, one line reports it next to the findings of its runs. Other designs are still
# verified.
expect 1 "$faulty" verify --budget=4 --impl=faulty_explored_segv,mutex_count
expect_line "faulty_explored_segv crashed in scenario "
grep -q 'NOT CHECKED TO THE END: faulty_explored_segv crashed' out || fail "the crash is not reported: $(cat out)"
grep -q '^mutex_count .*exact .*exact' out || fail "other designs are not verified: $(cat out)"
expect 1 "$faulty" verify --budget=2 --impl=faulty_explored_segv --json
jq -e '.implementations[0].failed | test("crashed")' out >/dev/null || fail "the JSON does not report the crash: $(cat out)"

expect 2 "$ownbench" verify --impl=nothing_of_that_name
expect_line "no such implementation"
expect 2 "$ownbench" verify --budget=0
expect_line "budget"
finish
