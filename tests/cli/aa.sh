# SPDX-License-Identifier: MIT
# The script that holds a build against itself.
source "$(dirname "$0")/lib.sh" "$@"

export OWNBENCH=$ownbench
expect 0 "$source_dir/bench/aa" 2 --threads=1 --devices=2 --duration=0.005 --warmup=0.005
grep -q '^2 pairs of sweeps of one build, 8 points compared:$' out || fail "$(cat out)"
grep -Eq '^told apart: [0-9]+ points, in [0-2] pairs; below the noise floor: [0-9]+ points$' out || fail "$(cat out)"
expect 2 "$source_dir/bench/aa" some
expect_line "the number of pairs must be 1 or more"
OWNBENCH=/nowhere expect 1 "$source_dir/bench/aa"
expect_line "bench/run builds it"
finish
