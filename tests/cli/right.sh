# SPDX-License-Identifier: MIT
# Correct designs as users write them (tests/right): each has the verdict in its first comment, "exact" or "not
# explored". No checker may find a fault, and what is not explored is said in words.
source "$(dirname "$0")/lib.sh" "$@"
right=$build_dir/ownbench_right

# Every execution of these scenarios must be explored. There are few executions, even if a lock spins.
scenarios="two_removes probe_claim two_claimers"

for file in "$source_dir"/tests/right/*.c; do
	name=$(basename "$file" .c)
	verdict=$(sed -n 's/.*Verdict: \([a-z ]*\)\..*/\1/p' "$file")
	case $verdict in
	exact)
		for scenario in $scenarios; do
			expect 0 "$right" explore --impl="$name" --scenario="$scenario" --model=all
			[ "$(grep -c "^$name .* exact .* exhausted\( after [0-9]* states\)\?$" out)" = 3 ] || { fail "$name, $scenario:"; cat out >&2; }
		done ;;
	"not explored")
		expect 2 "$right" explore --impl="$name"
		expect_line "--impl=$name: not explored: tests/right/$name.c: " ;;
	*)
		fail "$file: its first comment has no verdict" ;;
	esac
done

# The other checkers also find nothing, and the report gives the reason why a design is not explored.
expect 0 "$right" verify --budget=1
names=$(cd "$source_dir/tests/right" && echo *.c)
for name in ${names//.c/}; do
	grep -Eq "^$name +exact +exact " out || fail "verify: $name is not exact"
done
grep -q "not explored: tests/right/condition.c: pthread_cond_t is not seen by the explorer" out ||
	fail "verify does not say why condition is not explored"
[ "$failures" = 0 ] || cat out >&2
finish
