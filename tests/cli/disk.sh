# SPDX-License-Identifier: MIT
# Disks that are full: one clear line, exit status 1, and what was written before stays whole.
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

# A file system with room for some runs and not for all, in a name space of its own.
cat >tiny.sh <<END
mount -t tmpfs -o size=96k none tiny && "$ownbench" run $quick --repetitions=20 \
	--out=tiny/sweep; status=\$?
cp -r tiny/sweep kept
exit \$status
END
mkdir tiny
expect 1 unshare --user --map-root-user --mount sh tiny.sh
grep -q "cannot write tiny/sweep/.*: No space left on device" err || { fail "tmpfs"; cat err; }
jq -e . kept/benchmark.json >/dev/null || fail "benchmark.json is not whole"
[ -s kept/runs.jsonl ] || fail "runs.jsonl is lost"
finish
