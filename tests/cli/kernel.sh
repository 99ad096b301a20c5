# SPDX-License-Identifier: MIT
# Runs the kernel module under the real driver core in a virtual machine. The command itself checks the results; this
# script checks that it did.
source "$(dirname "$0")/lib.sh" "$@"

expect 2 "$ownbench" kernel
expect_line "the first argument must be build, run, check or profile"
expect 2 "$ownbench" kernel frobnicate
expect_line "the first argument must be build, run, check or profile"
expect 2 "$ownbench" kernel build "--kernel=../6.1"
expect_line "--kernel=../6.1: must be a release, as 'uname -r' prints it"
expect 2 "$ownbench" kernel check --cpus=0
expect_line "--cpus=0: must be a whole number from 1 to 64"
expect 2 "$ownbench" kernel build --kernel=9.9.9-none
expect_line "no headers of kernel 9.9.9-none; install linux-headers-9.9.9-none, or name another kernel with --kernel=RELEASE"

# `release` chooses the kernel whose headers are installed, or the newest kernel if the former's image is not available.
# chosen WANT INSTALLED NEWEST KNOWN: checks that `release` prints WANT, with a fake dpkg, and a fake apt that knows the
# image of KNOWN.
mkdir packages
cat >packages/dpkg-query <<'EOF'
#!/bin/sh
echo "${INSTALLED:+linux-headers-$INSTALLED (= 1-1)}"
EOF
cat >packages/apt-cache <<'EOF'
#!/bin/sh
[ "$1 $2" = "depends linux-image-cloud-amd64" ] && [ "$NEWEST" ] && echo "  Depends: linux-image-$NEWEST"
[ "$1 $2" = "madison linux-image-$KNOWN" ] && echo "linux-image-$KNOWN | 1-1 | http://deb.debian.org"
exit 0
EOF
chmod +x packages/*
chosen()
{
	expect "$([ "$1" ] && echo 0 || echo 2)" env PATH="$work/packages:$PATH" INSTALLED="$2" NEWEST="$3" KNOWN="$4" \
		"$source_dir/harness/kernel/release" "$work/cache"
	[ "$(cat out)" = "$1" ] || fail "kernel $(cat out), not $1: installed $2, newest $3, known $4"
}
chosen 6.1.0-1-none 6.1.0-1-none 6.1.0-2-none 6.1.0-1-none
chosen 6.1.0-2-none 6.1.0-1-none 6.1.0-2-none 6.1.0-2-none
chosen 6.1.0-2-none "" 6.1.0-2-none 6.1.0-2-none
chosen 6.1.0-1-none 6.1.0-1-none "" "" # `image` reports that apt does not know it
chosen "" "" "" ""
expect_line "no kernel headers are installed; apt-get install linux-headers-cloud-amd64"
mkdir -p cache/6.1.0-1-none
touch cache/6.1.0-1-none/vmlinuz-6.1.0-1-none
chosen 6.1.0-1-none 6.1.0-1-none 6.1.0-2-none 6.1.0-2-none

need_guest
expect 2 "$ownbench" kernel check --impl=nonesuch
expect_line "--impl=nonesuch: no such design in the kernel module"

# A sweep of an emulated kernel has only ratios, and cannot be compared with a user-space sweep.
expect 0 "$ownbench" kernel run --impl=kernel_iommu,mutex_count,ceiling --duration=1 --repetitions=2 --out=sweep
if grep -q "emulated by QEMU" out; then
	grep -q "binds/s" out && fail "an emulated kernel has a rate"
	jq -es 'map(select(.run.implementation == "kernel_iommu") | .unit == "× kernel_iommu" and .metrics.items_per_second == 1) |
		length == 2 and all' sweep/runs.jsonl >/dev/null || fail "a rate is not the ratio to the baseline: $(head -n 1 sweep/runs.jsonl)"
fi
expect 0 "$ownbench" compare sweep kernel_iommu mutex_count
expect 0 "$ownbench" report sweep
expect 0 "$ownbench" report --format=json -o - sweep
jq -e '[.sweeps[].points[].results[] | select(.implementation | . == "kernel_iommu" or . == "mutex_count<spinlock>") | .class] ==
	["exact", "exact"]' out >/dev/null || fail "the report does not know the class of the kernel's own designs"
expect 0 "$ownbench" run --workload=share --impl=mutex_count --threads=1 --duration=0.05 --repetitions=1 --out=user
expect 2 "$ownbench" compare sweep user
expect_line "cannot be compared with user (user space)"
# A run that fails its audit is reported with its violations.
expect 1 "$ownbench" kernel run --impl=ceiling,kernel_iommu --workload=busy --duration=0.1 --repetitions=1 --json
jq -es 'map(.result.violations > 0) == [true, false]' out >/dev/null || fail "the ceiling has no violation, or kernel_iommu has one: $(cut -c 1-200 out)"

expect 0 "$ownbench" kernel check
grep FAILED out >&2
for design in ceiling list_walk busted_unlocked_check busted_notifier; do
	grep -q "^found  *$design " out || fail "no fault was found in $design"
done
grep -q "^found  *list_walk .*: leaked" out || fail "list_walk did not leak"
for design in kernel_iommu mutex_count 'mutex_count<spinlock>' list_walk_repaired rcu_driver device_slots packed_cas; do
	[ "$(grep -c "^passed  *$design  *workload" out)" = 5 ] || fail "$design did not pass five runs"
done
[ "$(grep -c '^refused ' out)" = 13 ] || fail "not every invalid argument was refused"
# The module contains every implementation in impl/.
for file in "$source_dir"/impl/*.c "$source_dir"/impl/busted/*.c; do
	case $file in
	*/busted/*) design=busted_$(basename "$file" .c) ;;
	*) design=$(basename "$file" .c) ;;
	esac
	grep -q "^[a-z]*  *$design " out || fail "$design did not run"
done
finish
