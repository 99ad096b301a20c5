# SPDX-License-Identifier: MIT
# Tests the scripts that compare a build with itself.
source "$(dirname "$0")/lib.sh" "$@"

export OWNBENCH=$ownbench
expect 0 "$source_dir/bench/aa" 2 --threads=1 --devices=2 --duration=0.005 --warmup=0.005
grep -q '^2 pairs of sweeps of one build, 8 runs compared:$' out || fail "aa does not say how many pairs it compared: $(cat out)"
grep -Eq '^told apart: [0-8] runs, in [0-2] pairs; no difference: [0-8]; not resolved: [0-8]$' out || fail "aa does not count the differences: $(cat out)"
expect 2 "$source_dir/bench/aa" some
expect_line "the number of pairs must be 1 or more"
OWNBENCH=/nowhere expect 1 "$source_dir/bench/aa"
expect_line "build it with bench/run"

expect 0 "$source_dir/bench/repeat" --busy --events=none --workload=share --impl=ceiling,mutex_count,device_slots --threads=1 --devices=2 \
	--duration=0.005 --warmup=0.005 --precision=5% --budget=2
share='[0-9]+ of [0-9]+ \([0-9]+%\)'
[ "$(grep -Ecx "points within 5%: [01] of 1 \([0-9]+%\), within 10%: $share; ratios within 5%: $share, within 10%: $share" out)" = 2 ] || fail "repeat does not count the precise points of both sweeps: $(cat out)"
grep -Eqx "ratios of the second sweep within the interval of the first: $share, widened by 5%: $share" out || fail "repeat does not compare the two sweeps: $(cat out)"
OWNBENCH=/nowhere expect 1 "$source_dir/bench/repeat"
expect_line "build it with bench/run"
finish
