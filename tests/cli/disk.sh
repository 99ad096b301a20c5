# SPDX-License-Identifier: MIT
# Full and read-only disks: one clear line, exit status 1, and files that were written before stay whole.
source "$(dirname "$0")/lib.sh" "$@"

quick="--duration=0.01 --warmup=0.01 --threads=1"

expect 1 "$ownbench" run $quick --workload=share --impl=mutex_count --repetitions=1 --out=dev \
	--benchmark_out=/dev/full
expect_line "cannot write /dev/full: No space left on device"
jq -e .benchmarks dev/benchmark.json >/dev/null || fail "the other file is not whole"
expect 1 "$ownbench" run $quick --out=/proc/nowhere/at/all
expect_line "cannot make directory /proc/nowhere/at/all: "
: >file
expect 1 "$ownbench" run $quick --out=file/below
expect_line "cannot make directory file/below: Not a directory"

# A file system that is large enough for some runs but not for all, in its own mount namespace.
cat >tiny.sh <<END
mount -t tmpfs -o size=96k none tiny && "$ownbench" run $quick --workload=share --impl=mutex_count \
	--repetitions=100 --out=tiny/sweep; status=\$?
cp -r tiny/sweep kept
exit \$status
END
mkdir tiny
expect 1 unshare --user --map-root-user --mount sh tiny.sh
grep -q "cannot write tiny/sweep/.*: No space left on device" err || { fail "the full file system is not reported"; cat err; }
[ -s kept/runs.jsonl ] || fail "runs.jsonl is lost"
[ ! -e kept/benchmark.json ] || fail "benchmark.json exists although the sweep is not complete"
# With enough space, the sweep can be resumed.
expect 0 "$ownbench" run --resume=kept
[ "$(jq -s length kept/runs.jsonl)" = 100 ] || fail "some repetition is missing or was measured twice: $(wc -l <kept/runs.jsonl)"
jq -e . kept/benchmark.json >/dev/null || fail "benchmark.json is not whole"

# Read-only directories: all commands that write report the same error.
for out in fixed fine; do
	expect 0 "$ownbench" run $quick --workload=share --impl=mutex_count --repetitions=1 --out=$out
done
cat >fixed.sh <<END
mount --bind fixed fixed && mount -o remount,ro,bind fixed && exec "$ownbench" "\$@"
END
read_only()
{
	expect 1 unshare --user --map-root-user --mount sh fixed.sh "$@"
	expect_line "Read-only file system"
}
read_only run --resume=fixed
read_only run $quick --out=fixed/sweep
read_only run $quick --workload=share --impl=mutex_count --repetitions=1 --out=sweep --benchmark_out=fixed/all.json
read_only plot fixed
read_only report fixed
read_only report --format=csv -o fixed/report.csv fine
read_only merge fixed/both one=fine two=fixed
read_only cost --impl=mutex_count --out=fixed/cost.json
read_only profile --out=fixed/profile mutex_count share
read_only explore --impl=list_walk --scenario=two_removes --save=fixed/leak.txt

# Every command reports an error if standard output is full.
full()
{
	expect 1 sh -c '"$0" "$@" >/dev/full' "$ownbench" "$@"
	expect_line "cannot write standard output: No space left on device"
}
full compare fine fine
full compare --json fine fine
full claims --list
full report -o - fine
full list
full cost --impl=mutex_count
finish
