# SPDX-License-Identifier: MIT
# Every implementation with threads that probe, claim and fail, in a sanitizer's build: no report. $5 is the
# sanitizer. A report ends a run with exit status 66, so that the run fails.
source "$(dirname "$0")/../cli/lib.sh" "$@"
sanitizer=$5

quick="--duration=0.06 --warmup=0.02 --repetitions=1 --threads=2,4"

no_report()
{
	grep -E 'Sanitizer|runtime error|exit status 66' err >/dev/null &&
		{ fail "a report: $*"; head -60 err >&2; }
}

names()
{
	"$ownbench" list --json | jq -r ".implementations[] | select(.family == \"ownership\" and ($1)) | .name"
}

# Designs that declare never to lose an owner must also pass all checks.
names '.class == "exact" or .class == "cautious"' | grep -Ev '^(handwritten|(mutex_count|list_walk_repaired)<.*)$' >strict
grep -q mutex_count strict && grep -q rcu_driver strict || fail "implementations are missing"
while read -r name; do
	expect 0 "$ownbench" run $quick --workload=takeover,share,flap,spread,query,storm \
		--check=witness --impl="$name" --out="$name"
	no_report "$name"
done <strict

# With more threads than CPUs, a fair spinlock is handed over only once per time slice, so these runs have two threads.
expect 0 "$ownbench" run --duration=0.1 --warmup=0.02 --repetitions=1 --threads=2 --check=witness \
	--workload=takeover,share,flap '--impl=mutex_count<*>,list_walk_repaired<*>' --out=locks
no_report "the locks"

# A leaky design may fail its checks, and the ceiling checks nothing, but neither may have a data race.
names '.class == "leaky" or .class == "none"' >loose
while read -r name; do
	"$ownbench" run $quick --workload=takeover,share,flap,query --impl="$name" --out="$name" \
		>out 2>err </dev/null
	no_report "$name"
	[ -s "$name/benchmark.json" ] || fail "$name did not run"
done <loose

# Runs on the groups of a real machine, and runs in which users hold the groups throughout.
expect 0 "$ownbench" run $quick --workload=storm,busy --impl=mutex_count,rcu_driver --out=real \
	--topology="$source_dir/results/topologies/amd-x570-matisse.find.txt"
no_report "real groups"

# ThreadSanitizer finds the negative control that reads the owner outside its lock. It does not find
# busted_viability_walk, which is wrong but has atomic accesses only; the witness finds that one.
if [ "$sanitizer" = thread ]; then
	once_in 10 '[ $got = 1 ]' "$ownbench" run --duration=2 --repetitions=1 --threads=2 --workload=takeover \
		--impl=busted_unlocked_check --out=busted
	grep -q 'WARNING: ThreadSanitizer: data race' err || fail "no race in busted_unlocked_check"
	grep -q 'busted_unlocked_check/.*: ended early with exit status 66' err ||
		fail "a report does not fail the run"
	jq -e '.benchmarks[0].error_occurred' busted/benchmark.json >/dev/null ||
		fail "a report is not in benchmark.json"
fi
finish
