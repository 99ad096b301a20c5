# SPDX-License-Identifier: MIT
# ownbench claims: the selected claims run, their JSON is complete, and each verdict follows from the figures.
source "$(dirname "$0")/lib.sh" "$@"

# These verdicts do not depend on the machine's noise, but a busy machine may need more than one attempt.
cat >settled.jq <<'END'
{C3: "refuted", C8: "confirmed", C12: "confirmed", C14: "confirmed", C16: "refuted"} as $verdicts |
	.claims | all($verdicts[.id] as $verdict | $verdict == null or
		.verdict == $verdict and (.value > 0 or (.id | IN("C14", "C16") | not)))
END
once_in 10 '[ $got = 0 ] && jq -e -f settled.jq out' \
	"$ownbench" claims --quick --json --only=C3,C4,C5,C8,C9,C12,C13,C14,C16,C17,C18
jq -e '.environment | type == "object"' out >/dev/null || fail "the output lacks the environment"
jq -e '.claims | map(.id) == ["C3","C4","C5","C8","C9","C12","C13","C14","C16","C17","C18"]' out >/dev/null ||
	fail "other claims ran than the selected ones: $(jq -c '.claims | map(.id)' out)"
jq -e '.claims | all(
	(.claim, .where, .figure, .unit, .rule, .command | type == "string") and
	(.verdict | IN("confirmed", "refuted", "boundary", "undecided")) and
	(.boundary | type | IN("string", "null")) and (has("value") and has("low") and has("high")))' \
	out >/dev/null || fail "a claim lacks a member, or one has the wrong type: $(cat out)"
jq -e '.claims | all(.verdict == "boundary" or .verdict == "undecided" or .boundary == null)' \
	out >/dev/null || fail "a claim without the verdict 'boundary' has a boundary"
jq -e '.claims[] | select(.id == "C3") | .verdict == "refuted"' out >/dev/null || fail "C3 is not refuted"
jq -e '.claims[] | select(.id == "C8") | .verdict == "confirmed"' out >/dev/null || fail "C8 is not confirmed"
jq -e '.claims[] | select(.id == "C8") | .figure | test("one thread: .* a cycle, without a deadlock")' out >/dev/null ||
	fail "C8's figure does not report the cycle: $(jq -c '.claims[] | select(.id == "C8")' out)"
for function in do_remove watched_unuse; do
	jq -e --arg f $function '.claims[] | select(.id == "C8") | .report | [scan($f)] | length >= 2' out >/dev/null ||
		fail "C8's report does not have $function on both sides: $(jq -r '.claims[] | select(.id == "C8") | .report' out)"
done
jq -e '.claims[] | select(.id == "C13") | .figure |
	test("of 4000 probes .*, 4000 were granted, and the notifier saw 4000 of them afterwards")' out >/dev/null ||
	fail "C13's figure does not count all probes: $(jq -c '.claims[] | select(.id == "C13")' out)"
jq -e '.claims[] | select(.id == "C3") | .figure |
	test("5 of 5 scenarios have a fault that refutes the claim, .* \\((not )?exhausted\\); .*list_walk_repaired .*: no fault found \\((not )?exhausted\\)$")' out >/dev/null ||
	fail "C3's figure does not report the explorations: $(jq -c '.claims[] | select(.id == "C3")' out)"
jq -e '.claims[] | select(.id == "C9") | .value == 2 and (.figure | test("of the 7 misuses by users, 2 break the count and 0 break the flag")) and
	([.figure | scan("of 12 misuses, ([0-9]+) are detected, ([0-9]+) are refused beforehand and ([0-9]+) are silent") | map(tonumber) | add] == [12, 12, 12])' \
	out >/dev/null || fail "C9's figure does not report the misuses: $(jq -c '.claims[] | select(.id == "C9")' out)"
jq -e '.claims[] | select(.id == "C14") | .verdict == "confirmed" and .value > 0' out >/dev/null ||
	fail "C14 is not confirmed"
jq -e '.claims[] | select(.id == "C14") | .figure |
	test("the explorer found a use after free in [0-9]+ executions .*, and no fault in [0-9]+ executions \\(exhaustive\\) of designs")' out >/dev/null ||
	fail "C14's figure does not report the explorations: $(jq -c '.claims[] | select(.id == "C14")' out)"
jq -e '.claims[] | select(.id == "C16") | .figure |
	test("the explorer found two states in [0-9]+ executions with .*, and no fault in [0-9]+ executions .* \\(exhaustive\\)$")' out >/dev/null ||
	fail "C16's figure does not report the explorations: $(jq -c '.claims[] | select(.id == "C16")' out)"
jq -e '.claims[] | select(.id == "C16") | .verdict == "refuted" and .value > 0' out >/dev/null ||
	fail "C16 is not refuted"
jq -e '.claims[] | select(.id == "C12") | .verdict == "confirmed" and .value == 0' out >/dev/null ||
	fail "C12 is not confirmed"

# C6's litmus test: the mutex guarantees an order, which no machine violates.
once_in 10 "[ \$got = 0 ] && jq -e '.claims[0].verdict != \"undecided\"' out" "$ownbench" claims --quick --json --only=C6
jq -e '.claims[0] | .verdict == "boundary" and (.figure | test("miss each other in 0 of [0-9]+ trials with the store before the lock, in [0-9]+ of [0-9]+ with the store after the unlock"))' \
	out >/dev/null || fail "C6 has another verdict, or no litmus test: $(cat out)"

