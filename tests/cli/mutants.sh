# SPDX-License-Identifier: MIT
# A sample of the mutants is caught, and the harness of mutants reports those that are not. Everything is bounded by
# counts, so that a busy machine takes longer but finds the same.
source "$(dirname "$0")/lib.sh" "$@"

run=$source_dir/tests/mutants/run
expect 0 "$run" --sample=25 --executions=500 --checkers=walk,explore,c11 --out=sample "$build_dir"
awk '$1 == "all" && $2 + $6 + $7 + $8 == 25 { found = 1 } END { exit !found }' out || { fail "not 25 mutants"; cat out >&2; }

# The walk runs a single thread, so it does not detect a missing lock.
expect 1 "$run" --sources=device_list.h --sample=2 --checkers=walk --out=locks "$build_dir"
grep -q '^Survived: impl/device_list.h:' out || { fail "no survivor is reported"; cat out >&2; }

# Verified mutants are not verified again. A listed survivor for which there is no mutant is reported.
touch -d 2020-01-01 locks/results/*
{
	awk -F '\t' -v OFS='\t' '{ print $2, $5, $6, $7, "missed", "one thread needs no lock" }' locks/chosen
	printf 'device_list.h\tnobody\tlock\tno lock\tmissed\tthere is no such mutant\n'
} >known
expect 1 "$run" --sources=device_list.h --sample=2 --checkers=walk --out=locks --survivors=known "$build_dir"
grep -q 'no mutant: device_list.h: nobody' out || { fail "an outdated survivor is not reported"; cat out >&2; }
sed -i '$d' known
expect 0 "$run" --sources=device_list.h --sample=2 --checkers=walk --out=locks --survivors=known "$build_dir"
[ ! "$(find locks/results -newermt 2020-01-02 -type f)" ] || fail "mutants were verified twice"
finish