# C6's value counts the designs that need a release store to dev->driver: with a relaxed store, the next owner is not
# ordered after the remover.
jq -e '.claims[0].value == 1' out >/dev/null || fail "C6's value is not 1: $(cat out)"

# Measured times are present, whatever their values. If times are widely scattered, their interval may have no upper
# end.
once_in 10 "[ \$got = 0 ] && jq -e '.claims | all(.low > 0)' out" "$ownbench" claims --quick --json --only=C2,C11
jq -e '.claims | all(.value > 0 and .low > 0 and (.high == null or .low <= .high))' out >/dev/null ||
	fail "a value or an interval is missing or not positive: $(cat out)"

# C2's curve is complete, whatever its values, and includes all groups of results/topologies.
jq -e --argjson groups "$(jq .all.groups "$source_dir/results/topologies/statistics.json")" '
	.claims[] | select(.id == "C2").curve | .limit == 2 and (.warm | length == 13) and
	(.warm | map(.[0])) == (.cold | map(.[0])) and ([.real_groups[][1]] | add) == $groups and .real_machines == 8' \
	out >/dev/null || fail "C2's curve is incomplete: $(jq -c '.claims[] | select(.id == "C2")' out)"
jq -e '.claims[] | select(.id == "C11") | has("curve") | not' out >/dev/null || fail "C11 has a curve"

# Rates are means of several runs, between 0 and a million, and have an interval or a bound.
expect 0 "$ownbench" claims --quick --json --only=C3,C7,C14,C16
jq -e '.claims | all(.rule | test("mean of 8 short runs .*Student.s t over them"))' out >/dev/null ||
	fail "the rules do not say what the interval is computed over"
jq -e '.claims | all(.low == null or (0 <= .low and .low <= .value and .value <= .high and .high <= 1000000))' \
	out >/dev/null || fail "a rate or its interval is out of range: $(jq -c '.claims | map([.id, .low, .value, .high])' out)"
jq -e '.claims | all(.figure | test("the mean of [2-4] runs \\(95%: [0-9]+ to [0-9]+\\)|at most [0-9.e+]+ per million|one run, of unknown error|no trial completed"))' \
	out >/dev/null || fail "a figure does not say how its rate was measured: $(jq -c '.claims | map(.figure)' out)"

# C1 reports the ratio at each size, from which its verdict follows. Its command shows the p99 of a probe.
expect 0 "$ownbench" claims --quick --json --only=C1
jq -e '.claims[0] | .figure == "not measured on one CPU" or
	(.figure | test("in groups of 2: [^;]*, 8: [^;]*, 32: [^;]*, 128: [^;]*, 512: [^;]*, 4096: [0-9.]+ \\([0-9.]+\\.\\.([0-9.]+|inf)\\);"))' \
	out >/dev/null || fail "C1's figure lacks the ratio of some size: $(cat out)"
jq -e '.claims[0] | .verdict != "boundary" or (.boundary | test("^between groups of [0-9]+ and of [0-9]+ devices$"))' \
	out >/dev/null || fail "C1's boundary does not name two sizes: $(cat out)"
read -ra detail < <(jq -r '.claims[0].command' out)
expect 0 "$ownbench" "${detail[@]:1}" --devices=2 --duration=0.05 --repetitions=1
sed -n '/^ time of probe .* 99% /,/^ time of \(claim\|remove\|refused\)/p' out >probes
for impl in list_walk mutex_count; do
	grep -q "^ $impl .*[0-9] [nµm]*s" probes || fail "C1's command has no p99 of a probe with $impl: $(cat out)"
done

# claims --plots draws the curve of C2.
if command -v gnuplot >/dev/null; then
	expect 0 "$ownbench" claims --quick --only=C2 --plots=pictures
	for file in c2-walk.svg c2-walk.png c2-walk.tsv c2-groups.tsv; do
		[ -s pictures/$file ] || fail "$file is missing"
	done
	grep -q 'groups of real machines' pictures/c2-walk.svg || fail "the picture lacks the real groups"
fi
expect 2 "$ownbench" claims --plots=/nowhere/to/be
expect_line "--plots: cannot make /nowhere/to/be"

# The text output has each claim's verdict, figure, rule and detail, and the summary.
expect 0 "$ownbench" claims --quick --only=C12
for word in verdict: figure: rule: detail: "1 claims: 1 confirmed, 0 refuted"; do
	grep -q "$word" out || fail "the text lacks '$word': $(cat out)"
done
[ "$(grep -c '^C12' out)" = 2 ] || fail "claims were run that were not selected"

expect 0 "$ownbench" claims --list
[ "$(grep -c '^C' out)" = 18 ] || fail "--list does not show 18 claims: $(cat out)"

for bad in C19 C99 c3 "" C3, C3,C99; do
	expect 2 "$ownbench" claims "--only=$bad"
	expect_line "no such claim"
done
expect 2 "$ownbench" claims --slow
expect 2 "$ownbench" claims C3

# If an implementation is missing in the build, only the claims that need it fail.
expect 1 "$faulty" claims --quick --json --only=C11,C12
jq -e '.claims | map(.verdict) == [null, "confirmed"]' out >/dev/null || fail "C11 did not fail alone: $(cat out)"
jq -e '.claims[0].error | test("mutex_count")' out >/dev/null || fail "the error does not name the missing implementation"
finish
